#!/usr/bin/env bash
# Package:   npm ratelimit-header-parser 0.1.0
# Input:     the headers of a 429 that say `Retry-After: 30`, and no reset of their own
# Expected:  a reset 30 seconds from now (RFC 9110, 10.2.3: the seconds to delay after the response is received), as for
#            `RateLimit-Reset: 30`
# Seen:      the reset is 30 seconds after midnight of January 1, 1970: the number is taken for a Unix time,
#            2026-11-30 on Node.js 20.20
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
npm install --silent --no-audit --no-fund --ignore-scripts ratelimit-header-parser@0.1.0 >&2 || exit 2
cat > show.mjs <<'PROGRAM'
import { parseRateLimit } from 'ratelimit-header-parser';

for (const name of ['RateLimit-Reset', 'Retry-After']) {
  const headers = new Headers({ 'RateLimit-Limit': '100', 'RateLimit-Remaining': '0', [name]: '30' });
  const { reset } = parseRateLimit(headers);
  const seconds = Math.round((reset - Date.now()) / 1000);
  console.log(`${name}: 30 is ${Math.abs(seconds - 30) < 5 ? 'in 30 seconds' : reset.toISOString()}`);
}
PROGRAM
received=$(node show.mjs)
echo "$received"
[ "$received" = 'RateLimit-Reset: 30 is in 30 seconds
Retry-After: 30 is 1970-01-01T00:00:30.000Z' ]
