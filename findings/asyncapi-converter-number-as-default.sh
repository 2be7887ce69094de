#!/usr/bin/env bash
# Package:   npm @asyncapi/converter 2.0.2, with @asyncapi/specs 6.11.1 and ajv 8.20.0
# Input:     an OpenAPI document with a query parameter that is an integer and has a default
# Expected:  an AsyncAPI document in which the default is a text (AsyncAPI 3.0, Parameter Object: default is a string)
# Seen:      the default stays a number, and the schema of AsyncAPI refuses the document; with a text as the default it
#            is valid. 2026-11-30 on Node.js 20.20
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
npm install --silent --no-audit --no-fund --ignore-scripts \
  @asyncapi/converter@2.0.2 @asyncapi/specs@6.11.1 ajv@8.20.0 >&2 || exit 2
cat > show.mjs <<'PROGRAM'
import { convertOpenAPI } from '@asyncapi/converter';
import specs from '@asyncapi/specs';
import { Ajv } from 'ajv';

const ajv = new Ajv({ strict: false, allErrors: true, validateFormats: false });
const valid = ajv.compile(specs.schemasWithoutId['3.0.0']);
for (const schema of [{ type: 'string', default: 'a' }, { type: 'integer', default: 0 }]) {
  const get = {
    operationId: 'listRoles',
    parameters: [{ name: 'page', in: 'query', schema }],
    responses: { 200: { description: 'The roles.' } },
  };
  const document = { openapi: '3.0.0', info: { title: 'Roles', version: '1.0.0' }, paths: { '/roles': { get } } };
  const converted = convertOpenAPI(document, '3.0.0');
  const value = converted.channels.roles.parameters.page.default;
  const problem = valid(converted) ? 'valid' : valid.errors.find(({ keyword }) => keyword === 'type').message;
  console.log(`default ${JSON.stringify(value)}: ${problem}`);
}
PROGRAM
received=$(node show.mjs)
echo "$received"
[ "$received" = 'default "a": valid
default 0: must be string' ]
