#!/usr/bin/env bash
# Package:   PyPI regopy 1.5.2
# Input:     object.union of the default limits of a tenant and its own, where both are in a member "limits"
# Expected:  all limits, and where a name is in both that of the second object (policy language of OPA, built-in
#            functions: object.union is recursive)
# Seen:      the limits of the second object alone, since only the first level is united, 2026-11-30 on Python 3.11
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
{ python3 -m venv . && bin/pip install --quiet regopy==1.5.2; } >&2 || exit 2
cat > show.py <<'PROGRAM'
import json

from regopy import Interpreter

rego = Interpreter()
flat = '{"read": 5, "write": 2}', '{"read": 9}'
nested = '{"limits": {"read": 5, "write": 2}}', '{"limits": {"read": 9}}'
for defaults, own in [flat, nested]:
    answer = json.loads(str(rego.query(f"x = object.union({defaults}, {own})")))
    print(defaults, "and", own, "are", json.dumps(answer["bindings"]["x"]))
PROGRAM
received=$(bin/python show.py)
echo "$received"
[ "$received" = '{"read": 5, "write": 2} and {"read": 9} are {"read": 9, "write": 2}
{"limits": {"read": 5, "write": 2}} and {"limits": {"read": 9}} are {"limits": {"read": 9}}' ]
