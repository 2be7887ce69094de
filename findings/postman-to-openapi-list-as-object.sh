#!/usr/bin/env bash
# Package:   npm postman-to-openapi 1.7.3
# Input:     a Postman collection with a POST of the JSON list ["admin"], and one of a text as text/plain
# Expected:  a request body of `type: array`, and one of text/plain (features of the package: JSON and text bodies)
# Seen:      the list has `type: object` beside the list as an example, so that its own example is invalid, and the text
#            is application/json, 2026-11-30 on Node.js 20.20
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
npm install --silent --no-audit --no-fund --ignore-scripts postman-to-openapi@1.7.3 js-yaml@4.1.1 >&2 || exit 2
cat > show.cjs <<'PROGRAM'
const { writeFileSync } = require('node:fs');
const { load } = require('js-yaml');
const convert = require('postman-to-openapi');

const host = ['api', 'example', 'com'];
const schema = 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json';
const item = (path, type, language, raw) => {
  const url = { raw: `https://api.example.com/${path}`, protocol: 'https', host, path: [path] };
  const header = [{ key: 'Content-Type', value: type }];
  const body = { mode: 'raw', raw, options: { raw: { language } } };
  return { name: path, request: { method: 'POST', header, body, url }, response: [] };
};
const items = [item('list', 'application/json', 'json', '["admin"]'), item('text', 'text/plain', 'text', 'admin')];
writeFileSync('collection.json', JSON.stringify({ info: { name: 'Roles', schema }, item: items }));

(async () => {
  const { paths } = load(await convert('collection.json'));
  for (const path of ['/list', '/text']) console.log(JSON.stringify(paths[path].post.requestBody));
})();
PROGRAM
received=$(node show.cjs)
echo "$received"
[ "$received" = '{"content":{"application/json":{"schema":{"type":"object","example":["admin"]}}}}
{"content":{"application/json":{"schema":{"type":"string","example":"admin"}}}}' ]
