#!/usr/bin/env bash
# Package:   npm @mockoon/cli 9.9.0
# Input:     GET /roles from an OpenAPI document whose response has a `date` and a `date-time`
# Expected:  both as RFC 3339 has them (OpenAPI 3.0.3, Data Types), such as 2026-11-30T12:00:00Z
# Seen:      the date is right; the other is a text such as "Mon Nov 30 2026 12:00:00 GMT+0000 (Coordinated Universal
#            Time)", 2026-11-30 on Node.js 20.20
set -euo pipefail
folder=$(mktemp -d); mockoon=''
trap '[ -z "$mockoon" ] || kill "$mockoon" 2>/dev/null || true; rm -rf "$folder"' EXIT; cd "$folder"
npm install --silent --no-audit --no-fund --ignore-scripts @mockoon/cli@9.9.0 >&2 || exit 2
cat > free.cjs <<'PROGRAM'
const server = require('node:net').createServer().listen(0, '127.0.0.1', () => {
  console.log(server.address().port);
  server.close();
});
PROGRAM
cat > openapi.yaml <<'DOCUMENT'
openapi: 3.0.3
info: {title: Roles, version: 1.0.0}
paths:
  /roles:
    get:
      responses:
        '200':
          description: When the roles changed.
          content:
            application/json:
              schema:
                type: object
                required: [day, time]
                properties: {day: {type: string, format: date}, time: {type: string, format: date-time}}
DOCUMENT
cat > show.mjs <<'PROGRAM'
const response = await fetch(process.argv[2], { signal: AbortSignal.timeout(10_000) });
const { day, time } = await response.json();
const date = String.raw`\d{4}-\d\d-\d\d`;
console.log(`date as in RFC 3339: ${new RegExp(`^${date}$`).test(day)}`);
console.log(`date-time as in RFC 3339: ${new RegExp(`^${date}t[0-9:.]+(z|[+-][0-9:]+)$`, 'i').test(time)}`);
console.log(`date-time as in Date.prototype.toString: ${time === new Date(time).toString()}`);
PROGRAM
port=$(node free.cjs)
node node_modules/@mockoon/cli/bin/run.js start --data openapi.yaml --hostname 127.0.0.1 --port "$port" \
  --disable-log-to-file --disable-admin-api > log 2>&1 & mockoon=$!
for _ in $(seq 60); do curl -s --max-time 5 "http://127.0.0.1:$port/" > up && break; sleep 0.5; done
received=$(node show.mjs "http://127.0.0.1:$port/roles" || true)
echo "$received"
[ "$received" = 'date as in RFC 3339: true
date-time as in RFC 3339: false
date-time as in Date.prototype.toString: true' ]
