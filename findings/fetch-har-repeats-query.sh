#!/usr/bin/env bash
# Package:   npm fetch-har 12.0.4
# Input:     a HAR entry as recorders write it: the query is in the URL and, parsed, in `queryString`
# Expected:  the request of the URL (HAR 1.2: `queryString` lists what was parsed from it)
# Seen:      each parameter is sent twice, and the encoded plus as a plain one, which a query reads as a space,
#            2026-11-30 on Node.js 20.20
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
npm install --silent --no-audit --no-fund --ignore-scripts fetch-har@12.0.4 >&2 || exit 2
cat > show.mjs <<'PROGRAM'
import { once } from 'node:events';
import { createServer } from 'node:http';
import fetchHar from 'fetch-har';

const server = createServer((request, response) => {
  console.log(`received ${request.url}`);
  response.end();
}).listen(0, '127.0.0.1');
await once(server, 'listening');

const recorded = '/users?email=jane%2Bnews@example.com&page=2';
const url = new URL(recorded, `http://127.0.0.1:${server.address().port}`);
const request = {
  method: 'GET',
  url: String(url),
  httpVersion: 'HTTP/1.1',
  headers: [],
  queryString: [...url.searchParams].map(([name, value]) => ({ name, value })),
  cookies: [],
  headersSize: -1,
  bodySize: 0,
};
console.log(`recorded ${recorded}`);
await fetchHar({ log: { version: '1.2', creator: { name: 'show', version: '1' }, entries: [{ request }] } });
server.closeAllConnections();
server.close();
PROGRAM
received=$(node show.mjs)
echo "$received"
[ "$received" = 'recorded /users?email=jane%2Bnews@example.com&page=2
received /users?email=jane+news@example.com&page=2&email=jane+news@example.com&page=2' ]
