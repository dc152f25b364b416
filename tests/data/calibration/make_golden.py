"""Writes the golden files of this folder with other people's programs: scikit-learn, SciPy, betacal.

Run here after `pip install scikit-learn==1.9.1 scipy==1.17.1 numpy==2.4.6 betacal==1.1.0`. The versions stand in the
first line of every file. scores.csv is drawn from numpy's default_rng(7).
"""

import csv
import pathlib

import betacal
import numpy
import scipy
import sklearn
from scipy.optimize import root
from scipy.special import expit, logit
from sklearn.base import BaseEstimator, ClassifierMixin
from sklearn.calibration import CalibratedClassifierCV, calibration_curve
from sklearn.frozen import FrozenEstimator
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import brier_score_loss, log_loss, roc_auc_score
from sklearn.preprocessing import StandardScaler

HERE = pathlib.Path(__file__).parent
BREAST_CANCER = HERE.parents[2] / "resources" / "data" / "breast_cancer.csv"
VERSIONS = (f"# scikit-learn {sklearn.__version__}, SciPy {scipy.__version__}, NumPy {numpy.__version__}, "
            f"betacal {betacal.__version__}")


def write(name, header, rows):
    with open(HERE / name, "w", newline="") as file:
        file.write(VERSIONS + "\n")
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows([[repr(float(v)) if isinstance(v, float) else v for v in row] for row in rows])


class Given(ClassifierMixin, BaseEstimator):
    """A classifier whose decision function is its only feature."""

    def fit(self, x, y):
        self.classes_ = numpy.unique(y)
        return self

    def decision_function(self, x):
        return x[:, 0]

    def predict(self, x):
        return self.classes_[(x[:, 0] > 0).astype(int)]


def calibrated(method, score, label, grid):
    base = FrozenEstimator(Given().fit(score[:, None], label))
    model = CalibratedClassifierCV(base, method=method, ensemble=False).fit(score[:, None], label)
    return model.predict_proba(grid[:, None])[:, 1]


def platt(score, label):
    up, down = label.sum(), (1 - label).sum()
    target = numpy.where(label == 1, (up + 1) / (up + 2), 1 / (down + 2))

    def gradient_and_hessian(theta):
        p = expit(theta[0] * score + theta[1])
        x = numpy.column_stack([score, numpy.ones_like(score)])
        return x.T @ (p - target), x.T @ (x * (p * (1 - p))[:, None])

    return roots(gradient_and_hessian, 2)


def beta(score, label):
    x = numpy.column_stack([numpy.log(score), -numpy.log1p(-score), numpy.ones_like(score)])

    def gradient_and_hessian(theta):
        p = expit(x @ theta)
        return x.T @ (p - label), x.T @ (x * (p * (1 - p))[:, None])

    return roots(gradient_and_hessian, 3)


def roots(gradient_and_hessian, size):
    found = root(lambda t: gradient_and_hessian(t)[0], numpy.zeros(size), jac=lambda t: gradient_and_hessian(t)[1],
                 tol=1e-14)
    assert abs(gradient_and_hessian(found.x)[0]).max() < 1e-9
    return found.x


def main():
    rng = numpy.random.default_rng(7)
    n = 400
    truth = rng.uniform(0.02, 0.98, n)
    label = (rng.uniform(size=n) < truth).astype(int)
    score = expit(1.8 * logit(truth) - 0.4)  # too sure of itself, and low
    tied = numpy.round(score, 1)
    margin = 2.0 * logit(score) + 5.0
    weight = numpy.round(rng.uniform(0.1, 3.0, n), 3)
    write("scores.csv", ["score", "tied", "margin", "weight", "label"],
          zip(*(map(float, column) for column in (score, tied, margin, weight)), label))

    metrics = []
    for name, s in (("score", score), ("tied", tied)):
        for weighted, w in (("", None), ("_weighted", weight)):
            metrics.append([f"{name}_brier{weighted}", float(brier_score_loss(label, s, sample_weight=w))])
            metrics.append([f"{name}_log_loss{weighted}", float(log_loss(label, s, sample_weight=w))])
            metrics.append([f"{name}_auc{weighted}", float(roc_auc_score(label, s, sample_weight=w))])
    write("metrics.csv", ["metric", "value"], metrics)

    curves = []
    for name, s in (("score", score), ("tied", tied)):
        for strategy in ("uniform", "quantile"):
            for bins in (5, 10):
                observed, mean = calibration_curve(label, s, n_bins=bins, strategy=strategy)
                curves += [[name, strategy, bins, float(m), float(o)] for m, o in zip(mean, observed)]
    write("calibration_curve.csv", ["scores", "strategy", "bins", "mean_score", "observed"], curves)

    grid = numpy.linspace(-12.0, 22.0, 35)
    write("calibrated_classifier.csv", ["margin", "sigmoid", "isotonic"],
          zip(map(float, grid), map(float, calibrated("sigmoid", margin, label, grid)),
              map(float, calibrated("isotonic", margin, label, grid))))

    peer = betacal.BetaCalibration("abm")
    peer.fit(score[:, None], label)
    a, b, m = peer.calibrator_.map_
    write("fits.csv", ["method", "parameter", "value"],
          [["platt", name, float(v)] for name, v in zip(("slope", "intercept"), platt(margin, label))]
          + [["beta", name, float(v)] for name, v in zip("abc", beta(score, label))]
          + [["betacal", "a", float(a)], ["betacal", "b", float(b)],
             ["betacal", "c", float(b * numpy.log1p(-m) - a * numpy.log(m))]])

    rows = [row for row in csv.reader(open(BREAST_CANCER)) if not row[0].startswith("#")][1:]
    x = numpy.array([[float(cell) for cell in row[:-1]] for row in rows])
    y = numpy.array([row[-1] == "malignant" for row in rows]).astype(int)
    out = []
    for c in (0.01, 1.0, 100.0):
        model = LogisticRegression(C=c, solver="newton-cholesky", tol=1e-12, max_iter=1000)
        model.fit(StandardScaler().fit_transform(x), y)
        out.append([c, float(model.intercept_[0]), *map(float, model.coef_[0])])
    write("logistic_regression.csv", ["C", "intercept", *(f"b{j}" for j in range(x.shape[1]))], out)


main()
