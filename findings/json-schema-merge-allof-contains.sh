#!/usr/bin/env bash
# Package:   npm json-schema-merge-allof 0.8.1, judged by ajv 8.17.1
# Input:     an allOf with two schemas that each have `contains`, and one with two that each have `dependencies`
# Expected:  the merged schema takes the same values as the allOf
# Seen:      a list that has one entry for each `contains` is refused, as one entry has to fit both now; of the two
#            dependencies of a member only the first one is left, 2026-11-30 on Node.js 20.20
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
npm install --silent --no-audit --no-fund --ignore-scripts json-schema-merge-allof@0.8.1 ajv@8.17.1 >&2 || exit 2
cat > show.cjs <<'PROGRAM'
const Ajv = require('ajv');
const merge = require('json-schema-merge-allof');

const roles = { allOf: [{ contains: { enum: ['reader', 'writer'] } }, { contains: { enum: ['writer', 'auditor'] } }] };
const client = { allOf: [{ dependencies: { secret: ['id'] } }, { dependencies: { secret: ['audience'] } }] };
const valid = (schema, value) => new Ajv({ strict: false }).validate(schema, value);

for (const [schema, value] of [[roles, ['reader', 'auditor']], [client, { secret: 's', id: 'i' }]]) {
  const merged = merge(schema);
  console.log(`${JSON.stringify(value)}: allOf ${valid(schema, value)}, merged ${valid(merged, value)}`);
  console.log(JSON.stringify(merged));
}
PROGRAM
received=$(node show.cjs)
echo "$received"
[ "$received" = '["reader","auditor"]: allOf true, merged false
{"contains":{"enum":["writer"]}}
{"secret":"s","id":"i"}: allOf false, merged true
{"dependencies":{"secret":["id"]}}' ]
