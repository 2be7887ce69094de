#!/usr/bin/env bash
# Package:   npm openapi-typescript 7.13.0
# Input:     a document with an extension, `x-note: …`, beside the statuses in `responses`, as OpenAPI 3.1 allows
# Expected:  types without it
# Seen:      TypeError: Cannot use 'in' operator to search for '$ref' in later, 2026-11-28 on Node.js 20.20
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
npm install --silent --no-audit --no-fund --ignore-scripts openapi-typescript@7.13.0 typescript@5.9.3 >&2 || exit 2
cat > show.mjs <<'PROGRAM'
import openapiTS, { astToString } from 'openapi-typescript';

const document = {
  openapi: '3.1.0',
  info: { title: 'Roles', version: '1.0.0' },
  paths: { '/roles': { get: { responses: { 'x-note': 'later', 200: { description: 'All roles.' } } } } },
};
try {
  console.log(astToString(await openapiTS(document)).length > 0 ? 'types' : 'nothing');
} catch (error) {
  console.log(String(error));
}
PROGRAM
received=$(node show.mjs)
echo "$received"
[ "$received" = "TypeError: Cannot use 'in' operator to search for '\$ref' in later" ]
