#!/usr/bin/env bash
# Package:   npm openapi-merge 2.0.2
# Input:     two documents that each have the operations `create` and `get`, and a link from the one to the other
# Expected:  POST /users links to GET /users (OpenAPI 3.0, Link Object: operationId is that of an existing operation)
# Seen:      the operations of the second document get another operationId, but its link keeps the old one, which now
#            is that of GET /roles. 2026-11-30 on Node.js 20.20
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
npm install --silent --no-audit --no-fund --ignore-scripts openapi-merge@2.0.2 >&2 || exit 2
cat > show.mjs <<'PROGRAM'
import merge from 'openapi-merge';

const documentOf = (path) => ({
  openapi: '3.0.3',
  info: { title: path, version: '1.0.0' },
  paths: {
    [`${path}/{id}`]: {
      parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'string' } }],
      get: { operationId: 'get', responses: { 200: { description: 'What was found.' } } },
    },
    [path]: {
      post: {
        operationId: 'create',
        responses: {
          201: { description: 'Created.', links: { self: { operationId: 'get', parameters: { id: '$response.body#/id' } } } },
        },
      },
    },
  },
});
const { output } = merge.merge([
  { oas: documentOf('/roles') },
  { oas: documentOf('/users'), dispute: { prefix: 'users_' } },
]);
const pathOf = (wanted) => Object.entries(output.paths).find(([, { get }]) => get?.operationId === wanted)?.[0];
for (const path of ['/roles', '/users']) {
  const { operationId, responses } = output.paths[path].post;
  console.log(`${path}: ${operationId} links to ${pathOf(responses[201].links.self.operationId)}`);
}
PROGRAM
received=$(node show.mjs)
echo "$received"
[ "$received" = '/roles: create links to /roles/{id}
/users: users_create links to /roles/{id}' ]
