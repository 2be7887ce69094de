#!/usr/bin/env bash
# Package:   PyPI mitmproxy 11.0.2
# Input:     a DELETE with a JSON body, saved as HAR and read again, both by mitmproxy
# Expected:  the same body (HAR 1.2 has `postData` for posted data of any method)
# Seen:      no body beside its size and content-length; it stays for a PATCH, 2026-11-28 on Python 3.11
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
{ python3 -m venv . && bin/pip install --quiet mitmproxy==11.0.2; } >&2 || exit 2
cat > show.py <<'PROGRAM'
from mitmproxy import http
from mitmproxy.addons.savehar import SaveHar
from mitmproxy.io.har import request_to_flow
from mitmproxy.test import tflow

for method in ["PATCH", "DELETE"]:
    headers = {"content-type": "application/json"}
    url = "https://tenant.example.com/api/v2/users/auth0%7C1/roles"
    request = http.Request.make(method, url, b'{"roles":["rol_1"]}', headers)
    flow = tflow.tflow(req=request, resp=http.Response.make(204))
    [entry] = SaveHar().make_har([flow])["log"]["entries"]
    again = request_to_flow(entry).request
    print(method, "bodySize", entry["request"]["bodySize"], "body", again.text or "none")
PROGRAM
received=$(bin/python show.py)
echo "$received"
[ "$received" = 'PATCH bodySize 19 body {"roles":["rol_1"]}
DELETE bodySize 19 body none' ]
