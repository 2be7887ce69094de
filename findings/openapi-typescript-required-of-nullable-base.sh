#!/usr/bin/env bash
# Package:   npm openapi-typescript 7.13.0, with TypeScript 5.9.3
# Input:     a schema that requires a property of its `allOf` base, which may be null
# Expected:  types that compile
# Seen:      TS2344: Type '"name"' does not satisfy the constraint 'never', 2026-11-28 on Node.js 20.20
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
npm install --silent --no-audit --no-fund --ignore-scripts openapi-typescript@7.13.0 typescript@5.9.3 >&2 || exit 2
cat > openapi.json <<'DOCUMENT'
{
  "openapi": "3.0.3",
  "info": { "title": "Roles", "version": "1.0.0" },
  "paths": {},
  "components": {
    "schemas": {
      "Role": { "type": "object", "nullable": true, "properties": { "name": { "type": "string" } } },
      "NewRole": { "allOf": [{ "$ref": "#/components/schemas/Role" }, { "type": "object" }], "required": ["name"] }
    }
  }
}
DOCUMENT
npx openapi-typescript openapi.json --output types.ts >/dev/null 2>&1
received=$(npx tsc --noEmit --strict types.ts | sed -E 's/^[^:]*: //' || true)
echo "$received"
[ "$received" = "error TS2344: Type '\"name\"' does not satisfy the constraint 'never'." ]
