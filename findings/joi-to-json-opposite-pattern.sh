#!/usr/bin/env bash
# Package:   npm joi-to-json 5.0.5 with joi 18.3.2 and ajv 8.20.0
# Input:     a name that must not match /admin/ (Joi: `invert`), and a title that matches /^guide$/i
# Expected:  a schema that takes the values that Joi takes (a pattern of JSON Schema has no flags)
# Seen:      the schema requires "admin" in the name; the pattern of the title is `^guide$/i`, which no text matches,
#            2026-11-30 on Node.js 20.20
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
npm install --silent --no-audit --no-fund --ignore-scripts joi-to-json@5.0.5 joi@18.3.2 ajv@8.20.0 >&2 || exit 2
cat > show.cjs <<'PROGRAM'
const Ajv = require('ajv');
const Joi = require('joi');
const parse = require('joi-to-json');

const name = Joi.string().pattern(/admin/, { invert: true });
const title = Joi.string().pattern(/^guide$/i);
for (const [rule, value] of [[name, 'jane'], [name, 'administrator'], [title, 'Guide'], [title, 'guide']]) {
  const schema = parse(rule);
  const joi = rule.validate(value).error ? 'refuses' : 'takes';
  const json = new Ajv().validate(schema, value) ? 'takes' : 'refuses';
  console.log(`${value}: Joi ${joi} it, ${schema.pattern} ${json} it`);
}
PROGRAM
received=$(node show.cjs)
echo "$received"
[ "$received" = 'jane: Joi takes it, admin refuses it
administrator: Joi refuses it, admin takes it
Guide: Joi takes it, ^guide$/i refuses it
guide: Joi takes it, ^guide$/i refuses it' ]
