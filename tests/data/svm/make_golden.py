#!/usr/bin/env python3
"""Golden cases from LIBSVM's svm-train and svm-predict (Debian package libsvm-tools).

Writes, beside this file: the data as LIBSVM text, golden.csv (one line a machine: objective, rho, support vectors,
bounded ones and iterations as svm-train prints them, and the objective of its solution summed in double), and for a few cases the model and its predictions. The versions
that made them stand in VERSIONS.txt.

With --accept ORRERY, the program whose models svm-predict is to read: trains with it, has svm-predict predict from
its files, and keeps both.
"""
import argparse
import math
import os
import random
import re
import subprocess
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))

CASES = [  # name, data, options of svm-train
    ("linear", "two", "-s 0 -t 0 -c 1"),
    ("linear_hard", "two", "-s 0 -t 0 -c 50"),
    ("poly", "two", "-s 0 -t 1 -d 2 -g 0.5 -r 1 -c 2"),
    ("rbf", "two", "-s 0 -t 2 -g 0.3 -c 1"),
    ("rbf_soft", "two", "-s 0 -t 2 -g 0.3 -c 0.05"),
    ("rbf_hard", "two", "-s 0 -t 2 -g 0.3 -c 100"),
    ("rbf_unshrunk", "two", "-s 0 -t 2 -g 0.3 -c 100 -h 0"),
    ("sigmoid", "two", "-s 0 -t 3 -g 0.05 -r -0.2 -c 5"),
    ("weights", "two", "-s 0 -t 2 -g 0.3 -c 1 -w1 4 -w-1 0.5"),
    ("three", "three", "-s 0 -t 2 -g 0.4 -c 3"),
    ("svr_linear", "regression", "-s 3 -t 0 -c 1 -p 0.1"),
    ("svr_rbf", "regression", "-s 3 -t 2 -g 0.2 -c 10 -p 0.2"),
    ("one_class", "two", "-s 2 -t 2 -g 0.3 -n 0.13"),
]
KEPT = ["rbf", "poly", "three", "svr_rbf", "one_class"]
TOLERANCES = ["1e-3", "1e-6"]


def points(name):
    rng = random.Random({"two": 3, "three": 5, "regression": 9}[name])
    rows = []
    for i in range({"two": 240, "three": 180, "regression": 150}[name]):
        x = [rng.gauss(0, 1) for _ in range(5)]
        if name == "two":
            label = "-1" if x[0] + 0.6 * x[1] * x[1] - 0.7 + rng.gauss(0, 0.4) < 0 else "+1"
        elif name == "three":
            k = i % 3
            x[0] += 1.6 * (k == 1)
            x[1] += 1.6 * (k == 2)
            label = str([7, 2, 4][k])
        else:
            label = "%.6g" % (2 * x[0] - x[1] + x[2] * x[2] + rng.gauss(0, 0.2))
        if i % 7 == 0:
            x[3] = 0.0  # a gap in the sparse text
        rows.append(label + "".join(" %d:%.6g" % (k + 1, v) for k, v in enumerate(x) if v != 0.0))
    return "\n".join(rows) + "\n"


def run(*command):
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def machines(text):
    pattern = r"#iter = (\d+)[^*]*?obj = (\S+), rho = (\S+)\s+nSV = (\d+), nBSV = (\d+)"
    return [m.groups() for m in re.finditer(pattern, text)]


def kernel(options, x, z):
    product = sum(v * z.get(k, 0.0) for k, v in x.items())
    kind = options["-t"]
    if kind == "2":
        squared = sum((x.get(k, 0.0) - z.get(k, 0.0)) ** 2 for k in set(x) | set(z))
        return math.exp(-float(options["-g"]) * squared)
    if kind == "0":
        return product
    inner = float(options["-g"]) * product + float(options.get("-r", 0))
    return inner ** int(options["-d"]) if kind == "1" else math.tanh(inner)


