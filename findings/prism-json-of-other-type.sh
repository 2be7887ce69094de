#!/usr/bin/env bash
# Package:   npm @stoplight/prism-cli 5.14.2 (the last for Node.js 20)
# Input:     PATCH as application/merge-patch+json, for which the document has a schema after that of application/json
# Expected:  the schema of application/merge-patch+json (OpenAPI 3.0.3, Request Body Object: the key of `content` is a
#            media type, and the value describes it)
# Seen:      400, since the body lacks what the schema of application/json requires; what fits that one gets 204,
#            2026-11-30 on Node.js 20.20
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
cat > openapi.yaml <<'DOCUMENT'
openapi: 3.0.3
info: {title: Roles, version: 1.0.0}
paths:
  /role:
    patch:
      requestBody:
        required: true
        content:
          application/json: {schema: {type: object, required: [name]}}
          application/merge-patch+json: {schema: {type: object, required: [limit]}}
      responses: {'204': {description: Changed.}, '400': {description: Invalid.}}
DOCUMENT
port=$(node free.cjs); url=http://127.0.0.1:$port/role
node node_modules/@stoplight/prism-cli/dist/index.js mock openapi.yaml --host 127.0.0.1 --port "$port" > log 2>&1 &
prism=$!
for _ in $(seq 60); do curl -s --max-time 5 "http://127.0.0.1:$port/" > up && break; sleep 0.5; done
status() {
  curl -so body -w '%{http_code}' --max-time 5 -X PATCH -H "Content-Type: $1" -d "$2" "$url" || true
}
received=$(for type in application/json application/merge-patch+json; do
  echo "$type: $(status "$type" '{"name":"Cook"}') with a name, $(status "$type" '{"limit":3}') with a limit"
done)
echo "$received"
[ "$received" = 'application/json: 204 with a name, 400 with a limit
application/merge-patch+json: 204 with a name, 400 with a limit' ]
