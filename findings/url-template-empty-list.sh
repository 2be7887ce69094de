#!/usr/bin/env bash
# Package:   npm url-template 3.1.1
# Input:     the URI template `/roles{?scopes,page}` with no scopes: an empty list
# Expected:  /roles?page=2 (RFC 6570, 2.3: a list with no members is undefined, and 3.2.1: which is ignored)
# Seen:      /roles?scopes=&page=2, which asks for the scope that has no name; an empty list is left out in a path and
#            with `*`. 2026-11-30 on Node.js 20.20
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
npm install --silent --no-audit --no-fund --ignore-scripts url-template@3.1.1 >&2 || exit 2
cat > show.mjs <<'PROGRAM'
import { parseTemplate } from 'url-template';

for (const template of ['/roles{?scopes,page}', '/roles{?scopes*,page}', '/roles{/scopes,page}']) {
  console.log(template, parseTemplate(template).expand({ scopes: [], page: 2 }));
}
PROGRAM
received=$(node show.mjs)
echo "$received"
[ "$received" = '/roles{?scopes,page} /roles?scopes=&page=2
/roles{?scopes*,page} /roles?page=2
/roles{/scopes,page} /roles/2' ]
