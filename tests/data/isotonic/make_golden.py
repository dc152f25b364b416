"""Writes scikit_learn.csv, isotonic fits by scikit-learn; run from this folder.

A row with kind "fit" is one of the data with the fit there; a row with kind "predict" is an x that is not of the data,
with the prediction for it (out_of_bounds="clip").
"""
import numpy as np
import scipy
import sklearn
from sklearn.isotonic import IsotonicRegression

rng = np.random.default_rng(3)
n = 60
x = np.sort(rng.uniform(-4.0, 4.0, n))
tied = rng.integers(0, 15, n).astype(float)
weights = rng.uniform(0.1, 3.0, n)
some = np.where(rng.uniform(size=n) < 0.3, 0.0, weights)
rise = x + rng.normal(0.0, 1.5, n)
drop = -0.5 * tied + rng.normal(0.0, 2.0, n)
label = (rng.uniform(size=n) < 1.0 / (1.0 + np.exp(-x))).astype(float)
mixed = rng.permutation(n)
# x nearer than 1e-15: the next doubles above whole numbers, steps of a quarter of that, and all of it denormal
steps = np.random.default_rng(11)
near = steps.integers(0, 8, n).astype(float)
for _ in range(3):
    near = np.where(steps.uniform(size=n) < 0.5, np.nextafter(near, 9.0), near)
chain = steps.integers(0, 40, n) * 2.5e-16
tiny = steps.integers(0, 40, n) * 5e-322
CASES = {
    "plain": (x, rise, None, {}),
    "weighted": (x, rise, weights, {}),
    "unsorted": (x[mixed], rise[mixed], weights, {}),
    "decreasing": (x, -rise, weights, {"increasing": False}),
    "ties": (tied, drop, None, {"increasing": False}),
    "weighted ties": (tied, drop, weights, {"increasing": False}),
    "weights of zero": (x, rise, some, {}),
    "bounds": (x, rise, weights, {"y_min": -1.0, "y_max": 2.0}),
    "auto, up": (x, rise, None, {"increasing": "auto"}),
    "auto, down": (tied, drop, None, {"increasing": "auto"}),
    "labels": (x, label, None, {"y_min": 0.0, "y_max": 1.0}),
    "near ties": (near, drop, None, {}),
    "near ties, weighted": (near, rise[mixed], weights, {}),
    "near ties, a chain": (chain, np.sin(1e16 * chain) + rise[mixed], weights, {}),
    "near ties, all one": (tiny, rise, weights, {}),
}
with open("scikit_learn.csv", "w", encoding="utf-8") as file:
    print(f"# scikit-learn {sklearn.__version__} on scipy {scipy.__version__}, IsotonicRegression", file=file)
    print("case;increasing;y_min;y_max;kind;x;y;weight;fitted", file=file)
    for name, (a, b, w, options) in CASES.items():
        model = IsotonicRegression(out_of_bounds="clip", **options).fit(a, b, sample_weight=w)
        head = [name] + [str(options.get(key, "")) for key in ("increasing", "y_min", "y_max")]
        for i, fitted in enumerate(model.predict(a)):
            print(*head, "fit", *map(repr, map(float, (a[i], b[i], 1.0 if w is None else w[i], fitted))), sep=";", file=file)
        queries = rng.uniform(a.min() - 1.0, a.max() + 1.0, 12)
        for query, value in zip(queries, model.predict(queries)):
            print(*head, "predict", repr(float(query)), "", "", repr(float(value)), sep=";", file=file)
