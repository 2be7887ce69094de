#!/usr/bin/env bash
# Package:   npm @apiture/openapi-down-convert 0.14.2
# Input:     an OpenAPI 3.1 schema with properties named `const`, `contentMediaType` and `title`
# Expected:  the same properties in OpenAPI 3.0: in `properties` a name is no keyword (JSON Schema, Core, 10.3.2.1)
# Seen:      one property is gone, and another is called `enum` and is a list instead of a schema, which is not a
#            valid document. 2026-11-30 on Node.js 20.20
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
npm install --silent --no-audit --no-fund --ignore-scripts @apiture/openapi-down-convert@0.14.2 >&2 || exit 2
cat > show.mjs <<'PROGRAM'
import convert from '@apiture/openapi-down-convert';

const text = { type: 'string' };
const Rule = { type: 'object', properties: { const: text, contentMediaType: text, title: text } };
const before = { openapi: '3.1.0', info: { title: 'Rules', version: '1.0.0' }, paths: {}, components: { schemas: { Rule } } };
const after = new convert.Converter(structuredClone(before)).convert();
for (const { openapi, components } of [before, after]) {
  console.log(openapi, JSON.stringify(components.schemas.Rule.properties));
}
PROGRAM
received=$(node show.mjs)
echo "$received"
[ "$received" = '3.1.0 {"const":{"type":"string"},"contentMediaType":{"type":"string"},"title":{"type":"string"}}
3.0.3 {"title":{"type":"string"},"enum":[{"type":"string"}]}' ]
