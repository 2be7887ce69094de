#!/usr/bin/env bash
# Package:   PyPI scim2-filter-parser 0.7.0
# Input:     the SCIM filter `userName eq "jane" or title eq "Lead" and active eq true`
# Expected:  jane, and the active leads (RFC 7644, 3.4.2.2: "and" takes precedence over "or")
# Seen:      the SQL says (jane or lead) and active, so that jane, who is not active, is not found; with the parentheses
#            that the rule makes unnecessary she is. 2026-11-30 on Python 3.11
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
{ python3 -m venv . && bin/pip install --quiet scim2-filter-parser==0.7.0; } >&2 || exit 2
cat > show.py <<'PROGRAM'
import sqlite3

from scim2_filter_parser.queries import SQLQuery

users = sqlite3.connect(":memory:")
users.execute("CREATE TABLE users (name, title, active)")
users.executemany("INSERT INTO users VALUES (?, ?, ?)", [("jane", "Clerk", "FALSE"), ("joe", "Lead", "TRUE")])
columns = {(name, None, None): column for name, column in [("userName", "name"), ("title", "title"), ("active", "active")]}
for filter in [
    'userName eq "jane" or title eq "Lead" and active eq true',
    'userName eq "jane" or (title eq "Lead" and active eq true)',
]:
    query = SQLQuery(filter, "users", columns)
    where = query.where_sql.format(**{name: f":{name}" for name in query.params_dict})
    found = users.execute(f"SELECT name FROM users WHERE {where} ORDER BY name", query.params_dict)
    print(filter)
    print(" ", where, "finds", *[name for [name] in found])
PROGRAM
received=$(bin/python show.py)
echo "$received"
[ "$received" = 'userName eq "jane" or title eq "Lead" and active eq true
  ((UPPER(name) = UPPER(:a)) OR (title = :b)) AND (active = :c) finds joe
userName eq "jane" or (title eq "Lead" and active eq true)
  (UPPER(name) = UPPER(:a)) OR ((title = :b) AND (active = :c)) finds jane joe' ]
