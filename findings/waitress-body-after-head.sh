#!/usr/bin/env bash
# Package:   PyPI waitress 3.0.2 with Django 5.2.19
# Input:     HEAD / to a view that answers GET with JSON, as Django's views answer HEAD without a method of their own
# Expected:  the headers alone (RFC 9110, section 9.3.2); Django leaves the rest to the server, as its own one does
# Seen:      the headers, then the body of GET in chunks, 2026-11-29 on Python 3.11
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
{ python3 -m venv . && bin/pip install --quiet waitress==3.0.2 django==5.2.19; } >&2 || exit 2
cat > show.py <<'PROGRAM'
import socket, threading
from django.conf import settings

settings.configure(SECRET_KEY="x", ALLOWED_HOSTS=["*"], ROOT_URLCONF=__name__)
from django.core.wsgi import get_wsgi_application
from django.http import JsonResponse
from django.urls import path
from waitress.server import create_server

urlpatterns = [path("", lambda request: JsonResponse({"calm": True}))]
server = create_server(get_wsgi_application(), host="127.0.0.1", port=0)
threading.Thread(target=server.run, daemon=True).start()
with socket.create_connection(("127.0.0.1", server.effective_port)) as connection:
    connection.sendall(b"HEAD / HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n")
    received = b"".join(iter(lambda: connection.recv(4096), b""))
print(received.decode().partition("\r\n\r\n")[2].split())
PROGRAM
received=$(bin/python show.py)
echo "$received"
[ "$received" = "['E', '{\"calm\":', 'true}', '0']" ]
