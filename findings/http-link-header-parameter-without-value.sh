#!/usr/bin/env bash
# Package:   npm http-link-header 1.1.4
# Input:     Link: </users?page=2>; crossorigin; rel="next"
# Expected:  the next page (RFC 8288, 3: a parameter may be without a value)
# Seen:      a parameter that is named "crossorigin; rel", and no next page; where the parameter without a value is the
#            last one, the next page is there, 2026-11-30 on Node.js 20.20
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
npm install --silent --no-audit --no-fund --ignore-scripts http-link-header@1.1.4 >&2 || exit 2
cat > show.cjs <<'PROGRAM'
const { parse } = require('http-link-header');

for (const parameters of ['rel="next"; crossorigin', 'crossorigin; rel="next"']) {
  const { refs } = parse(`</users?page=2>; ${parameters}`);
  console.log(JSON.stringify(refs));
}
PROGRAM
received=$(node show.cjs)
echo "$received"
[ "$received" = '[{"uri":"/users?page=2","rel":"next","crossorigin":""}]
[{"uri":"/users?page=2","crossorigin; rel":"next"}]' ]
