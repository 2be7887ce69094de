#!/usr/bin/env bash
# Package:   PyPI ldap3 2.9.1
# Input:     distinguished names with an equals sign in a value, an OID for the type, and a value in hexadecimal
# Expected:  all are read (RFC 4514, 2.4 and 3: an equals sign in a value needs no backslash, a type is a name or a
#            dotted OID, and a value that begins with # is in hexadecimal; the last name is an example in section 4)
# Seen:      LDAPInvalidDnError for each; only the name with a backslash is read, 2026-11-30 on Python 3.11
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
{ python3 -m venv . && bin/pip install --quiet ldap3==2.9.1; } >&2 || exit 2
cat > show.py <<'PROGRAM'
from ldap3.core.exceptions import LDAPInvalidDnError
from ldap3.utils.dn import parse_dn

names = ["cn=role\\=admin", "cn=role=admin", "2.5.4.3=jane", "1.3.6.1.4.1.1466.0=#04024869"]
for name in names:
    try:
        print(f"{name}: {len(parse_dn(name))} part")
    except LDAPInvalidDnError as error:
        print(f"{name}: {error}")
PROGRAM
received=$(bin/python show.py)
echo "$received"
[ "$received" = "cn=role\\=admin: 1 part
cn=role=admin: special character = must be escaped
2.5.4.3=jane: character '.' not allowed in attribute type
1.3.6.1.4.1.1466.0=#04024869: character '.' not allowed in attribute type" ]
