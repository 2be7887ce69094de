#!/usr/bin/env bash
# Package:   npm codeowners 5.1.1, codeowners-utils 1.0.2
# Input:     a CODEOWNERS file with `* @all` and `/docs/API.md @docs # the reference`
# Expected:  docs/API.md is of @docs, and docs/api.md of @all (GitHub, About code owners: the paths are case-sensitive,
#            and a comment may follow on the same line)
# Seen:      docs/api.md is of @docs with both, and codeowners takes the words of the comment for owners,
#            2026-11-30 on Node.js 20.20
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
npm install --silent --no-audit --no-fund --ignore-scripts codeowners@5.1.1 codeowners-utils@1.0.2 >&2 || exit 2
cat > show.cjs <<'PROGRAM'
const { mkdirSync, writeFileSync } = require('node:fs');
const Codeowners = require('codeowners');
const { matchFile, parse } = require('codeowners-utils');

const rules = '* @all\n/docs/API.md @docs # the reference\n';
mkdirSync('repository/.git', { recursive: true });
writeFileSync('repository/CODEOWNERS', rules);
for (const file of ['docs/API.md', 'docs/api.md']) {
  const owners = new Codeowners('repository').getOwner(file);
  const otherOwners = matchFile(file, parse(rules)).owners;
  console.log(`${file}: codeowners ${owners.join(' ')}, codeowners-utils ${otherOwners.join(' ')}`);
}
PROGRAM
received=$(node show.cjs)
echo "$received"
[ "$received" = 'docs/API.md: codeowners @docs # the reference, codeowners-utils @docs
docs/api.md: codeowners @docs # the reference, codeowners-utils @docs' ]
