#!/usr/bin/env bash
# Package:   PyPI oas-patch 0.6.0
# Input:     an Overlay 1.1 that copies the responses which all operations share into those of an operation
# Expected:  201, which the operation has, and 429 (Overlay 1.1, Action Object: objects are merged)
# Seen:      429 alone, 2026-11-28 on Python 3.11
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
{ python3 -m venv . && bin/pip install --quiet oas-patch==0.6.0; } >&2 || exit 2
cat > openapi.yaml <<'DOCUMENT'
openapi: 3.1.0
info: {title: Roles, version: 1.0.0}
paths:
  /roles:
    post: {responses: {'201': {description: The new role.}}}
x-common: {'429': {description: Too many requests.}}
DOCUMENT
cat > overlay.yaml <<'OVERLAY'
overlay: 1.1.0
info: {title: Rate limits, version: 1.0.0}
actions:
  - {target: "$.paths['/roles'].post.responses", copy: "$['x-common']"}
OVERLAY
bin/oas-patch overlay openapi.yaml overlay.yaml --output result.yaml >/dev/null
received=$(bin/python -c 'import yaml; print(*yaml.safe_load(open("result.yaml"))["paths"]["/roles"]["post"]["responses"])')
echo "$received"
[ "$received" = 429 ]
