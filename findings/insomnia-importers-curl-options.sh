#!/usr/bin/env bash
# Package:   npm insomnia-importers 3.6.0
# Input:     curl commands that delete a user, ask for the headers of one, and send a form with a space in a value
# Expected:  the requests that curl sends (manual of curl: the value of a short option may follow it without a space,
#            --head sends HEAD, and --data-urlencode encodes what follows the name and the equals sign)
# Seen:      -XDELETE and --head are imported as GET, and the equals sign of the form is encoded, so that the form has
#            no field of that name, 2026-11-30 on Node.js 20.20
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
npm install --silent --no-audit --no-fund --ignore-scripts insomnia-importers@3.6.0 >&2 || exit 2
cat > show.cjs <<'PROGRAM'
const { convert } = require('insomnia-importers');

const user = 'https://api.example.com/users/1';
const commands = [
  `curl -X DELETE ${user}`,
  `curl -XDELETE ${user}`,
  `curl --head ${user}`,
  `curl --data-urlencode 'name=Jane Doe' ${user}`,
];

(async () => {
  for (const command of commands) {
    const { method, body } = (await convert(command)).data.resources[0];
    console.log(`${command.replace(` ${user}`, '')}: ${[method, body.text].filter(Boolean).join(' ')}`);
  }
})();
PROGRAM
received=$(node show.cjs)
echo "$received"
[ "$received" = "curl -X DELETE: DELETE
curl -XDELETE: GET
curl --head: GET
curl --data-urlencode 'name=Jane Doe': POST name%3DJane%20Doe" ]
