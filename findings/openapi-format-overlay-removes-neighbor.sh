#!/usr/bin/env bash
# Package:   npm openapi-format 1.33.6, its overlays
# Input:     an Overlay 1.0 whose action removes the entries of `tags` that are internal: the first two of four
# Expected:  Public and Partners stay: each target is removed from the list that holds it (Overlay 1.0, Action Object)
# Seen:      Audit, which is internal, stays and Public is removed, 2026-11-28 on Node.js 20.20
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
npm install --silent --no-audit --no-fund --ignore-scripts openapi-format@1.33.6 >&2 || exit 2
cat > openapi.yaml <<'DOCUMENT'
openapi: 3.1.0
info: {title: Roles, version: 1.0.0}
tags:
  - {name: Billing, x-internal: true}
  - {name: Audit, x-internal: true}
  - {name: Public}
  - {name: Partners}
paths: {}
DOCUMENT
cat > overlay.yaml <<'OVERLAY'
overlay: 1.0.0
info: {title: Published, version: 1.0.0}
actions:
  - {target: '$.tags[?(@["x-internal"])]', remove: true}
OVERLAY
npx openapi-format openapi.yaml --overlayFile overlay.yaml --no-sort --json --output result.json >/dev/null
received=$(node -p 'require("./result.json").tags.map(({ name }) => name).join(" ")')
echo "$received"
[ "$received" = 'Audit Partners' ]
