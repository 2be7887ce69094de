#!/usr/bin/env bash
# Package:   npm lcov-result-merger 6.0.0
# Input:     two LCOV reports of one file, with a branch in block 0 that ran once in each, and the same with a branch
#            that is an exception: BRDA:7,e0,0,1
# Expected:  one branch that ran twice in both cases (geninfo of LCOV 2, FILES: an "e" before the block says that the
#            branch is an exception)
# Seen:      two branches in a block NaN, each with one run, where LCOV has a number, 2026-11-30 on Node.js 20.20
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
npm install --silent --no-audit --no-fund --ignore-scripts lcov-result-merger@6.0.0 >&2 || exit 2
received=$(for block in 0 e0; do
  for part in first second; do
    printf 'TN:\nSF:users.js\nDA:7,1\nBRDA:7,%s,0,1\nLF:1\nLH:1\nend_of_record\n' "$block" > "$part.info"
  done
  echo "block $block"
  node node_modules/lcov-result-merger/bin/lcov-result-merger.js '*.info' | grep '^BR'
done)
echo "$received"
[ "$received" = 'block 0
BRDA:7,0,0,2
BRF:1
BRH:1
block e0
BRDA:7,NaN,0,1
BRDA:7,NaN,0,1
BRF:2
BRH:2' ]
