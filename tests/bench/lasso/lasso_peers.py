#!/usr/bin/env python3
"""Times the LASSO path of Orrery beside its peers, at equal objective.

    ./dev bench lasso [--cases …] [--peers …] [--threads 1 2] [--start glmnet=1e-9 …]

Every program gets the same centred data (so that none spends time on an intercept; the sparse design, which a
program must centre on the fly, is the exception: there each fits an intercept), unstandardised, and the same
grid of 100 λ. Ours stops at a duality gap of 1e-6 of the null deviance ‖y − ȳ‖²/2n at every λ. A peer goes
through a ladder of tolerances, loosest first, until at every λ

    (its objective − our objective) / null deviance ≤ 1e-7,

both computed here in float64 from the coefficients. Times are of the solver alone, the least of some repeats,
after one warm-up on small data where a peer compiles at run time. A run over the limit ends its ladder. --start
leaves out the rungs of a ladder that an earlier run has shown to be too loose.

Needs numpy and scipy here; glmnet in R; the packages of requirements.txt in VENV. glmnet and scikit-learn call
BLAS for little or nothing on these paths, but a reference BLAS would handicap them: PyPI wheels bring OpenBLAS.
"""
import argparse
import json
import os
import platform
import signal
import subprocess
import sys
import tempfile

import numpy as np
import scipy.sparse as sp

HERE = os.path.dirname(os.path.abspath(__file__))
LADDERS = {
    "glmnet": [1e-7, 1e-9, 1e-11, 1e-13, 1e-15],
    "scikit-learn": [1e-4, 1e-5, 1e-6, 1e-7, 1e-8],
    "celer": [1e-4, 1e-5, 1e-6, 1e-7, 1e-8],
    "skglm": [1e-3, 1e-4, 1e-5, 1e-6, 1e-7],
    "adelie": [1e-7, 1e-9, 1e-11, 1e-13],
}
ALLOWED = 1e-7  # of the null deviance
WARM_UP = 120  # seconds at most for imports and compilation, not timed


def equicorrelated(rows, columns):
    """Friedman, Hastie & Tibshirani (2010), section 5: ρ = 0.5, signal to noise 3."""
    rng = np.random.default_rng(1)
    x = np.sqrt(0.5) * rng.standard_normal((rows, columns)) + np.sqrt(0.5) * rng.standard_normal((rows, 1))
    j = np.arange(1, columns + 1)
    signal = x @ ((-1.0) ** j * np.exp(-2.0 * (j - 1) / 20.0))
    return x, signal + rng.standard_normal(rows) * signal.std() / np.sqrt(3.0)


def sparse_design(rows, columns, density):
    rng = np.random.default_rng(1)
    x = sp.random(rows, columns, density=density, random_state=rng, data_rvs=rng.standard_normal, format="csc")
    j = np.arange(1, 101)
    signal = x[:, :100] @ ((-1.0) ** j * np.exp(-2.0 * (j - 1) / 20.0))
    return x, signal + rng.standard_normal(rows) * signal.std() / np.sqrt(3.0)


def diabetes():
    file = os.path.join(HERE, "..", "..", "..", "resources", "data", "diabetes.csv")
    lines = [line for line in open(file, encoding="utf-8") if not line.startswith("#")]
    table = np.loadtxt(lines[1:], delimiter=",")
    x = table[:, :-1] - table[:, :-1].mean(0)
    return x / np.sqrt((x**2).mean(0)), table[:, -1]


CASES = {  # name: (data, smallest λ / λ_max)
    "diabetes": (diabetes, 1e-3),
    "1000 x 100": (lambda: equicorrelated(1000, 100), 1e-2),
    "100 x 20,000": (lambda: equicorrelated(100, 20000), 1e-2),
    "1000 x 10,000": (lambda: equicorrelated(1000, 10000), 1e-2),
    "10,000 x 1000": (lambda: equicorrelated(10000, 1000), 1e-4),
    "sparse 20,000 x 50,000": (lambda: sparse_design(20000, 50000, 1e-3), 1e-2),
}


def write_case(folder, make, ratio):
    x, y = make()
    rows, columns = x.shape
    y = y - y.mean()
    if sp.issparse(x):
        x = x.tocsc()
        x.sort_indices()
        x.indptr.astype("<i4").tofile(f"{folder}/X.indptr.i32")
        x.indices.astype("<i4").tofile(f"{folder}/X.indices.i32")
        x.data.astype("<f8").tofile(f"{folder}/X.data.f64")
    else:
        x = np.asfortranarray(x - x.mean(0))
        x.T.astype("<f8").tofile(f"{folder}/X.f64")
    stored = x.nnz if sp.issparse(x) else -1
    np.array([rows, columns, stored], dtype="<i8").tofile(f"{folder}/shape.i64")
    y.astype("<f8").tofile(f"{folder}/y.f64")
    top = np.abs(x.T @ y).max() / rows
    (top * np.exp(np.linspace(0.0, np.log(ratio), 100))).astype("<f8").tofile(f"{folder}/lambdas.f64")


def read_case(folder):
    rows, columns, stored = np.fromfile(f"{folder}/shape.i64", dtype="<i8")
    y = np.fromfile(f"{folder}/y.f64")
    lambdas = np.fromfile(f"{folder}/lambdas.f64")
    if stored < 0:
        return np.fromfile(f"{folder}/X.f64").reshape(columns, rows).T, y, lambdas
    parts = [np.fromfile(f"{folder}/X.{n}", dtype=d) for n, d in (("data.f64", "<f8"), ("indices.i32", "<i4"),
                                                                  ("indptr.i32", "<i4"))]
    return sp.csc_matrix(tuple(parts), shape=(rows, columns)), y, lambdas


