#!/usr/bin/env python3
"""Times the support vector machine of Orrery beside LIBSVM, scikit-learn and its Intel extension.

    ./dev bench svm [--cases …] [--peers …] [--threads 1 2]

Classification with an RBF kernel, all at the same tolerance 1e-3 of the KKT gap. Every program gets the same
numbers. Its α are put into one function, the dual objective

    ½ Σ α_i α_j y_i y_j exp(−γ‖x_i − x_j‖²) − Σ α_i

in float64, here; it must agree with ours to 1e-6 of its size, or the line says NOT EQUAL. What a program says of
its own objective is not used.

Times are of training alone, data in memory, in a process of its own, the least of some repeats (one, where it takes
more than two seconds). LIBSVM is the library that Debian's svm-train is linked with; with --program, svm-train itself is
run as well, from text to model file. Prediction: decision values of the first 5000 points, in memory.

ThunderSVM is not among them: PyPI has only a build for CUDA 9, which needs libcusparse.so.9.0 to load.
"""
import argparse
import json
import os
import platform
import subprocess
import sys
import tempfile
import time

import numpy as np

HERE = os.path.dirname(os.path.abspath(__file__))
DATA = os.path.join(HERE, "..", "..", "..", "resources", "data")
ALLOWED = 1e-6  # of the objective
TOLERANCE = 1e-3
PREDICTED = 5000
CACHE_MB = 2000


def shell(points):
    """Two classes by whether the first four coordinates lie outside a shell, softly; 20 coordinates."""
    rng = np.random.default_rng(7)
    u = rng.uniform(size=points)
    x = rng.standard_normal((points, 20))
    outside = 1.0 / (1.0 + np.exp(-3.0 * (np.linalg.norm(x[:, :4], axis=1) - 1.9)))
    return x, np.where(u < outside, 1.0, -1.0)


def table(name):
    lines = [line for line in open(os.path.join(DATA, f"{name}.csv"), encoding="utf-8") if not line.startswith("#")]
    return [line.rstrip("\n").split(",") for line in lines[1:]]


def digits():
    rows = np.array(table("digits"), dtype=float)
    return rows[:, :-1] / 16.0, np.where(rows[:, -1] % 2 == 0, 1.0, -1.0)


def breast_cancer():
    rows = table("breast_cancer")
    x = np.array([row[:-1] for row in rows], dtype=float)
    labels = sorted({row[-1] for row in rows})
    return (x - x.mean(0)) / x.std(0), np.array([1.0 if row[-1] == labels[0] else -1.0 for row in rows])


CASES = {  # name: (data, C, γ; None: 1/d)
    "digits even/odd": (digits, 10.0, None),
    "breast cancer": (breast_cancer, 1.0, None),
    "shell 10k, C = 1": (lambda: shell(10_000), 1.0, None),
    "shell 10k, C = 100": (lambda: shell(10_000), 100.0, None),
    "shell 20k, C = 1": (lambda: shell(20_000), 1.0, None),
    "shell 20k, C = 100": (lambda: shell(20_000), 100.0, None),
}
PEERS = ["LIBSVM", "scikit-learn", "scikit-learn-intelex"]


def write_case(folder, x, y):
    np.array(x.shape, dtype="<i8").tofile(f"{folder}/shape.i64")
    x.astype("<f8").tofile(f"{folder}/X.f64")
    y.astype("<f8").tofile(f"{folder}/y.f64")


def objective(x, beta, gamma):
    """½ βᵀKβ − Σ|β| for β = y α, in float64, a thousand rows at a time."""
    used = np.flatnonzero(beta)
    points, weights = x[used] - x.mean(0), beta[used]
    squares = (points**2).sum(1)
    total = 0.0
    for at in range(0, len(used), 1000):
        part = slice(at, at + 1000)
        distance = squares[part, None] + squares[None, :] - 2.0 * points[part] @ points.T
        total += weights[part] @ (np.exp(-gamma * np.maximum(distance, 0.0)) @ weights)
    return 0.5 * total - np.abs(beta).sum()


def environment(threads):
    env = dict(os.environ)
    for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
        env[name] = str(threads)
    return env


def call(command, threads, limit):
    try:
        done = subprocess.run(command, env=environment(threads), timeout=limit, capture_output=True, text=True)
    except subprocess.TimeoutExpired:
        return {"failed": f"> {limit:g} s"}
    if done.returncode != 0:
        return {"failed": (done.stderr.strip().splitlines() or ["failed"])[-1][:100]}
    return json.loads(done.stdout.strip().splitlines()[-1])


