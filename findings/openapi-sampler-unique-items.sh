#!/usr/bin/env bash
# Package:   npm openapi-sampler 1.7.10, @har-sdk/openapi-sampler 2.4.2
# Input:     a list of two different roles of three, and a text whose length is bounded by two schemas of an allOf
# Expected:  a sample that is valid by the schema, such as ["reader","writer"] and "abc"
# Seen:      the same role twice, and a text that is too long, 2026-11-30 on Node.js 20.20
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
npm install --silent --no-audit --no-fund --ignore-scripts openapi-sampler@1.7.10 \
  @har-sdk/openapi-sampler@2.4.2 >&2 || exit 2
cat > show.cjs <<'PROGRAM'
const samplers = [require('openapi-sampler'), require('@har-sdk/openapi-sampler')];
const role = { type: 'string', enum: ['reader', 'writer', 'auditor'] };
const schemas = [
  { type: 'array', items: role, minItems: 2, uniqueItems: true },
  { allOf: [{ type: 'string', maxLength: 3 }, { type: 'string', minLength: 3 }] },
];
for (const schema of schemas) {
  console.log(samplers.map(({ sample }) => JSON.stringify(sample(schema))).join(' and '));
}
PROGRAM
received=$(node show.cjs)
echo "$received"
[ "$received" = '["reader","reader"] and ["reader","reader"]
"string" and "lorem"' ]
