#!/usr/bin/env bash
# Package:   npm openapi-typescript 7.13.0
# Input:     a schema of objects whose enum lists two objects
# Expected:  a type of these two objects, or of any object with their properties
# Seen:      the listed objects are read as schemas: `{ name?: string; type?: string; } | number | string`, 2026-11-29 on Node.js 20.20
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
npm install --silent --no-audit --no-fund --ignore-scripts openapi-typescript@7.13.0 typescript@5.9.3 >&2 || exit 2
cat > openapi.json <<'DOCUMENT'
{
  "openapi": "3.1.0",
  "info": { "title": "Roles", "version": "1.0.0" },
  "paths": {},
  "components": {
    "schemas": {
      "Column": {
        "type": "object",
        "properties": { "name": { "type": "string" }, "type": { "type": "string" } },
        "enum": [{ "name": "age", "type": "integer" }, { "name": "city", "type": "string" }]
      }
    }
  }
}
DOCUMENT
npx openapi-typescript openapi.json --output types.ts >/dev/null 2>&1
received=$(tr -s ' \n' ' ' < types.ts | grep -o 'Column: {[^}]*}[^;]*;')
echo "$received"
[ "$received" = 'Column: { name?: string; type?: string; } | number | string;' ]
