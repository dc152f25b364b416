#!/usr/bin/env python3
"""Which test programs are as they were when they passed, so that `./dev test` need not run them again.

unchanged.py before BUILD CACHE   prints a regular expression of their names for `ctest -E`, nothing where there are none
unchanged.py after BUILD CACHE RUN.xml   notes what passed in that run (JUnit), and forgets the rest

A program is as it was when nothing that it can see has changed: its own bytes, those of the programs that it starts
(REQUIRED_FILES of its test), its arguments and environment, every file of the project but sources, and the installed
packages. Tests labelled `sources` read the sources: they are always run.
"""

import hashlib
import json
import pathlib
import re
import subprocess
import sys

import tally

SOURCES = {".cpp", ".h", ".cu", ".cuh"}


def output(*command):
    return subprocess.run(command, capture_output=True, check=True).stdout


def digest_of(path):
    return hashlib.sha256(path.read_bytes()).digest() if path.is_file() else b"missing"


def surroundings():
    """What every test may see: the project's files but sources, and the installed packages."""
    total = hashlib.sha256()
    try:
        total.update(output("dpkg-query", "-W"))
    except OSError:
        pass  # not Debian
    names = output("git", "ls-files", "-z", "--cached", "--others", "--exclude-standard").split(b"\0")
    for name in sorted(set(names)):
        path = pathlib.Path(name.decode())
        if name and path.suffix not in SOURCES:
            total.update(name + b"\0" + digest_of(path))
    return total.digest()


def properties_of(test):
    return {p["name"]: p["value"] for p in test.get("properties", [])}


def keys(build):
    """Name of each test → what it depends on, as one number; None where that is not known."""
    tests = json.loads(output("ctest", "--test-dir", build, "--show-only=json-v1"))["tests"]
    shared, files, result = surroundings(), {}, {}
    for test in tests:
        properties, command = properties_of(test), test.get("command", [])
        if not command or "sources" in properties.get("LABELS", []):
            result[test["name"]] = None
            continue
        total = hashlib.sha256(shared + json.dumps([command, properties], sort_keys=True).encode())
        for name in [command[0], *properties.get("REQUIRED_FILES", [])]:
            if name not in files:
                files[name] = digest_of(pathlib.Path(name))
            total.update(files[name])
        result[test["name"]] = total.hexdigest()
    return result


def read(cache):
    try:
        return json.loads(pathlib.Path(cache).read_text())
    except (OSError, ValueError):
        return {}


def before(build, cache):
    known, now = read(cache), keys(build)
    kept = {name: entry for name, entry in known.items() if now.get(name) == entry["key"]}
    pathlib.Path(cache).parent.mkdir(parents=True, exist_ok=True)
    pathlib.Path(cache).write_text(json.dumps(kept))
    if kept:
        print("^(" + "|".join(re.escape(name) for name in sorted(kept)) + ")$")


def after(build, cache, run):
    """A test that failed, or skipped something for want of it, is run again the next time."""
    known, now = read(cache), keys(build)
    for case in tally.cases_of(pathlib.Path(run)):
        name = case.get("name")
        passed, failed, skipped = tally.count(case)
        if case.get("status") == "run" and passed and not failed and not skipped and now.get(name):
            known[name] = {"key": now[name], "counts": [passed, failed, skipped]}
    pathlib.Path(cache).write_text(json.dumps(known))


if __name__ == "__main__":
    {"before": before, "after": after}[sys.argv[1]](*sys.argv[2:])
