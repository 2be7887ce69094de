#!/usr/bin/env bash
# Package:   npm auth0 7.1.0 (the provider's own SDK), with its default options
# Input:     roles.create({ name: 'Guide' }) while a gateway answers 502
# Expected:  one POST: it is not idempotent, and the first one may have taken effect behind the gateway
# Seen:      three POSTs, 2026-11-28 on Node.js 20.20
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
npm install --silent --no-audit --no-fund --ignore-scripts auth0@7.1.0 >&2 || exit 2
cat > show.mjs <<'PROGRAM'
import { ManagementClient } from 'auth0';

let posts = 0;
const fetch = async () => {
  posts += 1;
  return new Response('<h1>502 Bad Gateway</h1>', { status: 502, headers: { 'content-type': 'text/html' } });
};
const client = new ManagementClient({ domain: 'tenant.example.com', token: 'token', fetch });
const error = await client.roles.create({ name: 'Guide' }).catch((reason) => reason);
console.log(`${error.constructor.name} ${error.statusCode}; POST requests sent: ${posts}`);
PROGRAM
received=$(node show.mjs)
echo "$received"
[ "$received" = 'ManagementError 502; POST requests sent: 3' ]
