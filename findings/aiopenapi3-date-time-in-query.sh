#!/usr/bin/env bash
# Package:   PyPI aiopenapi3 0.11.0
# Input:     a call with the id a/b in the path and a datetime for a query parameter of the format date-time
# Expected:  /users/a%2Fb?since=2026-11-30T09%3A00%3A00Z, or another offset (OpenAPI 3.0.3, Data Types: date-time
#            is as in RFC 3339, 5.6; RFC 6570, 3.2.2: a slash in a value is encoded)
# Seen:      the slash is sent as it is, so that it separates segments, and a space stands in place of the T,
#            2026-11-30 on Python 3.11
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
{ python3 -m venv . && bin/pip install --quiet aiopenapi3==0.11.0; } >&2 || exit 2
cat > show.py <<'PROGRAM'
from datetime import datetime, timezone

import aiopenapi3
import httpx2

parameters = [
    {"name": "id", "in": "path", "required": True, "schema": {"type": "string"}},
    {"name": "since", "in": "query", "schema": {"type": "string", "format": "date-time"}},
]
content = {"application/json": {"schema": {"type": "object"}}}
get = {
    "operationId": "get",
    "parameters": parameters,
    "responses": {"200": {"description": "The user.", "content": content}},
}
document = {
    "openapi": "3.0.3",
    "info": {"title": "Users", "version": "1.0.0"},
    "servers": [{"url": "https://api.example.com"}],
    "paths": {"/users/{id}": {"get": get}},
}


def answer(request):
    print(request.url)
    return httpx2.Response(200, json={})


def session(*_arguments, **_options) -> httpx2.Client:
    return httpx2.Client(transport=httpx2.MockTransport(answer))


api = aiopenapi3.OpenAPI("https://api.example.com/openapi.json", document, session_factory=session)
api._.get(parameters={"id": "a/b", "since": datetime(2026, 11, 30, 9, tzinfo=timezone.utc)})
PROGRAM
received=$(bin/python show.py)
echo "$received"
[ "$received" = 'https://api.example.com/users/a/b?since=2026-11-30+09%3A00%3A00%2B00%3A00' ]
