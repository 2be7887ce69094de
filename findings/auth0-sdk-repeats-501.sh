#!/usr/bin/env bash
# Package:   npm auth0 7.1.0 (the provider's own SDK), with its default options
# Input:     organizations.list() while the server answers 501 Not Implemented
# Expected:  one GET: a server that does not implement a request does not implement its repetition
# Seen:      three GETs, 2026-11-28 on Node.js 20.20
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
npm install --silent --no-audit --no-fund --ignore-scripts auth0@7.1.0 >&2 || exit 2
cat > show.mjs <<'PROGRAM'
import { ManagementClient } from 'auth0';

let requests = 0;
const fetch = async () => {
  requests += 1;
  return Response.json({ statusCode: 501, error: 'Not Implemented', message: 'Not Implemented' }, { status: 501 });
};
const client = new ManagementClient({ domain: 'tenant.example.com', token: 'token', fetch });
const error = await client.organizations.list().catch((reason) => reason);
console.log(`${error.constructor.name} ${error.statusCode}; GET requests sent: ${requests}`);
PROGRAM
received=$(node show.mjs)
echo "$received"
[ "$received" = 'ManagementError 501; GET requests sent: 3' ]
