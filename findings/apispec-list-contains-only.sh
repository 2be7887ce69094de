#!/usr/bin/env bash
# Package:   PyPI apispec 6.10.1 with marshmallow 4.4.0 and jsonschema 4.26.0
# Input:     a list whose entries may be read and write (`ContainsOnly`), and an object that is not empty (`Length`)
# Expected:  a schema that takes what the field takes: an enum in `items`, and minProperties (JSON Schema 2020-12,
#            validation: 6.1.2 an enum lists whole values, 6.3.2 minLength is for texts)
# Seen:      the enum is that of the list, so that no list is valid; the object has a minLength, so that an empty one
#            is valid. 2026-11-30 on Python 3.11
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
{ python3 -m venv . && bin/pip install --quiet apispec==6.10.1 marshmallow==4.4.0 jsonschema==4.26.0; } >&2 || exit 2
cat > show.py <<'PROGRAM'
import json

from apispec import APISpec
from apispec.ext.marshmallow import MarshmallowPlugin
from jsonschema import Draft202012Validator
from marshmallow import Schema, fields, validate


class Grant(Schema):
    actions = fields.List(fields.Str(), validate=validate.ContainsOnly(["read", "write"]))
    labels = fields.Dict(keys=fields.Str(), values=fields.Str(), validate=validate.Length(min=1))


document = APISpec("Grants", "1.0.0", "3.1.0", plugins=[MarshmallowPlugin()])
document.components.schema("Grant", schema=Grant)
properties = document.to_dict()["components"]["schemas"]["Grant"]["properties"]
for name, value in [("actions", ["read"]), ("actions", []), ("labels", {}), ("labels", {"team": "a"})]:
    field = "refuses" if Grant().validate({name: value}) else "takes"
    schema = "takes" if Draft202012Validator(properties[name]).is_valid(value) else "refuses"
    print(f"{name} {json.dumps(value)}: the field {field} it, the schema {schema} it")
PROGRAM
received=$(bin/python show.py)
echo "$received"
[ "$received" = 'actions ["read"]: the field takes it, the schema refuses it
actions []: the field takes it, the schema refuses it
labels {}: the field refuses it, the schema takes it
labels {"team": "a"}: the field takes it, the schema takes it' ]
