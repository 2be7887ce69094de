#!/usr/bin/env bash
# Package:   npm junit2json 4.0.0
# Input:     a JUnit report with tests that are named 007, 1.10 and 12345678901234567890, and a failure message 0x1F
# Expected:  these texts (the types of the package: name and message are strings)
# Seen:      the numbers 7, 1.1, 12345678901234567000 and 0, 2026-11-30 on Node.js 20.20
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
npm install --silent --no-audit --no-fund --ignore-scripts junit2json@4.0.0 >&2 || exit 2
cat > show.mjs <<'PROGRAM'
import { parse } from 'junit2json';

const names = ['007', '1.10', '12345678901234567890'];
const tests = names.map((name) => `<testcase name="${name}"><failure message="0x1F"/></testcase>`);
const report = await parse(`<testsuites><testsuite name="ids">${tests.join('')}</testsuite></testsuites>`);
for (const { name, failure } of report.testsuite[0].testcase) {
  console.log(`${JSON.stringify(name)}: ${JSON.stringify(failure[0].message)}`);
}
PROGRAM
received=$(node show.mjs)
echo "$received"
[ "$received" = '7: 0
1.1: 0
12345678901234567000: 0' ]
