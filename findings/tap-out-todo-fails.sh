#!/usr/bin/env bash
# Package:   npm tap-out 3.0.0
# Input:     TAP with `not ok 1 - exports # TODO later` and `ok 2 - imports # SKIP no server`
# Expected:  no failure, and the names exports and imports (TAP 13, Directives: a test that is marked as TODO may fail
#            without a failure of the run)
# Seen:      one failure, and the directives are part of the names, 2026-11-30 on Node.js 20.20
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
npm install --silent --no-audit --no-fund --ignore-scripts tap-out@3.0.0 >&2 || exit 2
cat > show.cjs <<'PROGRAM'
const parser = require('tap-out');

const tap = parser((error, { asserts, fail, pass }) => {
  if (error) throw error;
  console.log(`${pass.length} passed, ${fail.length} failed`);
  for (const { name } of asserts) console.log(name);
});
tap.end('TAP version 13\n1..2\nnot ok 1 - exports # TODO later\nok 2 - imports # SKIP no server\n');
PROGRAM
received=$(node show.cjs)
echo "$received"
[ "$received" = '1 passed, 1 failed
exports # TODO later
imports # SKIP no server' ]
