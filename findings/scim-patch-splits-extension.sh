#!/usr/bin/env bash
# Package:   npm scim-patch 0.8.3
# Input:     a SCIM PATCH that replaces the enterprise extension of a user, without a path: the value names the extension
# Expected:  the new department, in the extension (RFC 7643, 3.3: its attributes are in an object named by its URN)
# Seen:      the URN is split at its last colon: the extension keeps the old department, and the new one is in a member
#            "User" of a member that no schema has. With a path it is right. 2026-11-30 on Node.js 20.20
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
npm install --silent --no-audit --no-fund --ignore-scripts scim-patch@0.8.3 >&2 || exit 2
cat > show.mjs <<'PROGRAM'
import { scimPatch } from 'scim-patch';

const enterprise = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
const operations = {
  'with a path': { op: 'replace', path: `${enterprise}:department`, value: 'Sales' },
  'without a path': { op: 'replace', value: { [enterprise]: { department: 'Sales' } } },
};
for (const [name, operation] of Object.entries(operations)) {
  const user = {
    schemas: ['urn:ietf:params:scim:schemas:core:2.0:User', enterprise],
    userName: 'jane',
    [enterprise]: { department: 'Support' },
  };
  const { schemas, userName, ...extensions } = scimPatch(user, [operation]);
  console.log(`${name}:`, JSON.stringify(extensions));
}
PROGRAM
received=$(node show.mjs)
echo "$received"
[ "$received" = 'with a path: {"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User":{"department":"Sales"}}
without a path: {"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User":{"department":"Support"},"urn:ietf:params:scim:schemas:extension:enterprise:2.0":{"User":{"department":"Sales"}}}' ]
