#!/usr/bin/env bash
# Package:   PyPI vcrpy 8.0.0 with requests 2.32.5 and urllib3 2.8.0, default options
# Input:     one GET, whose response is JSON compressed with gzip
# Expected:  the cassette holds the compressed bytes, or the text without content-encoding
# Seen:      it holds the decoded text, beside content-encoding: gzip and the compressed content-length;
#            2026-11-28 on Python 3.11
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
{ python3 -m venv . && bin/pip install --quiet vcrpy==8.0.0 requests==2.32.5 urllib3==2.8.0; } >&2 || exit 2
cat > show.py <<'PROGRAM'
import gzip
import http.server
import threading

import requests
import vcr
import yaml


class Roles(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        body = gzip.compress(b'{"name":"Guide"}', mtime=0)
        self.send_response(200)
        self.send_header('content-type', 'application/json')
        self.send_header('content-encoding', 'gzip')
        self.send_header('content-length', str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


server = http.server.HTTPServer(('127.0.0.1', 0), Roles)
threading.Thread(target=server.serve_forever, daemon=True).start()
with vcr.use_cassette('roles.yaml'):
    requests.get(f'http://127.0.0.1:{server.server_port}/roles/rol_1')
with open('roles.yaml') as file:
    response = yaml.safe_load(file)['interactions'][0]['response']
headers = response['headers']
print(response['body']['string'], headers['content-encoding'], headers['content-length'])
PROGRAM
received=$(bin/python show.py)
echo "$received"
[ "$received" = "{\"name\":\"Guide\"} ['gzip'] ['36']" ]
