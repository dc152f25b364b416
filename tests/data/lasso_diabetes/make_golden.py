"""Writes the golden LASSO results on the diabetes data with scikit-learn; run from this folder.

Design: the ten columns centred and divided by their standard deviation (1/n). Response: centred.
lars_path.csv    exact knots: lambda, then the ten coefficients in standardised units.
lasso_path.csv   coordinate descent, tol 1e-14, at 12 lambdas: lambda, intercept, coefficients in the scale of the data.
enet_path.csv    the same with alpha = 0.5.
"""
import csv
import numpy as np
import sklearn
from sklearn.linear_model import ElasticNet, lars_path

rows = [r for r in csv.reader(open("../../../resources/data/diabetes.csv")) if not r[0].startswith("#")]
names, data = rows[0][:-1], np.array(rows[1:], dtype=float)
x, y = data[:, :-1], data[:, -1]
mean, scale = x.mean(0), x.std(0)
z, r = (x - mean) / scale, y - y.mean()
head = f"# scikit-learn {sklearn.__version__}, numpy {np.__version__}\n"


def write(path, header, lines):
    with open(path, "w") as f:
        f.write(head + ",".join(header) + "\n")
        f.writelines(",".join(repr(float(v)) for v in line) + "\n" for line in lines)


alphas, _, coefs = lars_path(z, r, method="lasso")
write("lars_path.csv", ["lambda"] + names, [[a, *c] for a, c in zip(alphas, coefs.T)])
for mix, path in ((1.0, "lasso_path.csv"), (0.5, "enet_path.csv")):
    top = np.abs(z.T @ r).max() / len(r) / mix
    lines = []
    for lam in top * 10.0 ** -np.linspace(0.05, 3, 12):
        model = ElasticNet(alpha=lam, l1_ratio=mix, tol=1e-14, max_iter=1_000_000).fit(z, r)
        b = model.coef_ / scale
        lines.append([lam, y.mean() - mean @ b, *b])
    write(path, ["lambda", "intercept"] + names, lines)
