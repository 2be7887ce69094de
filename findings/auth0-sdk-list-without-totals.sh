#!/usr/bin/env bash
# Package:   npm auth0 7.1.0 (the provider's own SDK), with its default options
# Input:     roles.list({ include_totals: false }), a documented parameter; the server answers with a list, as documented
# Expected:  both roles
# Seen:      no role, no error: the page reads the property `roles` of the list, 2026-11-28 on Node.js 20.20
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
npm install --silent --no-audit --no-fund --ignore-scripts auth0@7.1.0 >&2 || exit 2
cat > show.mjs <<'PROGRAM'
import { ManagementClient } from 'auth0';

const roles = [{ id: 'rol_1', name: 'Guide' }, { id: 'rol_2', name: 'Cook' }];
const fetch = async (url) => {
  const wrapped = new URL(url).searchParams.get('include_totals') === 'true';
  return Response.json(wrapped ? { roles, start: 0, limit: 50, total: 2 } : roles);
};
const client = new ManagementClient({ domain: 'tenant.example.com', token: 'token', fetch });
for (const include_totals of [true, false]) {
  const page = await client.roles.list({ include_totals });
  console.log(`include_totals ${include_totals}: ${page.data.length} roles`);
}
PROGRAM
received=$(node show.mjs)
echo "$received"
[ "$received" = 'include_totals true: 2 roles
include_totals false: 0 roles' ]
