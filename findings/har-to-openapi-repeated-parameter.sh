#!/usr/bin/env bash
# Package:   npm har-to-openapi 2.0.0
# Input:     a HAR entry with GET /users?ids=a&ids=b
# Expected:  one parameter `ids` with a list (OpenAPI 3.0.0, Operation Object: the parameters must not have duplicates,
#            that is, two of the same name and location)
# Seen:      two parameters `ids` in the query, each with a default that is a value of the recording,
#            2026-11-30 on Node.js 20.20
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
npm install --silent --no-audit --no-fund --ignore-scripts har-to-openapi@2.0.0 >&2 || exit 2
cat > show.cjs <<'PROGRAM'
const { generateSpec } = require('har-to-openapi');

const http = { httpVersion: 'HTTP/1.1', cookies: [], headersSize: -1, bodySize: -1 };
const request = {
  ...http,
  method: 'GET',
  url: 'https://api.example.com/users?ids=a&ids=b',
  headers: [],
  queryString: [{ name: 'ids', value: 'a' }, { name: 'ids', value: 'b' }],
};
const response = {
  ...http,
  status: 200,
  statusText: 'OK',
  headers: [{ name: 'content-type', value: 'application/json' }],
  content: { size: 2, mimeType: 'application/json', text: '[]' },
  redirectURL: '',
};
const timings = { send: 0, wait: 0, receive: 0 };
const entry = { startedDateTime: '2026-11-30T09:00:00Z', time: 0, request, response, cache: {}, timings };

(async () => {
  const har = { log: { version: '1.2', creator: { name: 'example', version: '1' }, entries: [entry] } };
  const { spec } = await generateSpec(har);
  for (const parameter of spec.paths['/users'].get.parameters) {
    console.log(`${parameter.name} in ${parameter.in}, default ${parameter.schema.default}`);
  }
})();
PROGRAM
received=$(node show.cjs)
echo "$received"
[ "$received" = 'ids in query, default a
ids in query, default b' ]
