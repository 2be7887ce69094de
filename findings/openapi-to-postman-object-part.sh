#!/usr/bin/env bash
# Package:   npm openapi-to-postmanv2 6.3.3
# Input:     a multipart form with a text and an object, and an object in JSON in the query
# Expected:  JSON for both objects (OpenAPI 3.0, Encoding Object: application/json is the default of an object's part)
# Seen:      the part is the text "[object Object]", and the parameter of the query is empty, although it has an
#            example. 2026-11-30 on Node.js 20.20
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
npm install --silent --no-audit --no-fund --ignore-scripts openapi-to-postmanv2@6.3.3 >&2 || exit 2
cat > show.mjs <<'PROGRAM'
import postman from 'openapi-to-postmanv2';

const schema = { type: 'object', properties: { grade: { type: 'integer' } } };
const form = { type: 'object', properties: { name: { type: 'string', example: 'Editor' }, limits: schema } };
const data = {
  openapi: '3.0.3',
  info: { title: 'Roles', version: '1.0.0' },
  paths: {
    '/roles': {
      post: {
        parameters: [{ name: 'filter', in: 'query', content: { 'application/json': { schema, example: { grade: 3 } } } }],
        requestBody: { content: { 'multipart/form-data': { schema: form, example: { name: 'Editor', limits: { grade: 3 } } } } },
        responses: { 201: { description: 'The new role.' } },
      },
    },
  },
};
postman.convertV2({ type: 'json', data }, { parametersResolution: 'Example' }, (error, { output }) => {
  const [{ item: [{ request }] }] = output[0].data.item;
  for (const { key, value } of request.url.query) console.log(`query ${key}: "${value}"`);
  for (const { key, value } of request.body.formdata) console.log(`part ${key}: "${value}"`);
});
PROGRAM
received=$(node show.mjs)
echo "$received"
[ "$received" = 'query filter: ""
part name: "Editor"
part limits: "[object Object]"' ]
