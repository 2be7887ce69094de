#!/usr/bin/env bash
# Package:   npm @pollyjs/core, adapter-node-http and persister-fs 6.0.6
# Input:     one GET, whose response is JSON compressed with gzip
# Expected:  in the HAR, content.text is the base64 text that content.encoding says
# Seen:      it is a JSON array with base64 text in it, 2026-11-28 on Node.js 20.20
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
npm install --silent --no-audit --no-fund --ignore-scripts @pollyjs/core@6.0.6 @pollyjs/adapter-node-http@6.0.6 \
  @pollyjs/persister-fs@6.0.6 >&2 || exit 2
cat > show.mjs <<'PROGRAM'
import { readdirSync, readFileSync } from 'node:fs';
import http from 'node:http';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import NodeHttpAdapter from '@pollyjs/adapter-node-http';
import core from '@pollyjs/core';
import FsPersister from '@pollyjs/persister-fs';

const server = http.createServer((_, response) => {
  response.writeHead(200, { 'content-type': 'application/json', 'content-encoding': 'gzip' });
  response.end(gzipSync('{"name":"Guide"}'));
});
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
core.Polly.register(NodeHttpAdapter);
core.Polly.register(FsPersister);
const polly = new core.Polly('roles', {
  adapters: ['node-http'],
  persister: 'fs',
  persisterOptions: { fs: { recordingsDir: 'recordings' } },
});
await new Promise((resolve) => {
  http.get(`http://127.0.0.1:${server.address().port}/roles/rol_1`, (response) => response.resume().on('end', resolve));
});
await polly.stop();
const [file] = readdirSync('recordings', { recursive: true }).filter((name) => name.endsWith('.har'));
const { log } = JSON.parse(readFileSync(join('recordings', file), 'utf8'));
const { encoding, text } = log.entries[0].response.content;
const [piece] = JSON.parse(text);
console.log(`encoding ${encoding}; text begins with ${text.slice(0, 2)}; first piece: ${gunzipSync(Buffer.from(piece, 'base64'))}`);
process.exit();
PROGRAM
received=$(node show.mjs)
echo "$received"
[ "$received" = 'encoding base64; text begins with ["; first piece: {"name":"Guide"}' ]
