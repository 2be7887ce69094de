#!/usr/bin/env bash
# Package:   PyPI prance 26.7.19.0 with openapi-spec-validator 0.9.0
# Input:     an OpenAPI document with the schema of a SCIM user, whose manager has a property that is named $ref
# Expected:  the document as it is (OpenAPI 3.0.3, Schema Object: the names of properties are free; RFC 7643, 4.3: the
#            manager of a user has a member `$ref`)
# Seen:      an error, as the schema of the property is taken for the address of a reference, 2026-11-30 on Python 3.11
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
{ python3 -m venv . && bin/pip install --quiet prance==26.7.19.0 openapi-spec-validator==0.9.0; } >&2 || exit 2
cat > show.py <<'PROGRAM'
import json

import prance

content = {"application/json": {"schema": {"$ref": "#/components/schemas/User"}}}
for file_name, name in [("other.json", "reference"), ("scim.json", "$ref")]:
    manager = {"type": "object", "properties": {name: {"type": "string", "format": "uri-reference"}}}
    user = {"type": "object", "properties": {"manager": manager}}
    document = {
        "openapi": "3.0.3",
        "info": {"title": "Users", "version": "1.0.0"},
        "paths": {"/users/me": {"get": {"responses": {"200": {"description": "The user.", "content": content}}}}},
        "components": {"schemas": {"User": user}},
    }
    with open(file_name, "w") as file:
        json.dump(document, file)
    try:
        prance.ResolvingParser(file_name, backend="openapi-spec-validator")
        print(f"{name}: read")
    except prance.util.url.ResolutionError as error:
        print(f"{name}: {error}")
PROGRAM
received=$(bin/python show.py)
echo "$received"
[ "$received" = "reference: read
\$ref: 'dict' object has no attribute 'decode' -- Unable to parse url: {'type': 'string', 'format': 'uri-reference'}" ]
