#!/usr/bin/env bash
# Package:   npm openapi-overlays-js 0.2.0; PyPI oas-patch 0.6.0
# Input:     an Overlay 1.0 whose action updates `info` and says `remove: false`, which is the default
# Expected:  the new title (Overlay 1.0, Action Object: `update` has no effect if `remove` is true)
# Seen:      both remove `info`, which OpenAPI requires, 2026-11-28 on Node.js 20.20 and Python 3.11
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
npm install --silent --no-audit --no-fund --ignore-scripts openapi-overlays-js@0.2.0 >&2 || exit 2
{ python3 -m venv python && python/bin/pip install --quiet oas-patch==0.6.0; } >&2 || exit 2
cat > openapi.yaml <<'DOCUMENT'
openapi: 3.1.0
info: {title: Roles, version: 1.0.0}
paths: {}
DOCUMENT
cat > overlay.yaml <<'OVERLAY'
overlay: 1.0.0
info: {title: A better title, version: 1.0.0}
actions:
  - {target: $.info, update: {title: Roles of a tenant}, remove: false}
OVERLAY
received=$(
  npx overlayjs --openapi openapi.yaml --overlay overlay.yaml
  python/bin/oas-patch overlay openapi.yaml overlay.yaml
)
echo "$received"
[ "$(grep -c title <<<"$received")" = 0 ] && [ "$(grep -c 'paths: {}' <<<"$received")" = 2 ]
