"""Reads one CSV file with ours, pandas (C engine), Polars and DuckDB, in turn, in one run.

    ./dev bench csv [--rows 1000000] [--columns 10] [--threads 2] [--repeats 5] [--file F]

Run by hand it wants a Python with requirements.txt and the folder of bench_csv in $ORRERY_BIN. The file is made from a seed when it is not there. Every
reader gives the column sums, which must agree. A time is the least of the repeats; the readers take turns, so that a
disturbance meets all of them. DuckDB is timed twice: into a table of its own, and into NumPy columns.
"""
import argparse
import json
import os
import platform
import subprocess
import sys
import tempfile
import time


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bench", default=os.path.join(os.environ.get("ORRERY_BIN", "build/bin"), "bench_csv"))
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--columns", type=int, default=10)
    parser.add_argument("--threads", type=int, default=os.cpu_count())
    parser.add_argument("--repeats", type=int, default=5)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--file")
    return parser.parse_args()


def make_file(path, options):
    import numpy
    import polars
    values = numpy.random.default_rng(options.seed).standard_normal((options.rows, options.columns))
    polars.DataFrame(values, schema=[f"x{j}" for j in range(options.columns)]).write_csv(path)


def timed(read):
    start = time.perf_counter()
    sums = read()
    return time.perf_counter() - start - sums[1], sums[0]


def sums_of(frame_sums):
    """Seconds spent on the sums are not the reader's: they are handed back to be taken off."""
    start = time.perf_counter()
    sums = [float(s) for s in frame_sums()]
    return sums, time.perf_counter() - start


def readers(path, options):
    import duckdb
    import pandas
    import polars

    def ours():
        text = subprocess.run([options.bench, path, "1", str(options.threads)], check=True, capture_output=True).stdout
        found = json.loads(text)
        return found["seconds"], found["sums"]

    def pandas_c():
        frame = pandas.read_csv(path, engine="c")
        return sums_of(lambda: frame.sum())

    def polars_eager():
        frame = polars.read_csv(path)
        return sums_of(lambda: frame.sum().row(0))

    def duckdb_table():
        base = duckdb.connect(config={"threads": options.threads})
        base.execute(f"create table t as select * from read_csv('{path}')")
        names = ", ".join(f"sum(x{j})" for j in range(options.columns))
        return sums_of(lambda: base.execute(f"select {names} from t").fetchone())

    def duckdb_numpy():
        base = duckdb.connect(config={"threads": options.threads})
        found = base.execute(f"select * from read_csv('{path}')").fetchnumpy()
        return sums_of(lambda: [column.sum() for column in found.values()])

    return {
        "orrery": ours,
        f"polars {polars.__version__}": lambda: timed(polars_eager),
        f"pandas {pandas.__version__} (C engine)": lambda: timed(pandas_c),
        f"duckdb {duckdb.__version__} (table)": lambda: timed(duckdb_table),
        f"duckdb {duckdb.__version__} (numpy)": lambda: timed(duckdb_numpy),
    }


def agree(sums, reference, rows):
    # Sums of a million terms depend on their order; pandas rounds its numbers less exactly.
    return all(abs(a - b) <= 1e-9 * rows for a, b in zip(sums, reference)) and len(sums) == len(reference)


def run(path, options):
    all_readers = readers(path, options)
    best = {}
    sums = {}
    for _ in range(options.repeats):
        for name, read in all_readers.items():
            seconds, sums[name] = read()
            best[name] = min(seconds, best.get(name, seconds))
    for name in sums:
        if not agree(sums[name], sums["orrery"], options.rows):
            sys.exit(f"column sums of {name} differ: {sums[name]} and {sums['orrery']}")
    megabytes = os.path.getsize(path) / 1e6
    print(f"{options.rows} x {options.columns} numbers, {megabytes:.0f} MB, {options.threads} threads, "
          f"least of {options.repeats}, {platform.machine()}, Python {platform.python_version()}")
    print(f"{'reader':34} {'seconds':>8} {'MB/s':>6} {'theirs/ours':>12}")
    for name, seconds in sorted(best.items(), key=lambda item: item[1]):
        print(f"{name:34} {seconds:8.3f} {megabytes / seconds:6.0f} {seconds / best['orrery']:12.2f}")


def main():
    options = arguments()
    os.environ["POLARS_MAX_THREADS"] = str(options.threads)  # read when polars is first imported
    path = options.file or os.path.join(tempfile.gettempdir(), f"orrery_{options.rows}x{options.columns}_{options.seed}.csv")
    if not os.path.exists(path):
        make_file(path, options)
    run(path, options)


if __name__ == "__main__":
    main()