def objectives(folder, triples):
    """Objective at every λ of coefficients given as rows (λ index, column, β); the best intercept is free."""
    x, y, lambdas = read_case(folder)
    beta = sp.csc_matrix((triples[:, 2], (triples[:, 1].astype(int), triples[:, 0].astype(int))),
                         shape=(x.shape[1], len(lambdas)))
    fitted = np.column_stack([x @ beta[:, k].toarray().ravel() for k in range(len(lambdas))])
    residual = y[:, None] - fitted
    residual -= residual.mean(0)
    penalty = lambdas * np.asarray(abs(beta).sum(0)).ravel()
    return (residual**2).mean(0) / 2.0 + penalty


def environment(threads):
    env = dict(os.environ)
    for name in ("OPENBLAS_CORETYPE", "OPENBLAS_L2_SIZE"):
        env.pop(name, None)
    for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMBA_NUM_THREADS"):
        env[name] = str(threads)
    return env


def call(command, threads, limit):
    """The JSON object that the program prints last, or None if it exceeded the limit or failed."""
    try:
        done = subprocess.run(command, env=environment(threads), timeout=limit, capture_output=True, text=True)
    except subprocess.TimeoutExpired:
        return {"failed": f"> {limit:g} s"}
    if done.returncode == -signal.SIGALRM:
        return {"failed": "over the limit"}
    if done.returncode != 0:
        return {"failed": (done.stderr.strip().splitlines() or ["failed"])[-1][:100]}
    return json.loads(done.stdout.strip().splitlines()[-1])


def run_ours(arguments, folder, threads):
    file = f"{folder}/ours.f64"
    result = call([arguments.bench, folder, "--threads", str(threads), "--repeats", "5", "--coefficients", file],
                  threads, 300)
    if "failed" in result or not result["converged"]:
        sys.exit(f"bench_lasso: {result}")
    return min(result["seconds"]), result["relative_gap"], objectives(folder, np.fromfile(file).reshape(-1, 3))


def run_peer(arguments, peer, folder, threads, ours):
    null = (read_case(folder)[1] ** 2).mean() / 2.0
    file = f"{folder}/peer.f64"
    last = "none reaches it"
    for tolerance in (t for t in LADDERS[peer] if t <= arguments.start.get(peer, 1.0)):
        if os.path.exists(file):
            os.remove(file)
        settings = [folder, repr(tolerance), file, str(threads)]
        if peer != "glmnet":
            settings.append(str(arguments.limit))
        command = (["Rscript", f"{HERE}/glmnet_worker.R"] if peer == "glmnet" else
                   [arguments.python, f"{HERE}/python_worker.py", peer]) + settings
        result = call(command, threads, arguments.limit + (0 if peer == "glmnet" else WARM_UP))
        if "failed" in result:
            return {"note": result["failed"], "tolerance": tolerance, "before": last}
        worst = float(((objectives(folder, np.fromfile(file).reshape(-1, 3)) - ours) / null).max())
        last = f"{worst:.1e} at {tolerance:g} in {result['seconds']:.3g} s"
        if worst <= ALLOWED:
            return {"seconds": result["seconds"], "tolerance": tolerance, "worst": worst,
                    "version": result["version"]}
    return {"note": "does not reach the objective", "tolerance": LADDERS[peer][-1], "before": last}


def report(case, threads, ours, gap, peer, result):
    head = f"{case:24} {threads} thread{'s' if threads > 1 else ' '} ours {ours:9.4f} s (gap {gap:.0e})  {peer:13}"
    if "seconds" in result:
        print(f"{head} {result['version']:8} {result['seconds']:9.4f} s  ratio {result['seconds'] / ours:8.2f}  "
              f"tolerance {result['tolerance']:g}, worst excess {result['worst']:.1e}", flush=True)
    else:
        print(f"{head} {result['note']} at tolerance {result['tolerance']:g} (before: {result['before']})", flush=True)


def start_of(text):
    peer, tolerance = text.split("=")
    if peer not in LADDERS:
        raise ValueError(peer)
    return peer, float(tolerance)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bench", default=os.path.join(os.environ.get("ORRERY_BIN", "build/bin"), "bench_lasso"), help="the bench_lasso program")
    parser.add_argument("--python", default=sys.executable, help="interpreter that has the Python peers")
    parser.add_argument("--cases", nargs="*", default=list(CASES), choices=list(CASES))
    parser.add_argument("--peers", nargs="*", default=list(LADDERS), choices=list(LADDERS))
    parser.add_argument("--threads", nargs="*", type=int, default=[1, 2])
    parser.add_argument("--limit", type=float, default=20.0, help="seconds for one run of a peer")
    parser.add_argument("--start", nargs="*", type=start_of, default=[], metavar="PEER=TOLERANCE",
                        help="where the ladder of a peer begins")
    arguments = parser.parse_args()
    arguments.start = dict(arguments.start)
    print(f"{platform.machine()}, {os.cpu_count()} processors, Python {platform.python_version()}", flush=True)
    for case in arguments.cases:
        with tempfile.TemporaryDirectory() as folder:
            write_case(folder, *CASES[case])
            for threads in arguments.threads:
                seconds, gap, ours = run_ours(arguments, folder, threads)
                for peer in arguments.peers:
                    report(case, threads, seconds, gap, peer, run_peer(arguments, peer, folder, threads, ours))


if __name__ == "__main__":
    main()
