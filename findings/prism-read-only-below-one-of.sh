#!/usr/bin/env bash
# Package:   npm @stoplight/prism-cli 5.14.2 (the last for Node.js 20)
# Input:     POST with {"name":"Cook"} where the schema of roles requires `name` and `id`, and `id` is readOnly
# Expected:  201 wherever that schema is (OpenAPI 3.0.3, Schema Object: if a property is `readOnly` and in the
#            `required` list, "the `required` will take effect on the response only")
# Seen:      400 where the schema is below oneOf or anyOf, 2026-11-30 on Node.js 20.20
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
const role = {
  type: 'object',
  required: ['id', 'name'],
  properties: { id: { type: 'string', readOnly: true }, name: { type: 'string' } },
};
const path = (schema) => ({
  post: {
    requestBody: { required: true, content: { 'application/json': { schema } } },
    responses: { 201: { description: 'Created.' }, 400: { description: 'Invalid.' } },
  },
});
const document = {
  openapi: '3.0.3',
  info: { title: 'Roles', version: '1.0.0' },
  paths: {
    '/alone': path(role),
    '/allOf': path({ allOf: [role] }),
    '/oneOf': path({ oneOf: [role] }),
    '/anyOf': path({ anyOf: [role] }),
  },
};
console.log(JSON.stringify(document));
PROGRAM
node write.cjs > openapi.json
port=$(node free.cjs)
node node_modules/@stoplight/prism-cli/dist/index.js mock openapi.json --host 127.0.0.1 --port "$port" > log 2>&1 &
prism=$!
for _ in $(seq 60); do curl -s --max-time 5 "http://127.0.0.1:$port/" > up && break; sleep 0.5; done
status() {
  curl -so body -w '%{http_code}' --max-time 5 --json '{"name":"Cook"}' "http://127.0.0.1:$port/$1" || true
}
received=$(for path in alone allOf oneOf anyOf; do echo "$path: $(status "$path")"; done)
echo "$received"
[ "$received" = 'alone: 201
allOf: 201
oneOf: 400
anyOf: 400' ]
