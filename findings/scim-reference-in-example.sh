#!/usr/bin/env bash
# Package:   npm @apidevtools/json-schema-ref-parser 16.0.5, openapi-enforcer 1.23.0
# Input:     an OpenAPI document with the example of a SCIM user, whose manager has "$ref": "../Users/26118915"
# Expected:  the document as it is (OpenAPI 3.0.3, Media Type Object: an example is any value; RFC 7643, 4.3: `$ref` of
#            the manager is the address of a user)
# Seen:      both take the member for a reference, and fail as there is no such file, 2026-11-30 on Node.js 20.20
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
npm install --silent --no-audit --no-fund --ignore-scripts @apidevtools/json-schema-ref-parser@16.0.5 \
  openapi-enforcer@1.23.0 >&2 || exit 2
cat > show.mjs <<'PROGRAM'
import { $RefParser } from '@apidevtools/json-schema-ref-parser';
import Enforcer from 'openapi-enforcer';
import { writeFileSync } from 'node:fs';

const manager = { value: '26118915', $ref: '../Users/26118915', displayName: 'John Smith' };
const content = { 'application/scim+json': { schema: { type: 'object' }, example: { userName: 'jane', manager } } };
const get = { responses: { 200: { description: 'The user.', content } } };
const document = { openapi: '3.0.3', info: { title: 'Users', version: '1.0.0' }, paths: { '/Users/me': { get } } };
writeFileSync('openapi.json', JSON.stringify(document));
await $RefParser.dereference('openapi.json').then(
  () => console.log('json-schema-ref-parser: read'),
  (error) => console.log(`json-schema-ref-parser: ${error.name}`),
);
const [, error] = await Enforcer('openapi.json', { fullResult: true });
console.log(`openapi-enforcer: ${error === undefined ? 'read' : String(error).split('\n')[0]}`);
PROGRAM
received=$(node show.mjs)
echo "$received"
[ "$received" = 'json-schema-ref-parser: ResolverError
openapi-enforcer: Unable to dereference definition for one or more reasons' ]
