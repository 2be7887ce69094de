#!/usr/bin/env bash
# Package:   npm openapi-typescript 7.13.0, with TypeScript 5.9.3
# Input:     a response whose schema is `$ref` to the items of the list that another response returns
# Expected:  types that compile
# Seen:      TS2339: Property 'schema' does not exist on type '{ name?: string | undefined; }[]', 2026-11-28 on Node.js 20.20
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
npm install --silent --no-audit --no-fund --ignore-scripts openapi-typescript@7.13.0 typescript@5.9.3 >&2 || exit 2
cat > openapi.json <<'DOCUMENT'
{
  "openapi": "3.1.0",
  "info": { "title": "Roles", "version": "1.0.0" },
  "paths": {
    "/roles": {
      "get": {
        "responses": {
          "200": {
            "description": "All roles.",
            "content": {
              "application/json": {
                "schema": {
                  "type": "array",
                  "items": { "type": "object", "properties": { "name": { "type": "string" } } }
                }
              }
            }
          }
        }
      }
    },
    "/roles/newest": {
      "get": {
        "responses": {
          "200": {
            "description": "One role.",
            "content": {
              "application/json": {
                "schema": { "$ref": "#/paths/~1roles/get/responses/200/content/application~1json/schema/items" }
              }
            }
          }
        }
      }
    }
  }
}
DOCUMENT
npx openapi-typescript openapi.json --output types.ts >/dev/null 2>&1
received=$(npx tsc --noEmit --strict types.ts | sed -E 's/^[^:]*: //' || true)
echo "$received"
[ "$received" = "error TS2339: Property 'schema' does not exist on type '{ name?: string | undefined; }[]'." ]