def exact(options, model, data):
    """The objective of svm-train's own solution, summed in double; svm-train keeps its matrix in float."""
    lines = open(model).read().split("SV\n", 1)[1].splitlines()
    vectors = []
    for line in lines:
        first, *rest = line.split()
        vectors.append((float(first), {int(k): float(v) for k, v in (w.split(":") for w in rest)}))
    value = 0.5 * sum(a * b * kernel(options, x, z) for a, x in vectors for b, z in vectors)
    if options["-s"] == "0":
        value -= sum(abs(a) for a, _ in vectors)
    elif options["-s"] == "3":
        targets = {}
        for line in open(data):
            first, *rest = line.split()
            targets[" ".join(rest)] = float(first)
        for a, line in zip((a for a, _ in vectors), lines):
            value += float(options["-p"]) * abs(a) - targets[" ".join(line.split()[1:])] * a
    return value


def golden():
    for name in ("two", "three", "regression"):
        with open(os.path.join(HERE, name + ".svm"), "w") as out:
            out.write(points(name))
    lines = ["case,data,options,tolerance,pair,iterations,objective,exact_objective,rho,support_vectors,bounded"]
    for name, data, options in CASES:
        path = os.path.join(HERE, data + ".svm")
        for tolerance in TOLERANCES:
            with tempfile.TemporaryDirectory() as folder:
                model = os.path.join(folder, "m")
                text = run("svm-train", *options.split(), "-e", tolerance, path, model)
                given = dict(zip(options.split()[::2], options.split()[1::2]))
                whole = "%.10g" % exact(given, model, path) if data != "three" else ""
                for pair, (steps, objective, rho, vectors, bounded) in enumerate(machines(text)):
                    full = [l for l in open(model) if l.startswith("rho")][0].split()[1 + pair]
                    lines.append(",".join([name, data, options, tolerance, str(pair), steps, objective, whole, full,
                                           vectors, bounded]))
                if name in KEPT and tolerance == "1e-3":
                    kept = os.path.join(HERE, name + ".model")
                    open(kept, "w").write(open(model).read())
                    run("svm-predict", path, kept, os.path.join(HERE, name + ".predictions"))
    three = os.path.join(HERE, "three.svm")
    model = os.path.join(HERE, "three_probability.model")
    run("svm-train", *dict((n, o) for n, _, o in CASES)["three"].split(), "-b", "1", three, model)
    run("svm-predict", "-b", "1", three, model, os.path.join(HERE, "three_probability.predictions"))
    with open(os.path.join(HERE, "golden.csv"), "w") as out:
        out.write("\n".join(lines) + "\n")
    version = run("dpkg-query", "-W", "-f", "${Version}", "libsvm-tools")
    with open(os.path.join(HERE, "VERSIONS.txt"), "w") as out:
        out.write("LIBSVM (Debian libsvm-tools) %s\n" % version)


def accept(program):
    names = {"0": "linear", "1": "poly", "2": "rbf", "3": "sigmoid"}
    kinds = {"0": "c-svc", "2": "one-class", "3": "eps-svr"}
    flags = {"-g": "--gamma", "-r": "--coef0", "-d": "--degree", "-c": "--c", "-p": "--epsilon", "-n": "--nu"}
    for name, data, options in CASES:
        if name not in KEPT:
            continue
        path = os.path.join(HERE, data + ".svm")
        given = dict(zip(options.split()[::2], options.split()[1::2]))
        arguments = ["--kernel", names[given["-t"]], "--kind", kinds[given["-s"]]]
        for flag, value in given.items():
            if flag in flags:
                arguments += [flags[flag], value]
        model = os.path.join(HERE, name + ".ours.model")
        run(program, "solve", "svm", "--data", path, "--target", "label", *arguments, "--solver", "smo",
            "--model-out", model)
        run("svm-predict", path, model, os.path.join(HERE, name + ".ours.predictions"))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--accept", metavar="ORRERY")
    arguments = parser.parse_args()
    accept(arguments.accept) if arguments.accept else golden()
