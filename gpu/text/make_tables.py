#!/usr/bin/env python3
"""Writes unicode_tables.cpp from the character database that Python carries. Run it in this folder."""

import unicodedata

PER_LINE = 108


def simplified(c):
    """NFD without the marks that do not take room (Mn), in lower case: what BERT's uncased models see."""
    return "".join(x for x in unicodedata.normalize("NFD", c) if unicodedata.category(x) != "Mn").lower()


def category(prefixes):
    return [c for c in range(0x80, 0x110000) if unicodedata.category(chr(c)) in prefixes]


def ranges(points):
    out = []
    for c in sorted(points):
        if out and out[-1][1] == c - 1:
            out[-1][1] = c
        else:
            out.append([c, c])
    return out


def wrapped(items):
    lines, line = [], "   "
    for item in items:
        if len(line) + len(item) + 1 > PER_LINE:
            lines.append(line)
            line = "   "
        line += " " + item
    return "\n".join(lines + [line])


def range_table(name, points):
    rows = wrapped("{0x%04X, 0x%04X}," % (a, b) for a, b in ranges(points))
    return f"const std::vector<CodeRange>& {name}() {{\n    static const std::vector<CodeRange> rows{{\n{rows}}};\n    return rows;\n}}\n"


def is_left_alone(c):
    return 0xAC00 <= c < 0xD7A4 or 0xF900 <= c < 0xFB00 or 0x2F800 <= c < 0x2FA20


def mapping():
    single = {c: simplified(chr(c)) for c in range(0x80, 0x110000)
              if not 0xD800 <= c < 0xE000 and not is_left_alone(c)}
    single = {c: s for c, s in single.items() if len(s) == 1 and s != chr(c)}
    shifts, rest = [], {}
    for a, b in runs(single):
        if b - a >= 4:
            shifts.append("{0x%04X, 0x%04X, %d}," % (a, b, ord(single[a]) - a))
        else:
            rest.update({c: single[c] for c in range(a, b + 1)})
    strings = []
    for c in sorted(rest):
        if strings and c - strings[-1][1] <= 6:
            strings[-1][1] = c
        else:
            strings.append([c, c])
    rows = ['{0x%04X, U"%s"},' % (a, "".join(single.get(c, chr(c)) for c in range(a, b + 1))) for a, b in strings]
    return wrapped(shifts), wrapped(piece for row in rows for piece in pieces(row))


def pieces(row):
    """A long literal in several, which the compiler joins."""
    while len(row) > 100:
        yield row[:95] + '"'
        row = 'U"' + row[95:]
    yield row


def runs(single):
    out = []
    for c in sorted(single):
        if out and out[-1][1] == c - 1 and ord(single[c]) - c == ord(single[out[-1][0]]) - out[-1][0]:
            out[-1][1] = c
        else:
            out.append([c, c])
    return out


def main():
    shifts, strings = mapping()
    with open("unicode_tables.cpp", "w", encoding="utf-8") as f:
        f.write(f"""// Written by make_tables.py from Unicode {unicodedata.unidata_version}; not to be edited.
#include "gpu/text/unicode_tables.h"

// clang-format off
namespace orrery::gpu {{

{range_table("punctuationRanges", category({"Pc", "Pd", "Ps", "Pe", "Pi", "Pf", "Po"}))}
{range_table("markRanges", category({"Mn"}))}
{range_table("controlRanges", category({"Cc", "Cf", "Co"}))}
const std::vector<CodeShift>& simplifiedShifts() {{
    static const std::vector<CodeShift> rows{{
{shifts}}};
    return rows;
}}

const std::vector<CodeString>& simplifiedStrings() {{
    static const std::vector<CodeString> rows{{
{strings}}};
    return rows;
}}

}} // namespace orrery::gpu
""")


if __name__ == "__main__":
    main()
