#!/usr/bin/env bash
# Package:   Debian pdns-server 4.7.3-2 with pdns-backend-sqlite3, of Debian 12
# Input:     POST /api/v1/servers/localhost/zones?rrsets=maybe with a valid zone, then GET of the zone
# Expected:  422 and 404: what is refused is not made (RFC 9110, 15.5: the request cannot be fulfilled)
# Seen:      422 "'rrsets' request parameter value 'maybe' is not supported", and the zone exists: it is made before the
#            parameter is looked at
set -euo pipefail
folder=$(mktemp -d); trap 'kill "$server" 2>/dev/null || true; rm -rf "$folder"' EXIT; cd "$folder"
server=
{
  apt-get download pdns-server=4.7.3-2 pdns-backend-sqlite3=4.7.3-2 \
    libboost-program-options1.74.0 libluajit-5.1-2 libsodium23 libsqlite3-0 libcurl4 libyaml-cpp0.7
  for package in *.deb; do dpkg-deb -x "$package" root; done
} >&2 || exit 2
libraries="$PWD/root/usr/lib/$(uname -m)-linux-gnu"
port=$(node -e 's = require("net").createServer().listen(0, "127.0.0.1", () => { console.log(s.address().port); s.close() })')
cat > pdns.conf <<CONFIG
launch=gsqlite3
gsqlite3-database=$PWD/zones.db
module-dir=$libraries/pdns
api=yes
api-key=secret
webserver=yes
webserver-address=127.0.0.1
webserver-port=$port
local-address=127.0.0.1
local-port=$((port + 1))
socket-dir=$PWD
setuid=
setgid=
CONFIG
python3 -c 'import sqlite3, sys; sqlite3.connect("zones.db").executescript(open(sys.argv[1]).read())' \
  root/usr/share/pdns-backend-sqlite3/schema/schema.sqlite3.sql
LD_LIBRARY_PATH="$libraries" root/usr/sbin/pdns_server --config-dir="$PWD" --daemon=no --guardian=no > log.txt 2>&1 &
server=$!
zones="http://127.0.0.1:$port/api/v1/servers/localhost/zones"
for _ in $(seq 50); do curl -s -o /dev/null -H 'X-API-Key: secret' "$zones" && break; sleep 0.2; done
refused=$(curl -s -w ' %{http_code}' -H 'X-API-Key: secret' "$zones?rrsets=maybe" \
  --json '{"name":"example.com.","kind":"Native","nameservers":[]}')
read=$(curl -s -o /dev/null -w '%{http_code}' -H 'X-API-Key: secret' "$zones/example.com.")
echo "$refused, then $read"
[ "$refused, then $read" = "{\"error\": \"'rrsets' request parameter value 'maybe' is not supported\"} 422, then 200" ]
