#!/usr/bin/env bash
# Package:   PyPI openapi-core 0.23.1 with jsonschema-path 0.4.6
# Input:     a request for /users/auth0%7C1, whose parameter has the pattern ^auth0\|
# Expected:  no error, and the parameter auth0|1: it is percent-encoded in the URL alone (OpenAPI 3.1, Parameter Object)
# Seen:      the encoded text is judged, so the pattern does not match, and maxLength counts it; it is also what the
#            application gets, 2026-11-28 on Python 3.11
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
{ python3 -m venv . && bin/pip install --quiet openapi-core==0.23.1 jsonschema-path==0.4.6 requests==2.32.5; } >&2 || exit 2
cat > show.py <<'PROGRAM'
import requests
from openapi_core import OpenAPI
from openapi_core.contrib.requests import RequestsOpenAPIRequest

for schema in [{"type": "string"}, {"type": "string", "pattern": "^auth0\\|"}, {"type": "string", "maxLength": 7}]:
    parameter = {"name": "id", "in": "path", "required": True, "schema": schema}
    get = {"parameters": [parameter], "responses": {"200": {"description": "A user."}}}
    document = {"openapi": "3.1.0", "info": {"title": "Users", "version": "1"}, "paths": {"/users/{id}": {"get": get}}}
    document["servers"] = [{"url": "https://tenant.example.com"}]
    request = requests.Request("GET", "https://tenant.example.com/users/auth0%7C1").prepare()
    result = OpenAPI.from_dict(document).unmarshal_request(RequestsOpenAPIRequest(request))
    print(result.parameters.path or type(result.errors[0].__cause__).__name__)
PROGRAM
received=$(bin/python show.py)
echo "$received"
[ "$received" = "{'id': 'auth0%7C1'}
InvalidSchemaValue
InvalidSchemaValue" ]
