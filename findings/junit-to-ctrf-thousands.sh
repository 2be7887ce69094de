#!/usr/bin/env bash
# Package:   npm junit-to-ctrf 0.0.14
# Input:     a JUnit report with a test that took time="1,234.5" seconds
# Expected:  a duration of 1234500 ms (XML schema of Maven Surefire's reports, SUREFIRE_TIME: groups of three digits are
#            separated by commas)
# Seen:      1000 ms, 2026-11-30 on Node.js 20.20
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
npm install --silent --no-audit --no-fund --ignore-scripts junit-to-ctrf@0.0.14 >&2 || exit 2
cat > TEST-users.xml <<'XML'
<testsuite name="users" tests="2" failures="0" errors="0" skipped="0" time="1,235">
  <testcase name="lists" classname="users" time="0.5"/>
  <testcase name="exports" classname="users" time="1,234.5"/>
</testsuite>
XML
cat > show.mjs <<'PROGRAM'
import { convertJUnitToCTRFReport } from 'junit-to-ctrf';

const { results } = await convertJUnitToCTRFReport('TEST-users.xml');
for (const { name, duration } of results.tests) console.log(`${name}: ${duration} ms`);
PROGRAM
received=$(node show.mjs)
echo "$received"
[ "$received" = 'lists: 500 ms
exports: 1000 ms' ]
