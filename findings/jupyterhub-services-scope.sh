#!/usr/bin/env bash
# Package:   PyPI jupyterhub 6.1.1
# Input:     GET /services with a token that has the scope that the hub's own OpenAPI document names for it
# Expected:  200
# Seen:      the document says read:services, which gets 403; list:services, which it does not name, gets 200,
#            2026-11-30 on Python 3.11
set -euo pipefail
folder=$(mktemp -d); hub=''
trap '[ -z "$hub" ] || kill "$hub" 2>/dev/null || true; rm -rf "$folder"' EXIT; cd "$folder"
{ python3 -m venv . &&
  bin/pip install --quiet jupyterhub==6.1.1 pyyaml==6.0.3 &&
  bin/pip download --quiet --no-deps --no-binary jupyterhub jupyterhub==6.1.1 &&
  tar -xzf jupyterhub-6.1.1.tar.gz jupyterhub-6.1.1/docs/source/_static/rest-api.yml; } >&2 || exit 2
port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
cat > config.py <<CONFIG
from jupyterhub.proxy import Proxy


class NoProxy(Proxy):
    should_start = False

    async def add_route(self, *arguments): pass
    async def delete_route(self, *arguments): pass
    async def get_all_routes(self): return {}


c = get_config()
c.JupyterHub.proxy_class = NoProxy
c.JupyterHub.hub_ip = "127.0.0.1"
c.JupyterHub.hub_port = $port
c.JupyterHub.db_url = "sqlite://"
c.JupyterHub.authenticator_class = "dummy"
c.Authenticator.allow_all = True
c.JupyterHub.services = [
    {"name": "reader", "api_token": "reader-0123456789abcdef0123456789"},
    {"name": "lister", "api_token": "lister-0123456789abcdef0123456789"},
]
c.JupyterHub.load_roles = [
    {"name": "of-reader", "services": ["reader"], "scopes": ["read:services"]},
    {"name": "of-lister", "services": ["lister"], "scopes": ["list:services"]},
]
CONFIG
bin/jupyterhub -f config.py > hub.log 2>&1 & hub=$!
api=http://127.0.0.1:$port/hub/api
for _ in $(seq 60); do curl -sf "$api/" > up.json 2>/dev/null && break; sleep 0.5; done
status() { curl -so /dev/null -w '%{http_code}' -H "Authorization: token $1-0123456789abcdef0123456789" "$api/services"; }
received="document: $(bin/python -c '
import yaml
with open("jupyterhub-6.1.1/docs/source/_static/rest-api.yml") as file:
    print(yaml.safe_load(file)["paths"]["/services"]["get"]["security"])')
read:services: $(status reader)
list:services: $(status lister)"
echo "$received"
[ "$received" = "document: [{'oauth2': ['read:services']}]
read:services: 403
list:services: 200" ]
