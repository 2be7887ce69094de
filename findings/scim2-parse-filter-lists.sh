#!/usr/bin/env bash
# Package:   npm scim2-parse-filter 0.2.10
# Input:     filters on `schemas`, a list of texts, on a user without emails, and on emails that are not for work
# Expected:  the first one fits (RFC 7644, 3.4.2.2: a filter on an attribute with several values fits if any of them
#            does), emails pr does not fit an empty list (table 3: a non-empty value), and the last one fits a user with
#            an email of another type
# Seen:      the opposite of each, 2026-11-30 on Node.js 20.20
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
npm install --silent --no-audit --no-fund --ignore-scripts scim2-parse-filter@0.2.10 >&2 || exit 2
cat > show.cjs <<'PROGRAM'
const { filter, parse } = require('scim2-parse-filter');

const schemas = ['urn:ietf:params:scim:schemas:core:2.0:User'];
const home = { type: 'home', value: 'jane@home.example' };
const work = { type: 'work', value: 'jane@work.example' };
const cases = [
  [`schemas eq "${schemas[0]}"`, { schemas }],
  ['emails pr', { schemas, emails: [] }],
  ['emails[not (type eq "work")]', { schemas, emails: [work, home] }],
];
for (const [text, user] of cases) console.log(`${text}: ${filter(parse(text))(user)}`);
PROGRAM
received=$(node show.cjs)
echo "$received"
[ "$received" = 'schemas eq "urn:ietf:params:scim:schemas:core:2.0:User": false
emails pr: true
emails[not (type eq "work")]: false' ]
