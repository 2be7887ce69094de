#!/usr/bin/env bash
# Package:   npm openapi-mock-express-middleware 3.0.2
# Input:     POST without a body, to an operation whose request body is optional and, where it is sent, needs `name`
# Expected:  201 (OpenAPI 3.0.3, Request Body Object: `required` is false by default)
# Seen:      400, must have required property 'name', also where the document says `required: false`,
#            2026-11-30 on Node.js 20.20
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
npm install --silent --no-audit --no-fund --ignore-scripts openapi-mock-express-middleware@3.0.2 \
  express@5.3.0 >&2 || exit 2
cat > show.mjs <<'PROGRAM'
import express from 'express';
import { writeFileSync } from 'node:fs';
import { createMockMiddleware } from 'openapi-mock-express-middleware';

const schema = { type: 'object', required: ['name'], properties: { name: { type: 'string' } } };
const post = (required) => ({
  post: {
    requestBody: { ...required, content: { 'application/json': { schema } } },
    responses: { 201: { description: 'Created.' } },
  },
});
const paths = { '/default': post({}), '/written': post({ required: false }) };
const document = { openapi: '3.0.3', info: { title: 'Roles', version: '1.0.0' }, paths };
writeFileSync('openapi.json', JSON.stringify(document));
const server = express().use('/', createMockMiddleware({ spec: 'openapi.json' })).listen(0, '127.0.0.1');
await new Promise((resolve) => server.once('listening', resolve));
for (const path of Object.keys(paths)) {
  const url = `http://127.0.0.1:${server.address().port}${path}`;
  const response = await fetch(url, { method: 'POST', signal: AbortSignal.timeout(20_000) });
  console.log(`${path}: ${response.status} ${(await response.json()).errors[0].message}`);
}
process.exit();
PROGRAM
received=$(node show.mjs 2>/dev/null)
echo "$received"
[ "$received" = "/default: 400 must have required property 'name'
/written: 400 must have required property 'name'" ]
