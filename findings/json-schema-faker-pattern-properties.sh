#!/usr/bin/env bash
# Package:   npm json-schema-faker 0.6.3, judged by ajv 8.17.1
# Input:     an object of extensions, whose members have names that begin with x-, and a map of texts by language, whose
#            names have two letters
# Expected:  objects that are valid by the schema (JSON Schema 2020-12 core, 10.3.2.2 and 10.3.2.4)
# Seen:      the name is x, without the hyphen, and names of the map are words such as prop26642; not one of 20 objects
#            is valid, 2026-11-30 on Node.js 20.20
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
npm install --silent --no-audit --no-fund --ignore-scripts json-schema-faker@0.6.3 ajv@8.17.1 >&2 || exit 2
cat > show.mjs <<'PROGRAM'
import { Ajv2020 } from 'ajv/dist/2020.js';
import { generate } from 'json-schema-faker';

const map = { type: 'object', minProperties: 1 };
const schemas = {
  extensions: { ...map, patternProperties: { '^x-': { type: 'integer' } }, additionalProperties: false },
  languages: { ...map, propertyNames: { pattern: '^[a-z]{2}$' }, additionalProperties: { type: 'string' } },
};
for (const [name, schema] of Object.entries(schemas)) {
  const validate = new Ajv2020().compile(schema);
  const seeds = Array.from({ length: 20 }, (_, seed) => seed);
  const objects = await Promise.all(seeds.map((seed) => generate(schema, { seed })));
  const valid = objects.filter((object) => validate(object)).length;
  console.log(`${name}: ${valid} of 20 valid, first names ${Object.keys(objects[0])}`);
}
PROGRAM
received=$(node show.mjs)
echo "$received"
[ "$received" = 'extensions: 0 of 20 valid, first names x
languages: 0 of 20 valid, first names prop26642' ]
