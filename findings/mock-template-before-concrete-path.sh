#!/usr/bin/env bash
# Package:   npm @scalar/mock-server 0.14.4, openapi-mock-express-middleware 3.0.2
# Input:     GET /roles/default, where the document has /roles/{id} with 200, and after it /roles/default with 202
# Expected:  202 (OpenAPI 3.0.3, Paths Object: paths without templates would be matched before templated ones)
# Seen:      200 from both; 202 only where the document has the concrete path first, 2026-11-30 on Node.js 20.20
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
npm install --silent --no-audit --no-fund --ignore-scripts @scalar/mock-server@0.14.4 \
  openapi-mock-express-middleware@3.0.2 express@5.3.0 >&2 || exit 2
cat > show.mjs <<'PROGRAM'
import { createMockServer } from '@scalar/mock-server';
import express from 'express';
import { writeFileSync } from 'node:fs';
import { createMockMiddleware } from 'openapi-mock-express-middleware';

const parameters = [{ name: 'id', in: 'path', required: true, schema: { type: 'string' } }];
const templated = ['/roles/{id}', { get: { parameters, responses: { 200: { description: 'The role.' } } } }];
const concrete = ['/roles/default', { get: { responses: { 202: { description: 'The default role.' } } } }];

async function ofScalar(document) {
  const server = await createMockServer({ document, logger: false });
  return (await server.request('/roles/default')).status;
}

async function ofMiddleware(document) {
  writeFileSync('openapi.json', JSON.stringify(document));
  const server = express().use('/', createMockMiddleware({ spec: 'openapi.json' })).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const url = `http://127.0.0.1:${server.address().port}/roles/default`;
  return (await fetch(url, { signal: AbortSignal.timeout(20_000) })).status;
}

for (const [order, paths] of [['template first', [templated, concrete]], ['template last', [concrete, templated]]]) {
  const info = { title: 'Roles', version: '1.0.0' };
  const document = { openapi: '3.0.3', info, paths: Object.fromEntries(paths) };
  console.log(`${order}: scalar ${await ofScalar(document)}, middleware ${await ofMiddleware(document)}`);
}
process.exit();
PROGRAM
received=$(node show.mjs 2>/dev/null)
echo "$received"
[ "$received" = 'template first: scalar 200, middleware 200
template last: scalar 202, middleware 202' ]
