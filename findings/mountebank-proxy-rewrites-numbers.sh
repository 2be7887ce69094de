#!/usr/bin/env bash
# Package:   npm mountebank 2.9.1
# Input:     a JSON answer through a proxy in the mode proxyTransparent, which records nothing
# Expected:  the answer of the server
# Seen:      it is parsed and written again: 9007199254740993 becomes 9007199254740992, 2026-11-28 on Node.js 20.20
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
npm install --silent --no-audit --no-fund --ignore-scripts mountebank@2.9.1 >&2 || exit 2
cat > show.mjs <<'PROGRAM'
import { createServer } from 'node:http';
import mountebank from 'mountebank';

const server = createServer((_, response) => {
  response.writeHead(200, { 'content-type': 'application/json' }).end('{"id":9007199254740993}');
});
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
const log = { level: 'error', transports: { console: { colorize: false, format: '%message' } } };
const free = async () => {
  const probe = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => probe.once('listening', resolve));
  const { port } = probe.address();
  await new Promise((resolve) => probe.close(resolve));
  return port;
};
const [admin, port] = [await free(), await free()];
await mountebank.create({ port: admin, host: '127.0.0.1', ipWhitelist: ['*'], log });
const proxy = { to: `http://127.0.0.1:${server.address().port}`, mode: 'proxyTransparent' };
const imposter = { port, protocol: 'http', stubs: [{ responses: [{ proxy }] }] };
await fetch(`http://127.0.0.1:${admin}/imposters`, { method: 'POST', body: JSON.stringify(imposter) });
for (const each of [server.address().port, port]) {
  const text = await (await fetch(`http://127.0.0.1:${each}/`)).text();
  console.log(text.replace(/\s/g, ''));
}
process.exit();
PROGRAM
received=$(node show.mjs)
echo "$received"
[ "$received" = '{"id":9007199254740993}
{"id":9007199254740992}' ]
