#!/usr/bin/env python3
"""Adds up the ctest runs of `./dev test`: tally.py FOLDER, with one PRESET.xml (JUnit) a run, and beside it
PRESET.unchanged.json with the counts of the programs that were not run again (unchanged.py).

A Qt Test program counts once for each of its test functions and data rows, any other program once. A
program that fails outside its functions (crash, time-out, sanitizer, leak) counts as one more failure, and
so does a PRESET.broken: a build that did not get as far as running. Prints the failures in full.
"""

import json
import pathlib
import re
import sys
import xml.etree.ElementTree as xml

TOTALS = re.compile(r"^Totals: (\d+) passed, (\d+) failed, (\d+) skipped", re.MULTILINE)
FIXTURES = 2  # initTestCase and cleanupTestCase, which Qt counts as passed


def count(case):
    """(passed, failed, skipped) of one program."""
    status = case.get("status")
    if status in ("notrun", "disabled"):
        skipped = case.find("skipped")
        reason = skipped.get("message", "") if skipped is not None else ""
        meant = status == "disabled" or reason.startswith("SKIP_")  # else: its program is missing
        return (0, 0, 1) if meant else (0, 1, 0)
    passed = failed = skipped = 0
    for totals in TOTALS.findall(case.findtext("system-out") or ""):
        passed += max(0, int(totals[0]) - FIXTURES)
        failed += int(totals[1])
        skipped += int(totals[2])
    if status == "fail":
        failed = max(failed, 1)
    elif passed + failed + skipped == 0:
        passed = 1
    return passed, failed, skipped


def show_failure(run, case):
    failure = case.find("failure")
    reason = failure.get("message", "") if failure is not None else case.get("status")
    print(f"\n---- failed in {run}: {case.get('name')} ({reason or 'failed'})")
    for line in (case.findtext("system-out") or "").strip().splitlines():
        if not line.startswith("PASS   : "):
            print(line)


def cases_of(path):
    return xml.parse(path).getroot().findall("testcase")


def earlier(path):
    """Counts of the programs of this run that are as they were when they passed."""
    notes = path.with_suffix(".unchanged.json")
    return [entry["counts"] for entry in json.loads(notes.read_text()).values()] if notes.exists() else []


def tally(folder):
    total = [0, 0, 0]
    for path in sorted(folder.glob("*.xml")):
        cases, unchanged = cases_of(path), earlier(path)
        counts = [count(case) for case in cases]
        run = [sum(column) for column in zip(*counts, *unchanged)] or [0, 1, 0]
        for case, (_, failed, _) in zip(cases, counts):
            if failed:
                show_failure(path.stem, case)
        note = f" ({len(unchanged)} of them unchanged since they passed, not run again)" if unchanged else ""
        print(f"{path.stem}: {len(cases) + len(unchanged)} programs{note}, "
              f"{run[0]} passed, {run[1]} failed, {run[2]} skipped")
        total = [a + b for a, b in zip(total, run)]
    for path in sorted(folder.glob("*.broken")):
        print(f"{path.stem}: could not be built or run")
        total[1] += 1
    return total


def main():
    passed, failed, skipped = tally(pathlib.Path(sys.argv[1]))
    print(f"{passed} passed, {failed} failed" + (f", {skipped} skipped" if skipped else ""))
    return 0 if failed == 0 and passed > 0 else 1


if __name__ == "__main__":
    sys.exit(main())
