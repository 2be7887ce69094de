#!/usr/bin/env bash
# Package:   npm json-schema-to-zod 2.8.1 with zod 4.6.7
# Input:     the schema `{type: string, format: time}`, and the times 10:00:00Z and 10:00:00+01:00
# Expected:  both are valid, and 10:00:00 is not (JSON Schema 2020-12, validation, 7.3.1: a time is the "full-time" of
#            RFC 3339, which ends with an offset)
# Seen:      the other way around: the validator takes only what is invalid, 2026-11-30 on Node.js 20.20
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
npm install --silent --no-audit --no-fund --ignore-scripts json-schema-to-zod@2.8.1 zod@4.6.7 >&2 || exit 2
cat > show.mjs <<'PROGRAM'
import { writeFileSync } from 'node:fs';
import { jsonSchemaToZod } from 'json-schema-to-zod';

writeFileSync('time.mjs', jsonSchemaToZod({ type: 'string', format: 'time' }, { module: 'esm', name: 'time' }));
const { time } = await import('./time.mjs');
for (const text of ['10:00:00Z', '10:00:00+01:00', '10:00:00']) {
  console.log(text, time.safeParse(text).success ? 'valid' : 'refused');
}
PROGRAM
received=$(node show.mjs)
echo "$received"
[ "$received" = '10:00:00Z refused
10:00:00+01:00 refused
10:00:00 valid' ]
