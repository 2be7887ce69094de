#!/usr/bin/env bash
# Package:   npm @pactflow/openapi-pact-comparator 2.3.1
# Input:     a form with a text and an integer, and a pact whose request is name=Guide&rank=3
# Expected:  they fit, as the same integer does in the query (OpenAPI 3.0, "Support for x-www-form-urlencoded Request
#            Bodies": the properties are written as texts)
# Seen:      the body is incompatible, "must be integer", 2026-11-30 on Node.js 20.20
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
npm install --silent --no-audit --no-fund --ignore-scripts @pactflow/openapi-pact-comparator@2.3.1 >&2 || exit 2
cat > show.mjs <<'PROGRAM'
import { Comparator } from '@pactflow/openapi-pact-comparator';

const rank = { type: 'integer' };
const form = 'application/x-www-form-urlencoded';
const schema = { type: 'object', properties: { name: { type: 'string' }, rank } };
const post = {
  parameters: [{ name: 'rank', in: 'query', schema: rank }],
  requestBody: { content: { [form]: { schema } } },
  responses: { 204: { description: 'The role was created.' } },
};
const document = { openapi: '3.0.3', info: { title: 'Roles', version: '1.0.0' }, paths: { '/roles': { post } } };
const headers = { 'content-type': form };
const requests = {
  'in the query': { method: 'POST', path: '/roles', query: 'rank=3', headers, body: 'name=Guide' },
  'in the form': { method: 'POST', path: '/roles', headers, body: 'name=Guide&rank=3' },
};
for (const [place, request] of Object.entries(requests)) {
  const pact = {
    consumer: { name: 'page' },
    provider: { name: 'roles' },
    interactions: [{ description: place, request, response: { status: 204 } }],
    metadata: { pactSpecification: { version: '2.0.0' } },
  };
  const problems = [];
  for await (const { message } of new Comparator({ oas: document }).compare(pact)) problems.push(message);
  console.log(`${place}: ${problems.join('; ') || 'compatible'}`);
}
PROGRAM
received=$(node show.mjs)
echo "$received"
[ "$received" = 'in the query: compatible
in the form: Request body is incompatible with the request body schema in the spec file: must be integer' ]
