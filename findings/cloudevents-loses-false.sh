#!/usr/bin/env bash
# Package:   npm cloudevents 10.0.0
# Input:     events whose data are the JSON values true, false, 0 and "", written in structured mode and read again
# Expected:  the same data (CloudEvents 1.0.2, JSON format, 3.1: the member "data" holds any JSON value)
# Seen:      false, 0 and "" are written, but an event that is read has no data then, 2026-11-30 on Node.js 20.20
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
npm install --silent --no-audit --no-fund --ignore-scripts cloudevents@10.0.0 >&2 || exit 2
cat > show.mjs <<'PROGRAM'
import { CloudEvent, HTTP } from 'cloudevents';

for (const data of [true, false, 0, '']) {
  const event = new CloudEvent({ type: 'user.blocked', source: 'https://tenant.example.com', data });
  const message = HTTP.structured(event);
  const written = JSON.stringify(JSON.parse(message.body).data);
  console.log(`${written} is read as ${JSON.stringify(HTTP.toEvent(message).data)}`);
}
PROGRAM
received=$(node show.mjs)
echo "$received"
[ "$received" = 'true is read as true
false is read as undefined
0 is read as undefined
"" is read as undefined' ]
