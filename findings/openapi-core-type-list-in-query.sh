#!/usr/bin/env bash
# Package:   PyPI openapi-core 0.23.1 with jsonschema-path 0.4.6
# Input:     an OpenAPI 3.1 document with a query parameter of the type [integer, 'null'], and a request with page=5
# Expected:  the parameter 5
# Seen:      TypeError: Expected a string value, got <class 'list'>, 2026-11-28 on Python 3.11
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
{ python3 -m venv . && bin/pip install --quiet openapi-core==0.23.1 jsonschema-path==0.4.6 requests==2.32.5; } >&2 || exit 2
cat > show.py <<'PROGRAM'
import requests
from openapi_core import OpenAPI
from openapi_core.contrib.requests import RequestsOpenAPIRequest

for type_ in ["integer", ["integer", "null"]]:
    parameter = {"name": "page", "in": "query", "schema": {"type": type_}}
    get = {"parameters": [parameter], "responses": {"200": {"description": "Roles."}}}
    document = {"openapi": "3.1.0", "info": {"title": "Roles", "version": "1"}, "paths": {"/roles": {"get": get}}}
    document["servers"] = [{"url": "https://tenant.example.com"}]
    request = requests.Request("GET", "https://tenant.example.com/roles?page=5").prepare()
    try:
        print(OpenAPI.from_dict(document).unmarshal_request(RequestsOpenAPIRequest(request)).parameters.query)
    except TypeError as error:
        print(f"TypeError: {error}")
PROGRAM
received=$(bin/python show.py)
echo "$received"
[ "$received" = "{'page': 5}
TypeError: Expected a string value, got <class 'list'>" ]
