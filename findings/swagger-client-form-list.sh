#!/usr/bin/env bash
# Package:   npm swagger-client 3.39.0
# Input:     the list [a, b] for a query parameter and for a field of a form, both as the document says by default
# Expected:  ids=a&ids=b for both (OpenAPI 3.0, Encoding Object: `style` has the default values of query parameters)
# Seen:      ids=a,b in the form, which is one value; ids=a&ids=b once the document writes the default style down,
#            2026-11-30 on Node.js 20.20
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
npm install --silent --no-audit --no-fund --ignore-scripts swagger-client@3.39.0 >&2 || exit 2
cat > show.mjs <<'PROGRAM'
import SwaggerClient from 'swagger-client';

const ids = { type: 'array', items: { type: 'string' } };
const operation = (encoding) => ({
  parameters: [{ name: 'ids', in: 'query', schema: ids }],
  requestBody: {
    content: { 'application/x-www-form-urlencoded': { schema: { type: 'object', properties: { ids } }, ...encoding } },
  },
  responses: { 204: { description: 'Assigned.' } },
});
const spec = {
  openapi: '3.0.3',
  info: { title: 'Roles', version: '1.0.0' },
  servers: [{ url: 'https://tenant.example.com' }],
  paths: {
    '/roles': {
      post: { operationId: 'default style', ...operation() },
      put: { operationId: 'written down', ...operation({ encoding: { ids: { style: 'form' } } }) },
    },
  },
};
for (const operationId of ['default style', 'written down']) {
  const value = { ids: ['a', 'b'] };
  const { url, body } = SwaggerClient.buildRequest({ spec, operationId, parameters: value, requestBody: value });
  console.log(`${operationId}: query ${new URL(url).search.slice(1)}, form ${body}`);
}
PROGRAM
received=$(node show.mjs)
echo "$received"
[ "$received" = 'default style: query ids=a&ids=b, form ids=a,b
written down: query ids=a&ids=b, form ids=a&ids=b' ]
