#!/usr/bin/env bash
# Package:   npm swagger2openapi 7.0.8
# Input:     a Swagger 2.0 document with a list in a form, separated by commas: collectionFormat csv, as in its query
# Expected:  explode: false for both: in the `encoding` of the form, and at the query parameter
# Seen:      for the query alone, and no warning: the form changes from ids=a,b to ids=a&ids=b, 2026-11-28 on Node.js 20.20
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
npm install --silent --no-audit --no-fund --ignore-scripts swagger2openapi@7.0.8 >&2 || exit 2
cat > swagger.yaml <<'DOCUMENT'
swagger: '2.0'
info: {title: Roles, version: 1.0.0}
paths:
  /roles:
    post:
      consumes: [application/x-www-form-urlencoded]
      parameters:
        - {name: ids, in: query, type: array, items: {type: string}, collectionFormat: csv}
        - {name: ids, in: formData, type: array, items: {type: string}, collectionFormat: csv}
      responses: {'201': {description: The new roles.}}
DOCUMENT
npx swagger2openapi swagger.yaml --outfile openapi.json
cat > show.mjs <<'PROGRAM'
import { readFileSync } from 'node:fs';

const { post } = JSON.parse(readFileSync('openapi.json', 'utf8')).paths['/roles'];
const [query] = post.parameters;
console.log(`query: explode ${query.explode}`);
console.log(`form: encoding ${post.requestBody.content['application/x-www-form-urlencoded'].encoding}`);
PROGRAM
received=$(node show.mjs)
echo "$received"
[ "$received" = 'query: explode false
form: encoding undefined' ]
