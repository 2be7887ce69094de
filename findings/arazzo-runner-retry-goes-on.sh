#!/usr/bin/env bash
# Package:   PyPI arazzo-runner 0.9.6
# Input:     a workflow that creates a role and lists the roles; where the first step fails it is to be tried again, at
#            most three times. The server answers 503 once, and 201 from then on
# Expected:  POST, POST, GET (Arazzo 1.0, Failure Action Object: retry means that the current step is retried)
# Seen:      the failed step is not sent again, the next one follows, and the workflow is complete, without a role,
#            2026-11-30 on Python 3.11
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
{ python3 -m venv . && bin/pip install --quiet arazzo-runner==0.9.6; } >&2 || exit 2
cat > show.py <<'PROGRAM'
import logging
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

from arazzo_runner import ArazzoRunner

received = []


class Tenant(BaseHTTPRequestHandler):
    def answer(self):
        self.rfile.read(int(self.headers.get("content-length", 0)))
        received.append(self.command)
        self.send_response(503 if len(received) == 1 else 201 if self.command == "POST" else 200)
        self.send_header("content-type", "application/json")
        self.end_headers()
        self.wfile.write(b"{}")

    do_GET = do_POST = answer

    def log_message(self, *_):
        pass


server = HTTPServer(("127.0.0.1", 0), Tenant)
threading.Thread(target=server.serve_forever, daemon=True).start()

description = {
    "openapi": "3.0.3",
    "info": {"title": "Roles", "version": "1.0.0"},
    "servers": [{"url": f"http://127.0.0.1:{server.server_port}"}],
    "paths": {
        "/roles": {
            "post": {"operationId": "create", "responses": {"201": {"description": "The new role."}}},
            "get": {"operationId": "list", "responses": {"200": {"description": "The roles."}}},
        }
    },
}
create = {
    "stepId": "create",
    "operationId": "create",
    "successCriteria": [{"condition": "$statusCode == 201"}],
    "onFailure": [{"name": "again", "type": "retry", "retryAfter": 0, "retryLimit": 3}],
}
workflow = {
    "arazzo": "1.0.1",
    "info": {"title": "Roles", "version": "1.0.0"},
    "sourceDescriptions": [{"name": "roles", "url": "roles.json", "type": "openapi"}],
    "workflows": [{"workflowId": "roles", "steps": [create, {"stepId": "list", "operationId": "list"}]}],
}
logging.disable()
result = ArazzoRunner(arazzo_doc=workflow, source_descriptions={"roles": description}).execute_workflow("roles")
print(*received, result.status.value)
PROGRAM
received=$(bin/python show.py)
echo "$received"
[ "$received" = 'POST GET workflow_complete' ]