def run_ours(arguments, folder, c, gamma, threads):
    file = f"{folder}/ours.f64"
    result = call([arguments.bench, folder, "--gamma", repr(gamma), "--c", repr(c), "--tolerance", repr(TOLERANCE),
                   "--threads", str(threads), "--repeats", "5", "--predict", str(PREDICTED), "--out", file],
                  threads, arguments.limit)
    if "failed" in result or not result["converged"]:
        sys.exit(f"bench_svm: {result}")
    return result, np.fromfile(file)


def run_peer(peer, folder, c, gamma, threads, limit):
    file = f"{folder}/peer.f64"
    result = call([sys.executable, f"{HERE}/python_worker.py", peer, folder, repr(c), repr(gamma), repr(TOLERANCE),
                   str(PREDICTED), str(CACHE_MB), file, str(threads)], threads, limit)
    if "failed" not in result:
        result["beta"] = np.fromfile(file)
    return result


def time_program(folder, x, y, c, gamma, limit):
    """svm-train from a text file to a model file, in seconds."""
    with open(f"{folder}/train.txt", "w", encoding="ascii") as file:
        for label, row in zip(y, x.tolist()):
            file.write(f"{label:+.0f} " + " ".join(f"{k + 1}:{v!r}" for k, v in enumerate(row)) + "\n")
    command = ["svm-train", "-q", "-s", "0", "-t", "2", "-c", repr(c), "-g", repr(gamma), "-e", repr(TOLERANCE), "-m",
               str(CACHE_MB), f"{folder}/train.txt", f"{folder}/libsvm.model"]
    start = time.perf_counter()
    try:
        subprocess.run(command, timeout=limit, check=True)
    except subprocess.TimeoutExpired:
        return f"> {limit:g} s"
    return f"{time.perf_counter() - start:.2f} s"


def milliseconds(seconds):
    return f"{1e3 * seconds:10.2f} ms"


def report(head, peer, result, ours, reference, x, gamma):
    if "failed" in result:
        print(f"{head} {peer:21} {result['failed']}", flush=True)
        return
    reached = objective(x, result["beta"], gamma)
    apart = (reached - reference) / abs(reference)
    notes = (f"prediction {milliseconds(result['predict_seconds'])} ratio "
             f"{result['predict_seconds'] / ours['predict_seconds']:6.1f}")
    print(f"{head} {peer:21} {milliseconds(result['seconds'])}  ratio {result['seconds'] / ours['seconds']:7.1f}  "
          f"objective {reached:.6f}, ours {-apart:+.1e} from it{'' if abs(apart) <= ALLOWED else ' NOT EQUAL'}  {notes}  "
          f"{result['version']}", flush=True)


def run_case(arguments, name, threads):
    make, c, gamma = CASES[name]
    x, y = make()
    gamma = gamma or 1.0 / x.shape[1]
    with tempfile.TemporaryDirectory() as folder:
        write_case(folder, x, y)
        ours, alpha = run_ours(arguments, folder, c, gamma, threads)
        mine = objective(x, alpha * y, gamma)
        head = f"{name:19} {threads} thread{'s' if threads > 1 else ' '}"
        print(f"{head} {'ours':21} {milliseconds(ours['seconds'])}                 objective {mine:.6f}, said "
              f"{ours['objective']:.6f}; gap {ours['gap']:.1e}, {np.count_nonzero(alpha)} support vectors, "
              f"prediction {milliseconds(ours['predict_seconds'])}", flush=True)
        for peer in arguments.peers:
            if peer == "LIBSVM" and threads > 1:
                continue  # has one thread
            report(head, peer, run_peer(peer, folder, c, gamma, threads, arguments.limit), ours, mine, x, gamma)
        if arguments.program and threads == 1:
            print(f"{head} svm-train, from text to model file: {time_program(folder, x, y, c, gamma, arguments.limit)}", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bench", default=os.path.join(os.environ.get("ORRERY_BIN", "build/bin"), "bench_svm"),
                        help="the bench_svm program")
    parser.add_argument("--cases", nargs="*", default=list(CASES), choices=list(CASES))
    parser.add_argument("--peers", nargs="*", default=PEERS, choices=PEERS)
    parser.add_argument("--threads", nargs="*", type=int, default=[1, 2])
    parser.add_argument("--program", action="store_true", help="run svm-train as a program, too")
    parser.add_argument("--limit", type=float, default=120.0, help="seconds for one program on one case")
    arguments = parser.parse_args()
    print(f"{platform.machine()}, {os.cpu_count()} processors, Python {platform.python_version()}, NumPy {np.__version__}; "
          f"tolerance {TOLERANCE:g}", flush=True)
    for threads in arguments.threads:
        for name in arguments.cases:
            run_case(arguments, name, threads)


if __name__ == "__main__":
    main()
