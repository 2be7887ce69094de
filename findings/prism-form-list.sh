#!/usr/bin/env bash
# Package:   npm @stoplight/prism-cli 5.14.2 (the last for Node.js 20)
# Input:     POST with the form ids=a&ids=b for a list `ids`, whose style the document leaves to its default
# Expected:  201 (OpenAPI 3.0.3, Encoding Object: `style` has the default values of query parameters, so that
#            `explode` is true by default)
# Seen:      400, also for ids=a; 201 once the document writes the default style down, 2026-11-30 on Node.js 20.20
set -euo pipefail
folder=$(mktemp -d); prism=''
trap '[ -z "$prism" ] || kill "$prism" 2>/dev/null || true; rm -rf "$folder"' EXIT; cd "$folder"
npm install --silent --no-audit --no-fund --ignore-scripts @stoplight/prism-cli@5.14.2 >&2 || exit 2
cat > free.cjs <<'PROGRAM'
const server = require('node:net').createServer().listen(0, '127.0.0.1', () => {
  console.log(server.address().port);
  server.close();
});
PROGRAM
cat > write.cjs <<'PROGRAM'
const schema = { type: 'object', properties: { ids: { type: 'array', items: { type: 'string' } } } };
const path = (encoding) => ({
  post: {
    requestBody: { required: true, content: { 'application/x-www-form-urlencoded': { schema, ...encoding } } },
    responses: { 201: { description: 'Assigned.' }, 400: { description: 'Invalid.' } },
  },
});
const document = {
  openapi: '3.0.3',
  info: { title: 'Roles', version: '1.0.0' },
  paths: { '/default': path(), '/written': path({ encoding: { ids: { style: 'form', explode: true } } }) },
};
console.log(JSON.stringify(document));
PROGRAM
node write.cjs > openapi.json
port=$(node free.cjs)
node node_modules/@stoplight/prism-cli/dist/index.js mock openapi.json --host 127.0.0.1 --port "$port" > log 2>&1 &
prism=$!
for _ in $(seq 60); do curl -s --max-time 5 "http://127.0.0.1:$port/" > up && break; sleep 0.5; done
status() { curl -so body -w '%{http_code}' --max-time 5 --data "$2" "http://127.0.0.1:$port/$1" || true; }
received=$(for path in default written; do
  echo "$path: $(status "$path" 'ids=a&ids=b') for two, $(status "$path" 'ids=a') for one"
done)
echo "$received"
[ "$received" = 'default: 400 for two, 400 for one
written: 201 for two, 201 for one' ]
