#!/usr/bin/env bash
# Package:   PyPI junit2html 31.1.4, npm test-results-parser 0.4.6
# Input:     a JUnit report with a suite within a suite, as PHPUnit writes it; the test of the inner one failed
# Expected:  two tests, one of them failed, as junit-to-ctrf 0.0.14 reads it (the JUnit schema of Jenkins allows it)
# Seen:      junit2html leaves the inner suite out: one test, passed; test-results-parser counts a failed test that is
#            not among its cases. 2026-11-30 on Python 3.11 and Node.js 20.20
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
{ python3 -m venv . && bin/pip install --quiet junit2html==31.1.4; } >&2 || exit 2
npm install --silent --no-audit --no-fund --ignore-scripts test-results-parser@0.4.6 junit-to-ctrf@0.0.14 >&2 || exit 2
cat > junit.xml <<'REPORT'
<testsuites>
  <testsuite name="all" tests="2" failures="1">
    <testcase name="lists roles" classname="all"/>
    <testsuite name="users" tests="1" failures="1">
      <testcase name="lists users" classname="users"><failure message="expected 200, got 403"/></testcase>
    </testsuite>
  </testsuite>
</testsuites>
REPORT
cat > show.mjs <<'PROGRAM'
import { readFileSync } from 'node:fs';
import { parse } from 'test-results-parser';

const { failed, suites } = parse({ type: 'junit', files: ['junit.xml'] });
const cases = suites.flatMap(({ cases }) => cases.map(({ name, status }) => `${name} ${status}`));
console.log(`test-results-parser: ${failed} failed; ${cases.join(', ')}`);
const { summary } = JSON.parse(readFileSync('ctrf.json', 'utf8')).results;
console.log(`junit-to-ctrf: ${summary.tests} tests, ${summary.failed} failed`);
PROGRAM
npx junit-to-ctrf junit.xml --output ctrf.json > log
received=$(
  echo "junit2html:" $(bin/junit2html junit.xml --summary-matrix | sed -n '/^Test Results/,$p')
  node show.mjs
)
echo "$received"
[ "$received" = 'junit2html: Test Results: Passed : 1
test-results-parser: 1 failed; lists roles PASS
junit-to-ctrf: 2 tests, 1 failed' ]
