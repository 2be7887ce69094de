#!/usr/bin/env bash
# Package:   PyPI auth0-python 4.13.0 (the provider's own SDK)
# Input:     client_grants.all(allow_any_organization=False), a bool as its signature says
# Expected:  allow_any_organization=false, as the API has it and as the SDK sends include_totals
# Seen:      allow_any_organization=False, 2026-11-28 on Python 3.11
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
python3 -m venv . >&2 && ./bin/pip install --quiet auth0-python==4.13.0 >&2 || exit 2
cat > show.py <<'PROGRAM'
import requests
from auth0.management import Auth0


def show(self, request, **options):
    print(request.url.partition("?")[2])
    response = requests.Response()
    response.status_code = 200
    response._content = b"[]"
    response.headers["content-type"] = "application/json"
    return response


requests.Session.send = show
Auth0("tenant.example.com", "token").client_grants.all(allow_any_organization=False)
PROGRAM
received=$(./bin/python show.py)
echo "$received"
[ "$received" = 'include_totals=false&allow_any_organization=False' ]
