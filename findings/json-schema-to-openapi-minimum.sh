#!/usr/bin/env bash
# Package:   npm @openapi-contrib/json-schema-to-openapi-schema 4.3.4
# Input:     an integer with `exclusiveMinimum: 0` and `minimum: 5`, a value that is null, and a list of fixed entries
# Expected:  schemas of OpenAPI 3.0 that take the same values: 5 and more, only null (an enum with null), an array
#            whose `items` is one schema (OpenAPI 3.0.3, Schema Object)
# Seen:      the stricter bound gets lost, null becomes a schema that takes every value, and the list of schemas stays
#            as it is, which OpenAPI 3.0 does not allow, 2026-11-30 on Node.js 20.20
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
npm install --silent --no-audit --no-fund --ignore-scripts \
  @openapi-contrib/json-schema-to-openapi-schema@4.3.4 >&2 || exit 2
cat > show.cjs <<'PROGRAM'
const { convert } = require('@openapi-contrib/json-schema-to-openapi-schema');

const schemas = [
  { type: 'integer', exclusiveMinimum: 0, minimum: 5 },
  { type: 'null' },
  { type: 'array', items: [{ type: 'string' }, { type: 'integer' }] },
];

(async () => {
  for (const schema of schemas) console.log(JSON.stringify(await convert(schema)));
})();
PROGRAM
received=$(node show.cjs)
echo "$received"
[ "$received" = '{"type":"integer","exclusiveMinimum":true,"minimum":0}
{"nullable":true}
{"type":"array","items":[{"type":"string"},{"type":"integer"}]}' ]
