#!/usr/bin/env python3
"""One timed run of a Python peer: python_worker.py PEER FOLDER C GAMMA TOLERANCE PREDICTED CACHE_MB FILE THREADS.

Writes β = y α, n numbers, to FILE and prints {"seconds", "predict_seconds", "version"}.
"""
import json
import subprocess
import sys
import time
import warnings
from importlib.metadata import version

import numpy as np

warnings.filterwarnings("ignore")


def least(run, enough=2.0, repeats=3):
    best, result = np.inf, None
    for _ in range(repeats):
        start = time.perf_counter()
        result = run()
        best = min(best, time.perf_counter() - start)
        if best > enough:
            break
    return best, result


def main():
    peer, folder, c, gamma, tolerance, predicted, cache, file, threads = sys.argv[1:10]
    points, columns = np.fromfile(f"{folder}/shape.i64", dtype="<i8")
    x = np.fromfile(f"{folder}/X.f64").reshape(points, columns)
    y = np.fromfile(f"{folder}/y.f64")
    settings = (float(c), float(gamma), float(tolerance), float(cache))
    if peer == "LIBSVM":
        run_libsvm(x, y, settings, int(predicted), file)
    else:
        run_scikit(peer, x, y, settings, int(predicted), file, int(threads))


def finish(file, beta, seconds, predict_seconds, version_text):
    beta.tofile(file)
    print(json.dumps({"seconds": seconds, "predict_seconds": predict_seconds, "version": version_text}))


def run_libsvm(x, y, settings, predicted, file):
    from libsvm_library import Machine

    package = subprocess.run(["dpkg-query", "-W", "-f", "${Version}", "libsvm3"], capture_output=True, text=True)
    machine = Machine(x, y, *settings)
    seconds, _ = least(machine.fit)
    predict_seconds, _ = least(lambda: machine.decisions(min(predicted, len(y))))
    finish(file, machine.coefficients(), seconds, predict_seconds, package.stdout or "?")


def run_scikit(peer, x, y, settings, predicted, file, threads):
    c, gamma, tolerance, cache = settings
    if peer == "scikit-learn-intelex":
        from sklearnex import patch_sklearn
        from daal4py import daalinit

        patch_sklearn(verbose=False)
        daalinit(threads)
    from sklearn.svm import SVC

    def machine():
        return SVC(C=c, gamma=gamma, tol=tolerance, cache_size=cache)

    some = np.concatenate([np.flatnonzero(y > 0)[:50], np.flatnonzero(y < 0)[:50]])
    machine().fit(x[some], y[some])  # loads what is loaded late
    seconds, fitted = least(lambda: machine().fit(x, y))
    predict_seconds, _ = least(lambda: fitted.decision_function(x[:predicted]))
    beta = np.zeros(len(y))
    np.add.at(beta, fitted.support_, np.asarray(fitted.dual_coef_).ravel())
    finish(file, beta, seconds, predict_seconds, version(peer))


if __name__ == "__main__":
    main()
