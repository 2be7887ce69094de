#!/usr/bin/env bash
# Package:   PyPI uritemplate 4.2.0
# Input:     the URI template `/roles{?page,per_page}` with the numbers 0 and 50, and `/roles/{page}` with 0
# Expected:  /roles?page=0&per_page=50 (RFC 6570, 3.2.8; a variable that has a value is not empty)
# Seen:      in a query a zero is left out, as if the value were an empty text; in a path, in a list and as the text "0"
#            it is there. 2026-11-30 on Python 3.11
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
{ python3 -m venv . && bin/pip install --quiet uritemplate==4.2.0; } >&2 || exit 2
cat > show.py <<'PROGRAM'
from uritemplate import expand

print(expand("/roles{?page,per_page}", page=0, per_page=50))
print(expand("/roles{?page,per_page}", page="0", per_page=50))
print(expand("/roles{?page*}", page=[0, 1]))
print(expand("/roles/{page}", page=0))
PROGRAM
received=$(bin/python show.py)
echo "$received"
[ "$received" = '/roles?page=&per_page=50
/roles?page=0&per_page=50
/roles?page=0&page=1
/roles/0' ]
