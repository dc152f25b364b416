#!/usr/bin/env python3
"""Times the calibrators of Orrery beside scikit-learn and betacal: from scores and labels in no order to the map.

    ./dev bench calibration [--size 1000000] [--repeats 5]

isotonic  scikit-learn's IsotonicRegression.fit, sorting included; ours likewise.
platt     one logistic regression of the label on the score's log-odds with Platt's targets: scikit-learn's
          calibrator for "sigmoid" (sklearn.calibration, L-BFGS), given the log-odds; ours computes them itself.
beta      betacal's BetaCalibration ("abm"), which is a scikit-learn logistic regression on ln s and -ln(1 - s).

Every map's log loss on the data is printed: the peers' optimisers stop at tolerances of their own, so theirs may be
above ours, and ours may not be above theirs by more than 1e-9.
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
from betacal import BetaCalibration
from scipy.special import expit, logit
from sklearn.calibration import _SigmoidCalibration
from sklearn.isotonic import IsotonicRegression


def draw(size):
    rng = np.random.default_rng(0)
    z = 2.0 * rng.standard_normal(size)
    return expit(z), (rng.uniform(size=size) < expit(0.7 * z - 0.3)).astype(float)


def log_loss(p, label):
    p = np.clip(p, 1e-15, 1 - 1e-15)
    return -np.mean(label * np.log(p) + (1 - label) * np.log1p(-p))


def platt_loss(p, label):
    """Against Platt's targets, which is what the method minimises."""
    events = label.sum()
    target = np.where(label == 1, (events + 1) / (events + 2), 1 / (len(label) - events + 2))
    return -np.mean(target * np.log(p) + (1 - target) * np.log1p(-p))


PEERS = {
    "isotonic": ("scikit-learn", lambda: IsotonicRegression(y_min=0, y_max=1, out_of_bounds="clip"), lambda s: s, log_loss),
    "platt": ("scikit-learn", _SigmoidCalibration, logit, platt_loss),
    "beta": ("betacal", lambda: BetaCalibration("abm"), lambda s: s.reshape(-1, 1), log_loss),
}


def timed(make, x, label, repeats):
    best = np.inf
    for _ in range(repeats):
        start = time.perf_counter()
        model = make().fit(x, label)
        best = min(best, time.perf_counter() - start)
    return best, model.predict(x)


def ours(arguments, folder, threads):
    done = subprocess.run([arguments.bench, folder, "--threads", str(threads), "--repeats", str(2 * arguments.repeats)],
                          capture_output=True, text=True)
    if done.returncode != 0:
        sys.exit(done.stderr)
    return json.loads(done.stdout)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bench", default=os.path.join(os.environ.get("ORRERY_BIN", "build/bin"), "bench_calibration"),
                        help="the bench_calibration program")
    parser.add_argument("--size", type=int, default=1_000_000)
    parser.add_argument("--repeats", type=int, default=5)
    arguments = parser.parse_args()
    score, label = draw(arguments.size)
    print(f"{arguments.size:,} scores, {os.cpu_count()} processors")
    with tempfile.TemporaryDirectory() as folder:
        score.tofile(f"{folder}/score.f64")
        label.tofile(f"{folder}/label.f64")
        one, two = (ours(arguments, folder, threads) for threads in (1, 2))
        for method, (name, make, prepare, loss) in PEERS.items():
            seconds, fitted = timed(make, prepare(score), label, arguments.repeats if method == "isotonic" else 1)
            mine, other = loss(np.fromfile(f"{folder}/{method}.out"), label), loss(np.asarray(fitted), label)
            print(f"{method:9} ours {1e3 * one[method]:8.2f} ms   two threads {1e3 * two[method]:8.2f} ms   loss {mine:.12f}\n"
                  f"{method:9} {name} {version(name)} {1e3 * seconds:8.1f} ms   loss {other:.12f}   "
                  f"ratio {seconds / one[method]:.1f}", flush=True)
            if mine > other + 1e-9:
                sys.exit(f"{method}: {name} has a better fit")


if __name__ == "__main__":
    main()
