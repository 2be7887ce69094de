#!/usr/bin/env bash
# Package:   npm ldapts 8.2.0
# Input:     searches with the filters (sn=Lučić), (sn=Lu\c4\8di\c4\87) and (objectGUID=\ff\fe)
# Expected:  the first two send the same bytes, and the last one the bytes ff fe (RFC 4515, 3 and 4: a backslash with
#            two digits is one byte of the value; the second filter is an example of that text)
# Seen:      each escaped byte is taken for a character, and sent as two bytes, 2026-11-30 on Node.js 20.20
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
npm install --silent --no-audit --no-fund --ignore-scripts ldapts@8.2.0 >&2 || exit 2
cat > show.mjs <<'PROGRAM'
import { createServer } from 'node:net';
import { Client } from 'ldapts';

const filters = ['(sn=Lučić)', '(sn=Lu\\c4\\8di\\c4\\87)', '(objectGUID=\\ff\\fe)'];
let received;
const server = createServer((socket) => {
  socket.once('data', (data) => {
    received = data;
    socket.destroy();
  });
});
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
for (const filter of filters) {
  const client = new Client({ url: `ldap://127.0.0.1:${server.address().port}`, timeout: 5000, connectTimeout: 5000 });
  await client.search('dc=example', { filter }).catch(() => {});
  const name = filter.slice(1, filter.indexOf('='));
  const value = received.indexOf(name) + name.length;
  console.log(`${filter}: ${received.toString('hex', value + 2, value + 2 + received[value + 1])}`);
}
process.exit();
PROGRAM
received=$(node show.mjs)
echo "$received"
[ "$received" = '(sn=Lučić): 4c75c48d69c487
(sn=Lu\c4\8di\c4\87): 4c75c384c28d69c384c287
(objectGUID=\ff\fe): c3bfc3be' ]
