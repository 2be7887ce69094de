#!/usr/bin/env bash
# Package:   npm @cloudflare/cabidela 0.2.4
# Input:     a limit that is one of two objects in an `enum`, and one that is the object of a `const`
# Expected:  valid (JSON Schema 2020-12 validation, 6.1.2 and 6.1.3: the value equals one of them; core, 4.2.2: objects
#            are equal if their members are)
# Seen:      both are refused, as objects are compared by identity; texts and numbers are safe,
#            2026-11-30 on Node.js 20.20
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
npm install --silent --no-audit --no-fund --ignore-scripts @cloudflare/cabidela@0.2.4 >&2 || exit 2
cat > show.mjs <<'PROGRAM'
import { Cabidela } from '@cloudflare/cabidela';

const cases = [
  [{ enum: ['read', 'write'] }, 'read'],
  [{ enum: [{ read: 5 }, { read: 9 }] }, { read: 5 }],
  [{ const: { read: 5 } }, { read: 5 }],
];
for (const [limit, value] of cases) {
  const validator = new Cabidela({ type: 'object', properties: { limit } });
  try {
    validator.validate({ limit: value });
    console.log(`${JSON.stringify(limit)}: valid`);
  } catch (error) {
    console.log(`${JSON.stringify(limit)}: ${error.message}`);
  }
}
PROGRAM
received=$(node show.mjs)
echo "$received"
[ "$received" = "{\"enum\":[\"read\",\"write\"]}: valid
{\"enum\":[{\"read\":5},{\"read\":9}]}: enum [object Object] not in [object Object],[object Object] at '/limit'
{\"const\":{\"read\":5}}: const [object Object] doesn't match [object Object] at '/limit'" ]
