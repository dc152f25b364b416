"""Writes glmnet_alpha_*.csv and scikit_learn_alpha_*.csv: 20 λ from λ_max to λ_max/1000, α = 1 and 0.5.

Run from this folder, with scikit-learn here and glmnet in R. The λ penalise standardised columns (1/n);
coefficients and intercept are in data units. glmnet divides the response by its standard deviation and
penalises in that unit, which matters for the ridge part; so for α = 0.5 both get the response divided by it.
"""
import os
import subprocess
import tempfile

import numpy as np
import sklearn
from sklearn.linear_model import enet_path

GLMNET = """
suppressPackageStartupMessages(library(glmnet))
x <- as.matrix(read.table("x.txt")); y <- scan("y.txt", quiet = TRUE); lambda <- scan("lambda.txt", quiet = TRUE)
glmnet.control(fdev = 0, devmax = 1)
fit <- glmnet(x, y, alpha = ALPHA, lambda = lambda, thresh = 1e-24, standardize = TRUE, maxit = 1e9)
write.table(cbind(lambda, fit$a0, t(as.matrix(fit$beta))), "out.txt", row.names = FALSE, col.names = FALSE)
cat(sprintf("glmnet %s, R %s.%s", packageVersion("glmnet"), R.version$major, R.version$minor))
"""


def write(file, head, names, table):
    with open(file, "w", encoding="utf-8") as out:
        out.write(f"# {head}\nlambda,intercept,{names}\n")
        for row in table:
            out.write(",".join(repr(float(v)) for v in row) + "\n")


def glmnet(x, y, alpha, lambdas):
    with tempfile.TemporaryDirectory() as folder:
        for name, values in (("x", x), ("y", y), ("lambda", lambdas)):
            np.savetxt(os.path.join(folder, f"{name}.txt"), values, fmt="%.17g")
        code = "options(digits = 17);" + GLMNET.replace("ALPHA", repr(alpha))
        done = subprocess.run(["Rscript", "-e", code], cwd=folder, check=True, capture_output=True, text=True)
        return done.stdout, np.loadtxt(os.path.join(folder, "out.txt"))


def main():
    lines = [line for line in open("../../../resources/data/diabetes.csv", encoding="utf-8") if line[0] != "#"]
    names = ",".join(lines[0].strip().split(",")[:-1])
    table = np.loadtxt(lines[1:], delimiter=",")
    x, mean, deviation = table[:, :-1], table[:, :-1].mean(0), table[:, :-1].std(0)
    z = np.asfortranarray((x - mean) / deviation)
    for alpha in (1.0, 0.5):
        y = table[:, -1] / (1.0 if alpha == 1.0 else table[:, -1].std())
        top = np.abs(z.T @ (y - y.mean())).max() / len(y) / alpha
        lambdas = top * np.exp(np.linspace(0.0, np.log(1e-3), 20))
        beta = enet_path(z, y - y.mean(), l1_ratio=alpha, alphas=lambdas, tol=1e-14, max_iter=1_000_000)[1]
        beta = (beta / deviation[:, None]).T
        write(f"scikit_learn_alpha_{alpha:g}.csv", f"scikit-learn {sklearn.__version__}, enet_path(tol=1e-14)", names,
              np.column_stack([lambdas, y.mean() - beta @ mean, beta]))
        version, rows = glmnet(x, y, alpha, lambdas)
        write(f"glmnet_alpha_{alpha:g}.csv", f"{version}, glmnet(thresh = 1e-24)", names, rows)


if __name__ == "__main__":
    main()
