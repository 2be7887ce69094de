#!/usr/bin/env bash
# Package:   npm @readme/httpsnippet 11.1.0, target python, client requests
# Input:     a HAR request with the JSON body {"pem": "line 1\nline 2"}
# Expected:  the snippet is valid Python
# Seen:      the newline is inside the quotes: SyntaxError, 2026-11-28 on Node.js 20.20 and Python 3.11
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
npm install --silent --no-audit --no-fund --ignore-scripts @readme/httpsnippet@11.1.0 >&2 || exit 2
cat > show.mjs <<'PROGRAM'
import { HTTPSnippet } from '@readme/httpsnippet';

const request = {
  method: 'POST',
  url: 'http://127.0.0.1/credentials',
  httpVersion: 'HTTP/1.1',
  headers: [],
  queryString: [],
  cookies: [],
  postData: { mimeType: 'application/json', text: JSON.stringify({ pem: 'line 1\nline 2' }) },
  headersSize: -1,
  bodySize: -1,
};
console.log([new HTTPSnippet(request).convert('python', 'requests')].flat()[0]);
PROGRAM
node show.mjs > snippet.py
received=$(python3 -c 'import ast; ast.parse(open("snippet.py").read())' 2>&1 | grep -o '^SyntaxError' || true)
echo "${received:-no error}"
[ "$received" = SyntaxError ]
