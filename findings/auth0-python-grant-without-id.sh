#!/usr/bin/env bash
# Package:   PyPI auth0-python 6.8.0 (the provider's own SDK)
# Input:     organizations.client_grants.create, and the answer as recordings of real tenants have it, with grant_id
# Expected:  the id of the client grant
# Seen:      the model has only a property for "id", so id is None, 2026-11-28 on Python 3.11
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
python3 -m venv . >&2 && ./bin/pip install --quiet auth0-python==6.8.0 >&2 || exit 2
cat > show.py <<'PROGRAM'
import httpx
from auth0.management import ManagementClient

answer = {"grant_id": "cgr_1", "client_id": "client_1", "audience": "https://api.example.com/", "scope": ["read:tours"]}
transport = httpx.MockTransport(lambda request: httpx.Response(201, json=answer))
client = ManagementClient(domain="tenant.example.com", token="token", httpx_client=httpx.Client(transport=transport))
grant = client.organizations.client_grants.create("org_1", grant_id="cgr_1")
print(f"id: {grant.id}; client_id: {grant.client_id}")
PROGRAM
received=$(./bin/python show.py)
echo "$received"
[ "$received" = 'id: None; client_id: client_1' ]
