#!/usr/bin/env bash
# Package:   npm openapi-backend 5.21.2
# Input:     ?names=Cook%2C+Chef,Guide for a list in one text (explode: false): the entries "Cook, Chef" and "Guide"
# Expected:  two entries: a comma within an entry is percent-encoded (OpenAPI 3.1 by RFC 6570, section 3.2.8)
# Seen:      three, also where maxItems is 2, which refuses the request, 2026-11-28 on Node.js 20.20
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
npm install --silent --no-audit --no-fund --ignore-scripts openapi-backend@5.21.2 >&2 || exit 2
cat > show.mjs <<'PROGRAM'
import { OpenAPIBackend } from 'openapi-backend';

const schema = { type: 'array', maxItems: 2, items: { type: 'string' } };
const parameters = [{ name: 'names', in: 'query', explode: false, schema }];
const get = { operationId: 'list', parameters, responses: { 200: { description: 'The roles.' } } };
const backend = new OpenAPIBackend({
  definition: { openapi: '3.1.0', info: { title: 'Roles', version: '1' }, paths: { '/roles': { get } } },
  handlers: {
    list: ({ request }) => request.query.names,
    validationFail: ({ request, validation }) => [...request.query.names, validation.errors[0].message],
  },
});
for (const query of ['names=Cook,Guide', 'names=Cook%2C+Chef,Guide']) {
  console.log(JSON.stringify(await backend.handleRequest({ method: 'GET', path: '/roles', query, headers: {} })));
}
PROGRAM
received=$(node show.mjs)
echo "$received"
[ "$received" = '["Cook","Guide"]
["Cook"," Chef","Guide","must NOT have more than 2 items"]' ]
