#!/usr/bin/env bash
# Package:   npm @readme/oas-to-har 38.5.1 with oas 38.5.1
# Input:     an operation with a list and an object in the query, called with ids a and b and with the filter size 3
# Expected:  ids=a, ids=b and size=3 (HAR 1.2, queryString: one entry for each name and value of the query)
# Seen:      one entry `ids` with the value a&ids=b, and one `filter` with the value size=3; a reader that writes the
#            query encodes the separators, 2026-11-30 on Node.js 20.20
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
npm install --silent --no-audit --no-fund --ignore-scripts @readme/oas-to-har@38.5.1 oas@38.5.1 >&2 || exit 2
cat > show.mjs <<'PROGRAM'
import oasToHar from '@readme/oas-to-har';
import Oas from 'oas';

const parameters = [
  { name: 'ids', in: 'query', schema: { type: 'array', items: { type: 'string' } } },
  { name: 'filter', in: 'query', schema: { type: 'object', properties: { size: { type: 'integer' } } } },
];
const get = { parameters, responses: { 200: { description: 'The roles.' } } };
const servers = [{ url: 'https://api.example.com' }];
const info = { title: 'Roles', version: '1.0.0' };
const document = { openapi: '3.0.3', info, servers, paths: { '/roles': { get } } };
const api = new Oas(document);
const har = oasToHar(api, api.operation('/roles', 'get'), { query: { ids: ['a', 'b'], filter: { size: 3 } } });
const { queryString } = har.log.entries[0].request;
console.log(JSON.stringify(queryString));
console.log(String(new URLSearchParams(queryString.map(({ name, value }) => [name, value]))));
PROGRAM
received=$(node show.mjs)
echo "$received"
[ "$received" = '[{"name":"ids","value":"a&ids=b"},{"name":"filter","value":"size=3"}]
ids=a%26ids%3Db&filter=size%3D3' ]
