#!/usr/bin/env python3
"""Times the support vector machine of Orrery on sparse points beside LIBSVM and scikit-learn.

    ./dev bench svm_sparse [--points 10000] [--cases …]

Points like short texts: of 50,000 features each has about 60, frequent ones more often, scaled to length 1; the class
shifts how often 2000 of them come. Every program gets the same numbers and the same tolerance 1e-3 of the KKT gap. Orrery
and svm-train are run as programs, from a file of text to a model file; the seconds of Orrery's training alone stand
beside it. scikit-learn is given the rows in memory. The α that each model file holds are put into one function, the dual
objective in float64, here; it must agree with ours to 1e-6 of its size, or the line says NOT EQUAL.
"""
import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from importlib.metadata import version

import numpy as np
from scipy import sparse

FEATURES = 50_000
TELLING = 2000
ALLOWED = 1e-6
CASES = {"linear, C = 1": ("linear", 1.0, 1.0), "RBF, C = 10, γ = 1": ("rbf", 10.0, 1.0)}  # kernel, C, γ


def texts(points):
    rng = np.random.default_rng(11)
    y = np.where(rng.uniform(size=points) < 0.5, 1.0, -1.0)
    usual = 1.0 / np.arange(5, FEATURES + 5) ** 0.9
    rows, columns, values = [], [], []
    telling = rng.permutation(np.arange(50, 20_000))[:TELLING]
    shares = {}
    for label in (1.0, -1.0):
        share = usual.copy()
        share[telling] *= np.exp(label * rng.normal(0.0, 0.6, size=TELLING))
        shares[label] = np.cumsum(share / share.sum())
    for i in range(points):
        words = np.unique(np.searchsorted(shares[y[i]], rng.uniform(size=75)))
        weight = rng.uniform(0.5, 1.5, size=len(words))
        rows += [i] * len(words)
        columns += words.tolist()
        values += np.round(weight / np.linalg.norm(weight), 6).tolist()
    return sparse.csr_matrix((values, (rows, columns)), shape=(points, FEATURES)), y


def write_text(path, x, y):
    with open(path, "w", encoding="ascii") as file:
        for i, label in enumerate(y):
            part = slice(x.indptr[i], x.indptr[i + 1])
            file.write(f"{label:+.0f} " + " ".join(f"{k + 1}:{v!r}" for k, v in
                                                   zip(x.indices[part].tolist(), x.data[part].tolist())) + "\n")


def objective(vectors, beta, kernel, gamma):
    total, squares = 0.0, np.asarray(vectors.multiply(vectors).sum(1)).ravel()
    for at in range(0, len(beta), 500):
        part = slice(at, at + 500)
        k = (vectors[part] @ vectors.T).toarray()
        if kernel == "rbf":
            k = np.exp(-gamma * np.maximum(squares[part, None] + squares[None, :] - 2.0 * k, 0.0))
        total += beta[part] @ (k @ beta)
    return 0.5 * total - np.abs(beta).sum()


def objective_of_file(path, kernel, gamma):
    lines = open(path, encoding="ascii").read().split("SV\n", 1)[1].splitlines()
    beta, columns, values, starts = [], [], [], [0]
    for line in lines:
        first, *rest = line.split()
        beta.append(float(first))
        for word in rest:
            k, v = word.split(":")
            columns.append(int(k) - 1)
            values.append(float(v))
        starts.append(len(columns))
    vectors = sparse.csr_matrix((values, columns, starts), shape=(len(lines), FEATURES))
    return objective(vectors, np.array(beta), kernel, gamma)


def timed(command):
    start = time.perf_counter()
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode != 0:
        sys.exit(f"{command[0]}: {done.stderr.strip()}")
    return time.perf_counter() - start, done.stdout


def run_scikit(x, y, kernel, c, gamma):
    from sklearn.svm import SVC

    machine = SVC(C=c, kernel=kernel, gamma=gamma, tol=1e-3, cache_size=2000)
    start = time.perf_counter()
    machine.fit(x, y)
    seconds = time.perf_counter() - start
    return seconds, objective(x[machine.support_], machine.dual_coef_.toarray().ravel(), kernel, gamma)


def line(name, who, seconds, ours, reached, mine, more=""):
    apart = abs(reached - mine) / abs(mine)
    print(f"{name:20} {who:34} {seconds:8.2f} s  ratio {seconds / ours:6.1f}  objective {reached:.6f}"
          f"{'' if apart <= ALLOWED else ' NOT EQUAL'}  {more}", flush=True)


def run_case(arguments, name, folder, x, y):
    kernel, c, gamma = CASES[name]
    data, ours, theirs = f"{folder}/train.svm", f"{folder}/ours.model", f"{folder}/libsvm.model"
    seconds, said = timed([arguments.orrery, "solve", "svm", "--data", data, "--kernel", kernel, "--c", str(c), "--gamma",
                           str(gamma), "--tolerance", "1e-3", "--threads", str(arguments.threads), "--json",
                           "--model-out", ours])
    said = json.loads(said)
    mine = objective_of_file(ours, kernel, gamma)
    line(name, "Orrery, text to model", seconds, seconds, mine, mine,
         f"{said['support_vectors']} support vectors, {said['iterations']} pairs, said {said['objective']:.6f}")
    line(name, "Orrery, training alone", said["seconds"], said["seconds"], mine, mine)
    if "LIBSVM" in arguments.peers:
        program, _ = timed(["svm-train", "-q", "-s", "0", "-t", "0" if kernel == "linear" else "2", "-c", str(c), "-g",
                            str(gamma), "-e", "0.001", "-m", "2000", data, theirs])
        line(name, "svm-train, text to model", program, seconds, objective_of_file(theirs, kernel, gamma), mine)
    if "scikit-learn" in arguments.peers:
        fitted, reached = run_scikit(x, y, kernel, c, gamma)
        line(name, f"scikit-learn {version('scikit-learn')}, training alone", fitted, said["seconds"], reached, mine)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--orrery", default=os.path.join(os.environ.get("ORRERY_BIN", "build/bin"), "orrery"))
    parser.add_argument("--points", type=int, default=10_000)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--cases", nargs="*", default=list(CASES), choices=list(CASES))
    parser.add_argument("--peers", nargs="*", default=["LIBSVM", "scikit-learn"], choices=["LIBSVM", "scikit-learn"])
    arguments = parser.parse_args()
    x, y = texts(arguments.points)
    print(f"{x.shape[0]} × {x.shape[1]}, {x.nnz} values that are not 0", flush=True)
    with tempfile.TemporaryDirectory() as folder:
        write_text(f"{folder}/train.svm", x, y)
        for name in arguments.cases:
            run_case(arguments, name, folder, x, y)


if __name__ == "__main__":
    main()
