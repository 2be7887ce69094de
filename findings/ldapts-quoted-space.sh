#!/usr/bin/env bash
# Package:   npm ldapts 8.2.0
# Input:     distinguished names of a group whose name has a comma, begins with #, and ends with a space
# Expected:  each special character has a backslash before it (RFC 4514, 2.4 and 3: a quotation mark within a value is
#            escaped, and values in quotation marks, as in LDAPv2, are not part of the text form)
# Seen:      so it is for the comma and #, but a space at either end puts the value in quotation marks,
#            2026-11-30 on Node.js 20.20
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
npm install --silent --no-audit --no-fund --ignore-scripts ldapts@8.2.0 >&2 || exit 2
cat > show.mjs <<'PROGRAM'
import { DN } from 'ldapts';

for (const name of ['Sales, North', '#1', 'Sales ', ' Sales']) {
  console.log(new DN({ cn: name, dc: 'example' }).toString());
}
PROGRAM
received=$(node show.mjs)
echo "$received"
[ "$received" = 'cn=Sales\, North,dc=example
cn=\#1,dc=example
cn="Sales ",dc=example
cn=" Sales",dc=example' ]
