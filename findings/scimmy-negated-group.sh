#!/usr/bin/env bash
# Package:   npm scimmy 1.3.5
# Input:     the SCIM filter `not (userName eq "jane" or userName eq "joe")`, and users jane, joe and zed
# Expected:  zed alone (RFC 7644, 3.4.2.2: "not" applies to the result of the parentheses)
# Seen:      all three: each comparison is negated, but "or" stays "or", and everybody is not jane or not joe; two
#            negations with "and" find zed. 2026-11-30 on Node.js 20.20
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
npm install --silent --no-audit --no-fund --ignore-scripts scimmy@1.3.5 >&2 || exit 2
cat > show.mjs <<'PROGRAM'
import SCIMMY from 'scimmy';

const users = ['jane', 'joe', 'zed'].map((userName) => ({ userName }));
for (const text of [
  'not (userName eq "jane" or userName eq "joe")',
  'not (userName eq "jane") and not (userName eq "joe")',
]) {
  const found = new SCIMMY.Types.Filter(text).match(users);
  console.log(`${text}: ${found.map(({ userName }) => userName).join(' ')}`);
}
PROGRAM
received=$(node show.mjs)
echo "$received"
[ "$received" = 'not (userName eq "jane" or userName eq "joe"): jane joe zed
not (userName eq "jane") and not (userName eq "joe"): zed' ]
