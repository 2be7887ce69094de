#!/usr/bin/env bash
# Package:   npm nock 14.0.17, the last line for Node.js 20; 15.0.6, which needs Node.js 22, records it
# Input:     fetch of DELETE /roles/rol_1, answered with a 204, without and with nock's recorder
# Expected:  204 both times, and a recording of it
# Seen:      with the recorder, fetch fails: Invalid response status code 204; so does a 304. http.request is recorded.
#            2026-11-28 on Node.js 20.20
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
npm install --silent --no-audit --no-fund --ignore-scripts nock@14.0.17 >&2 || exit 2
cat > show.mjs <<'PROGRAM'
import { createServer } from 'node:http';
import nock from 'nock';

const server = createServer((_, response) => response.writeHead(204).end());
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
const url = `http://127.0.0.1:${server.address().port}/roles/rol_1`;
for (const recorder of ['off', 'on']) {
  if (recorder === 'on') nock.recorder.rec({ output_objects: true, dont_print: true });
  const outcome = await fetch(url, { method: 'DELETE' }).then(({ status }) => status, String);
  console.log(`recorder ${recorder}: ${outcome}`);
}
console.log(`recorded: ${nock.recorder.play().length}`);
process.exit();
PROGRAM
received=$(node show.mjs)
echo "$received"
[ "$received" = 'recorder off: 204
recorder on: TypeError: Response constructor: Invalid response status code 204
recorded: 0' ]
