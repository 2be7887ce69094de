#!/usr/bin/env bash
# Package:   npm @stoplight/prism-cli 5.14.2 (the last for Node.js 20)
# Input:     GET /roles without a query; the parameter `name` is a reference with `required: true` beside it
# Expected:  200 (OpenAPI 3.0.3 and 3.1.0, Reference Object: properties beside `$ref` SHALL be ignored)
# Seen:      400 with both versions: the property beside the reference counts, 2026-11-30 on Node.js 20.20
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
for version in 3.0.3 3.1.0; do
  cat > openapi.yaml <<DOCUMENT
openapi: $version
info: {title: Roles, version: 1.0.0}
paths:
  /roles:
    get:
      parameters: [{\$ref: '#/components/parameters/Name', required: true}]
      responses: {'200': {description: The roles.}, '400': {description: Invalid.}}
components:
  parameters: {Name: {name: name, in: query, schema: {type: string}}}
DOCUMENT
  port=$(node free.cjs)
  node node_modules/@stoplight/prism-cli/dist/index.js mock openapi.yaml --host 127.0.0.1 --port "$port" > log 2>&1 &
  prism=$!
  for _ in $(seq 60); do curl -s --max-time 5 "http://127.0.0.1:$port/" > up && break; sleep 0.5; done
  for path in /roles '/roles?name=Cook'; do
    echo "$version $path: $(curl -so body -w '%{http_code}' --max-time 5 "http://127.0.0.1:$port$path" || true)" >> seen
  done
  kill "$prism"; wait "$prism" || true; prism=''
done
received=$(< seen)
echo "$received"
[ "$received" = '3.0.3 /roles: 400
3.0.3 /roles?name=Cook: 200
3.1.0 /roles: 400
3.1.0 /roles?name=Cook: 200' ]
