#!/usr/bin/env bash
# Package:   npm @har-sdk/oas 2.12.2
# Input:     an OpenAPI document with JSON in the query and a list of two texts in a multipart form, with examples
# Expected:  ?filter={"size":3} and a part for each entry of the list (OpenAPI 3.0.3, Parameter Object: `content`; Media
#            Type Object, multipart: an array has a part for each of its entries)
# Seen:      the parameter is empty, and the form has a part for the first entry only, 2026-11-30 on Node.js 20.20
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
npm install --silent --no-audit --no-fund --ignore-scripts @har-sdk/oas@2.12.2 >&2 || exit 2
cat > show.cjs <<'PROGRAM'
const { oas2har } = require('@har-sdk/oas');

const responses = { 200: { description: 'The roles.' } };
const json = { schema: { type: 'object', properties: { size: { type: 'integer' } } }, example: { size: 3 } };
const filter = { name: 'filter', in: 'query', required: true, content: { 'application/json': json } };
const ids = { type: 'array', items: { type: 'string' } };
const form = { schema: { type: 'object', properties: { ids } }, example: { ids: ['reader', 'writer'] } };
const paths = {
  '/roles': {
    get: { parameters: [filter], responses },
    post: { requestBody: { required: true, content: { 'multipart/form-data': form } }, responses },
  },
};
const servers = [{ url: 'https://api.example.com' }];

(async () => {
  const requests = await oas2har({ openapi: '3.0.3', info: { title: 'Roles', version: '1.0.0' }, servers, paths });
  console.log(requests[0].url);
  for (const line of requests[1].postData.text.split('\r\n').slice(1, -1)) console.log(line.trim() || '.');
})();
PROGRAM
received=$(node show.cjs | sed 's/^--[0-9].*/--boundary/')
echo "$received"
[ "$received" = 'https://api.example.com/roles?filter=
Content-Disposition: form-data; name="ids"
Content-Type: application/json
.
reader' ]
