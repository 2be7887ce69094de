#!/usr/bin/env bash
# Package:   npm har-to-k6 0.14.16
# Input:     a HAR with a form and a query that repeat a name: ids=a&ids=b&ids=c
# Expected:  a load test that sends both as they were recorded
# Seen:      the form is sent as one value, "a,b,c", and the query with its second and third value twice,
#            2026-11-30 on Node.js 20.20
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
npm install --silent --no-audit --no-fund --ignore-scripts har-to-k6@0.14.16 >&2 || exit 2
cat > show.mjs <<'PROGRAM'
import { liHARToK6Script } from 'har-to-k6';

const ids = ['a', 'b', 'c'].map((value) => ({ name: 'ids', value }));
const url = 'https://tenant.example.com/roles';
const requests = [
  { method: 'POST', url, postData: { mimeType: 'application/x-www-form-urlencoded', params: ids } },
  { method: 'GET', url: `${url}?ids=a&ids=b&ids=c`, queryString: ids },
];
const entries = requests.map((request) => ({
  startedDateTime: '2026-11-30T10:00:00.000Z',
  request: { httpVersion: 'HTTP/1.1', headers: [], queryString: [], cookies: [], ...request },
}));
const { main } = await liHARToK6Script({ log: { version: '1.2', creator: { name: 'show', version: '1' }, entries } });
console.log(main.match(/http\.\w+\(.*'/g).join('\n'));
PROGRAM
received=$(node show.mjs)
echo "$received"
[ "$received" = "http.post('https://tenant.example.com/roles', 'ids=a%2Cb%2Cc'
http.get('https://tenant.example.com/roles?ids=a&ids=b&ids=c&ids=b&ids=c'" ]
