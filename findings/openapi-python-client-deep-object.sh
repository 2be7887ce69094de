#!/usr/bin/env bash
# Package:   PyPI openapi-python-client 0.29.1
# Input:     size=5 and filter={"size": 3} for an integer `size` and a `filter` in the style deepObject
# Expected:  size=5&filter[size]=3
# Seen:      size=3: the properties of the object are parameters of their own, and one replaces the other,
#            2026-11-28 on Python 3.11
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
{ python3 -m venv . && bin/pip install --quiet openapi-python-client==0.29.1; } >&2 || exit 2
cat > openapi.yaml <<'DOCUMENT'
openapi: 3.0.3
info: {title: Roles, version: 1.0.0}
paths:
  /roles:
    get:
      operationId: list
      parameters:
        - {name: size, in: query, schema: {type: integer}}
        - name: filter
          in: query
          style: deepObject
          schema: {type: object, properties: {size: {type: integer}}}
      responses: {'204': {description: No role.}}
DOCUMENT
PATH="$folder/bin:$PATH" bin/openapi-python-client generate --path openapi.yaml --meta none --output-path roles >&2
cat > show.py <<'PROGRAM'
import httpx
from roles import Client
from roles.api.default import list_
from roles.models import ListFilter

urls = []


def answer(request):
    urls.append(request.url)
    return httpx.Response(204)


client = Client(base_url="https://tenant.example.com", httpx_args={"transport": httpx.MockTransport(answer)})
list_.sync_detailed(client=client, size=5, filter_=ListFilter(size=3))
print(urls[0].query.decode())
PROGRAM
received=$(bin/python show.py)
echo "$received"
[ "$received" = 'size=3' ]
