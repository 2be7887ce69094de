#!/usr/bin/env bash
# Package:   npm @usebruno/converters 0.23.0
# Input:     an OpenAPI document with a list of ids and a deep object in the query, both required, with examples
# Expected:  ?ids=a&ids=b&filter[size]=3 (OpenAPI 3.0.3, Parameter Object: `explode` is true by default in a query, and
#            deepObject writes the name of the parameter before the brackets)
# Seen:      one parameter `ids` with the value a,b, and a parameter `size`, without its value,
#            2026-11-30 on Node.js 20.20
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
npm install --silent --no-audit --no-fund --ignore-scripts @usebruno/converters@0.23.0 >&2 || exit 2
cat > show.cjs <<'PROGRAM'
const { openApiToBruno } = require('@usebruno/converters');

const list = { type: 'array', items: { type: 'string' } };
const object = { type: 'object', properties: { size: { type: 'integer' } } };
const parameters = [
  { name: 'ids', in: 'query', required: true, schema: list, example: ['a', 'b'] },
  { name: 'filter', in: 'query', required: true, style: 'deepObject', schema: object, example: { size: 3 } },
];
const get = { operationId: 'list', parameters, responses: { 200: { description: 'The roles.' } } };
const document = { openapi: '3.0.3', info: { title: 'Roles', version: '1.0.0' }, paths: { '/roles': { get } } };

(async () => {
  const collection = await openApiToBruno(document);
  for (const { name, value } of collection.items[0].request.params) console.log(`${name}=${value}`);
})();
PROGRAM
received=$(node show.cjs 2>/dev/null)
echo "$received"
[ "$received" = 'ids=a,b
size=' ]
