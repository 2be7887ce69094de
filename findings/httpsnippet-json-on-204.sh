#!/usr/bin/env bash
# Package:   npm @readme/httpsnippet 11.1.0, target javascript, client fetch
# Input:     a HAR request, DELETE /roles/rol_1; the server answers 204
# Expected:  the snippet runs without an error
# Seen:      it calls .json() on the empty body and prints a SyntaxError, 2026-11-28 on Node.js 20.20
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
npm install --silent --no-audit --no-fund --ignore-scripts @readme/httpsnippet@11.1.0 >&2 || exit 2
cat > show.mjs <<'PROGRAM'
import { execFile } from 'node:child_process';
import { createServer } from 'node:http';
import { HTTPSnippet } from '@readme/httpsnippet';

const server = createServer((_, response) => response.writeHead(204).end());
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
const request = {
  method: 'DELETE',
  url: `http://127.0.0.1:${server.address().port}/roles/rol_1`,
  httpVersion: 'HTTP/1.1',
  headers: [],
  queryString: [],
  cookies: [],
  headersSize: -1,
  bodySize: -1,
};
const [snippet] = [new HTTPSnippet(request).convert('javascript', 'fetch')].flat();
execFile(process.execPath, ['--input-type=module', '-e', snippet], (_, __, stderr) => {
  console.log(stderr.split('\n')[0] || 'no error');
  server.close();
});
PROGRAM
received=$(node show.mjs)
echo "$received"
[ "$received" = 'SyntaxError: Unexpected end of JSON input' ]
