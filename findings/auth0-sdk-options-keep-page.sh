#!/usr/bin/env bash
# Package:   npm auth0 7.1.0 (the provider's own SDK), with its default options
# Input:     the roles of a tenant are listed twice, with the same options object
# Expected:  the same roles both times
# Seen:      only the last page the second time: the iterator writes `page` into the caller's object,
#            2026-11-28 on Node.js 20.20
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
npm install --silent --no-audit --no-fund --ignore-scripts auth0@7.1.0 >&2 || exit 2
cat > show.mjs <<'PROGRAM'
import { ManagementClient } from 'auth0';

const roles = ['Guide', 'Cook', 'Pilot'].map((name, index) => ({ id: `rol_${index}`, name }));
const fetch = async (url) => {
  const start = Number(new URL(url).searchParams.get('page')) * 2;
  return Response.json({ roles: roles.slice(start, start + 2), start, limit: 2, total: 3 });
};
const client = new ManagementClient({ domain: 'tenant.example.com', token: 'token', fetch });
const options = { per_page: 2 };
for (const time of ['first', 'second']) {
  const names = [];
  for await (const role of await client.roles.list(options)) names.push(role.name);
  console.log(`${time}: ${names}`);
}
console.log(JSON.stringify(options));
PROGRAM
received=$(node show.mjs)
echo "$received"
[ "$received" = 'first: Guide,Cook,Pilot
second: Pilot
{"per_page":2,"page":1}' ]
