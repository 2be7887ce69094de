#!/usr/bin/env bash
# Package:   npm openapi-overlays-js 0.2.0
# Input:     an Overlay 1.0 that appends a tag: `target: $.tags`, and the tag in `update`
# Expected:  a list of two tags (Overlay 1.0, Action Object: a target that is a list gets the value as another entry)
# Seen:      `tags` is an object with the properties 0 and name, 2026-11-28 on Node.js 20.20
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
npm install --silent --no-audit --no-fund --ignore-scripts openapi-overlays-js@0.2.0 >&2 || exit 2
cat > openapi.yaml <<'DOCUMENT'
openapi: 3.1.0
info: {title: Roles, version: 1.0.0}
tags: [{name: Roles}]
paths: {}
DOCUMENT
cat > overlay.yaml <<'OVERLAY'
overlay: 1.0.0
info: {title: One more tag, version: 1.0.0}
actions:
  - {target: $.tags, update: {name: Members}}
OVERLAY
received=$(npx overlayjs --openapi openapi.yaml --overlay overlay.yaml | sed -n '/^tags:/,/^[^ t]/p' | grep -v '^paths')
echo "$received"
[ "$received" = "tags:
  '0':
    name: Roles
  name: Members" ]
