#!/usr/bin/env bash
# Package:   PyPI lcov_cobertura 2.1.1
# Input:     an LCOV report with two sections for users.py, of two tests, as `lcov --add-tracefile` keeps them apart
# Expected:  the counts of both tests (geninfo, FILES: a section has the name of its test and of its source file, so
#            that each test has one for the file): lines 1, 2 and 3, of which 1 and 3 ran
# Seen:      the lines of the second test only, beside the rate of both, 2026-11-30 on Python 3.11
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
{ python3 -m venv . && bin/pip install --quiet lcov_cobertura==2.1.1; } >&2 || exit 2
cat > show.py <<'PROGRAM'
from xml.etree import ElementTree

from lcov_cobertura import LcovCobertura

SECTION = "TN:{test}\nSF:users.py\n{lines}\nLF:{found}\nLH:{hit}\nend_of_record\n"
first = SECTION.format(test="unit", lines="DA:1,2\nDA:2,0\nDA:3,1", found=3, hit=2)
second = SECTION.format(test="e2e", lines="DA:1,1\nDA:2,0", found=2, hit=1)
for report in [first, first + second]:
    root = ElementTree.fromstring(LcovCobertura(report).convert())
    lines = [f"line {line.get('number')} ran {line.get('hits')} times" for line in root.iter("line")]
    print(", ".join(lines), "- valid", root.get("lines-valid"))
PROGRAM
received=$(bin/python show.py)
echo "$received"
[ "$received" = 'line 1 ran 2 times, line 2 ran 0 times, line 3 ran 1 times - valid 3
line 1 ran 1 times, line 2 ran 0 times - valid 5' ]
