#!/usr/bin/env bash
# Package:   npm @mswjs/source 0.5.0, with msw 2.15.0
# Input:     an OpenAPI document with one operation, DELETE /roles/{id}, whose only response is a 204
# Expected:  the mock answers 204
# Seen:      501 Not Implemented, 2026-11-28 on Node.js 20.20
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
npm install --silent --no-audit --no-fund --ignore-scripts @mswjs/source@0.5.0 msw@2.15.0 >&2 || exit 2
cat > show.mjs <<'PROGRAM'
import { fromOpenApi } from '@mswjs/source/open-api';
import { setupServer } from 'msw/node';

const server = setupServer(
  ...(await fromOpenApi({
    openapi: '3.0.3',
    info: { title: 'Roles', version: '1.0.0' },
    servers: [{ url: 'https://api.example.com' }],
    paths: {
      '/roles/{id}': {
        delete: {
          parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'string' } }],
          responses: { 204: { description: 'The role is deleted.' } },
        },
      },
    },
  })),
);
server.listen();
const { status, statusText } = await fetch('https://api.example.com/roles/rol_1', { method: 'DELETE' });
console.log(`${status} ${statusText}`);
server.close();
PROGRAM
received=$(node show.mjs)
echo "$received"
[ "$received" = '501 Not Implemented' ]
