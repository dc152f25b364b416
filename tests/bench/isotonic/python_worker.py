#!/usr/bin/env python3
"""Timed runs of a Python peer: python_worker.py PEER FOLDER sorted|unsorted FILE REPEATS.

Writes the fit in the order of the rows to FILE and prints {"seconds", "version"}.
"""
import json
import os
import sys
import time
from importlib.metadata import version

import numpy as np


def scipy_sorted(x, y, w):
    from scipy.optimize import isotonic_regression

    return isotonic_regression(y, weights=w).x


def scipy_unsorted(x, y, w):
    """SciPy has no x: the values are put in order, ties and all, by its user."""
    order = np.argsort(x)
    fitted = np.empty_like(y)
    fitted[order] = scipy_sorted(None, y[order], None if w is None else w[order])
    return fitted


def sklearn_sorted(x, y, w):
    from sklearn.isotonic import isotonic_regression

    return isotonic_regression(y, sample_weight=w)


def sklearn_unsorted(x, y, w):
    from sklearn.isotonic import IsotonicRegression

    return IsotonicRegression().fit(x, y, sample_weight=w)


PEERS = {("scipy", "sorted"): scipy_sorted, ("scipy", "unsorted"): scipy_unsorted,
         ("scikit-learn", "sorted"): sklearn_sorted, ("scikit-learn", "unsorted"): sklearn_unsorted}


def main():
    peer, folder, order, file, repeats = sys.argv[1:6]
    x, y = (np.fromfile(f"{folder}/{name}.f64") for name in "xy")
    w = np.fromfile(f"{folder}/w.f64") if os.path.exists(f"{folder}/w.f64") else None
    solve = PEERS[peer, order]
    solve(np.arange(9.0), np.arange(9.0) % 4, None)  # imports
    best = np.inf
    for _ in range(int(repeats)):
        start = time.perf_counter()
        fitted = solve(x, y, w)
        best = min(best, time.perf_counter() - start)
    # scikit-learn's estimator is timed without its predict(), which only the check needs.
    fitted = fitted.predict(x) if hasattr(fitted, "predict") else fitted
    fitted.astype("<f8").tofile(file)
    print(json.dumps({"seconds": best, "version": version(peer)}))


if __name__ == "__main__":
    main()
