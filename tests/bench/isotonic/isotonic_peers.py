#!/usr/bin/env python3
"""Times isotonic regression by Orrery beside scikit-learn, SciPy and R's isoreg.

    ./dev bench isotonic [--sizes 10000 1000000 10000000] [--shapes …] [--peers …] [--weighted]

Sorted: from y to the fitted values, in a new array, on one thread (ours on two as well, and into an array that is
there already). Unsorted: x in random order, from x and y to the fitted values in the order of the rows, sorting
included; scikit-learn's estimator is timed for fit() alone, which leaves the fitted values to predict(). SciPy
takes no x, so NumPy's argsort puts the values in order.

Times are of the call alone, the least of some repeats. Every program gets the same numbers, and its fit must agree
with ours to 1e-9 of the largest |y|; otherwise the run fails. isoreg is quadratic in effect: it is tried up to
10,000 rows, and on the descending line, where it has one block, up to a million.
"""
import argparse
import json
import os
import platform
import subprocess
import sys
import tempfile

import numpy as np

HERE = os.path.dirname(os.path.abspath(__file__))
ALLOWED = 1e-9  # of the largest |y|
SHAPES = {
    "i + 50 N": lambda i, rng: i + 50 * rng.standard_normal(len(i)),
    "log(1+i) + N/2": lambda i, rng: np.log1p(i) + 0.5 * rng.standard_normal(len(i)),
    "n - i": lambda i, rng: len(i) - i,
    "Bernoulli(i/n)": lambda i, rng: (rng.uniform(size=len(i)) < i / len(i)).astype(float),
}
LIMIT = 120.0  # seconds for a peer, repeats included


def repeats_for(size):
    return 20 if size <= 100_000 else 5 if size <= 1_000_000 else 3


def write_case(folder, shape, size, order, weighted):
    rng = np.random.default_rng(0)
    x = np.arange(size, dtype=float)
    y = SHAPES[shape](x, rng)
    if order == "unsorted":
        mixed = rng.permutation(size)
        x, y = x[mixed], y[mixed]
    x.tofile(f"{folder}/x.f64")
    y.tofile(f"{folder}/y.f64")
    if weighted:
        rng.uniform(0.5, 2.0, size).tofile(f"{folder}/w.f64")
    return np.abs(y).max()


def call(command):
    try:
        done = subprocess.run(command, timeout=LIMIT, capture_output=True, text=True)
    except subprocess.TimeoutExpired:
        return {"failed": f"> {LIMIT:g} s"}
    if done.returncode != 0:
        return {"failed": (done.stderr.strip().splitlines() or ["failed"])[-1][:100]}
    return json.loads(done.stdout.strip().splitlines()[-1])


def run_ours(arguments, folder, order, size, threads, file=None):
    command = [arguments.bench, folder, "--repeats", str(3 * repeats_for(size)), "--threads", str(threads)]
    command += ["--unsorted"] if order == "unsorted" else []
    result = call(command + (["--out", file] if file else []))
    if "failed" in result:
        sys.exit(f"bench_isotonic: {result['failed']}")
    return result


def run_peer(peer, folder, order, size, file):
    repeats = str(repeats_for(size))
    if peer == "isoreg":
        return call(["Rscript", f"{HERE}/isoreg_worker.R", folder, file, "1" if size > 100_000 else repeats])
    return call([sys.executable, f"{HERE}/python_worker.py", peer, folder, order, file, repeats])


def is_tried(peer, shape, size, weighted):
    if peer != "isoreg":
        return True
    return not weighted and size <= (1_000_000 if shape == "n - i" else 10_000)


def milliseconds(seconds):
    return f"{1e3 * seconds:10.3f} ms"


def run_case(arguments, folder, shape, size, order):
    largest = write_case(folder, shape, size, order, arguments.weighted)
    file = f"{folder}/ours.out"
    ours = run_ours(arguments, folder, order, size, 1, file)
    two = run_ours(arguments, folder, order, size, 2)
    fitted = np.fromfile(file)
    head = f"{order:8} {size:>10,} {shape:15}"
    print(f"{head} ours         {milliseconds(ours['seconds'])}   two threads {milliseconds(two['seconds'])}"
          f"   in place {milliseconds(ours['seconds_in_place'])}", flush=True)
    fastest = np.inf
    for peer in arguments.peers:
        if not is_tried(peer, shape, size, arguments.weighted):
            continue
        result = run_peer(peer, folder, order, size, f"{folder}/peer.out")
        if "failed" in result:
            print(f"{head} {peer:12} {result['failed']}", flush=True)
            continue
        worst = np.abs(np.fromfile(f"{folder}/peer.out") - fitted).max() / largest
        print(f"{head} {peer:12} {milliseconds(result['seconds'])}   ratio {result['seconds'] / ours['seconds']:7.1f}"
              f"   differs by {worst:.0e}   {result['version']}", flush=True)
        if not worst <= ALLOWED:
            sys.exit(f"{peer} has another answer: it differs by {worst:.2g} of the largest |y|")
        fastest = min(fastest, result["seconds"])
    return head, fastest / ours["seconds"]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bench", default=os.path.join(os.environ.get("ORRERY_BIN", "build/bin"), "bench_isotonic"),
                        help="the bench_isotonic program")
    parser.add_argument("--sizes", nargs="*", type=int, default=[10_000, 1_000_000, 10_000_000])
    parser.add_argument("--shapes", nargs="*", default=list(SHAPES), choices=list(SHAPES))
    parser.add_argument("--orders", nargs="*", default=["sorted", "unsorted"], choices=["sorted", "unsorted"])
    parser.add_argument("--peers", nargs="*", default=["scipy", "scikit-learn", "isoreg"],
                        choices=["scipy", "scikit-learn", "isoreg"])
    parser.add_argument("--weighted", action="store_true", help="with weights from 0.5 to 2")
    arguments = parser.parse_args()
    print(f"{platform.machine()}, {os.cpu_count()} processors, Python {platform.python_version()}", flush=True)
    ratios = []
    for order in arguments.orders:
        for size in arguments.sizes:
            for shape in arguments.shapes:
                with tempfile.TemporaryDirectory() as folder:
                    ratios.append(run_case(arguments, folder, shape, size, order))
    print("fastest peer / ours:")
    for head, ratio in ratios:
        print(f"{head} {ratio:7.1f}")


if __name__ == "__main__":
    main()
