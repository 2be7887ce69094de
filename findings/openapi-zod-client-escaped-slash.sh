#!/usr/bin/env bash
# Package:   npm openapi-zod-client 1.18.3, with TypeScript 5.9.3
# Input:     a property with the pattern ^[a-z]+\/[a-z]+$, whose slash is escaped, as in a JavaScript literal
# Expected:  code that parses, as for the pattern ^[a-z]+/[a-z]+$
# Seen:      the backslash is escaped once more and the slash ends the literal: a syntax error,
#            2026-11-28 on Node.js 20.20
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
npm install --silent --no-audit --no-fund --ignore-scripts openapi-zod-client@1.18.3 typescript@5.9.3 >&2 || exit 2
for slash in '/' '\/'; do
  cat > openapi.yaml <<DOCUMENT
openapi: 3.0.3
info: {title: Media types, version: 1.0.0}
paths: {}
components:
  schemas:
    Media: {type: object, properties: {type: {type: string, pattern: '^[a-z]+$slash[a-z]+$'}}}
DOCUMENT
  npx openapi-zod-client openapi.yaml --output client.ts --export-schemas >/dev/null
  cat > show.mjs <<'PROGRAM'
import { readFileSync } from 'node:fs';
import typescript from 'typescript';

const code = readFileSync('client.ts', 'utf8');
const { diagnostics } = typescript.transpileModule(code, { reportDiagnostics: true });
console.log(`${code.match(/regex\((.*?)\) /)[1]}: ${diagnostics.length > 0 ? 'syntax error' : 'parses'}`);
PROGRAM
  node show.mjs
done > received.txt
cat received.txt
[ "$(cat received.txt)" = '/^[a-z]+\/[a-z]+$/: parses
/^[a-z]+\\/[a-z]+$/: syntax error' ]
