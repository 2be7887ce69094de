#!/usr/bin/env bash
# Package:   crates.io auth0-integration 0.6.5, with reqwest 0.12.28
# Input:     get_user_by_email("jane+news@example.com")
# Expected:  a query that says jane+news@example.com: ?email=jane%2Bnews@example.com
# Seen:      ?email=jane+news@example.com, in which a plus is a space: the server looks for
#            "jane news@example.com", 2026-11-29 on Rust 1.95.0
set -euo pipefail
folder=$(mktemp -d); server=; trap '[ -z "$server" ] || kill "$server"; rm -rf "$folder"' EXIT; cd "$folder"
mkdir src
cat > Cargo.toml <<'TOML'
[package]
name = "show"
version = "0.1.0"
edition = "2021"
[dependencies]
auth0-integration = "=0.6.5"
# With the certificates of SSL_CERT_FILE, for a server on this machine.
reqwest = { version = "=0.12.28", default-features = false, features = ["rustls-tls-native-roots"] }
tokio = { version = "1", features = ["full"] }
TOML
cat > src/main.rs <<'PROGRAM'
use auth0_integration::{services::Auth0Client, Auth0Config};

#[tokio::main]
async fn main() {
    let client = Auth0Client::new(&Auth0Config::from_env().unwrap(), "token".to_string());
    client.get_user_by_email("jane+news@example.com").await.unwrap();
}
PROGRAM
cargo build --quiet >&2 || exit 2
openssl req -x509 -newkey rsa:2048 -nodes -days 2 -keyout key.pem -out cert.pem -subj /CN=localhost \
  -addext subjectAltName=DNS:localhost -addext basicConstraints=critical,CA:FALSE 2> /dev/null
cat > server.py <<'PROGRAM'
import http.server, ssl, urllib.parse

class Users(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        query = urllib.parse.urlsplit(self.path).query
        with open('received', 'w') as file:
            file.write(f"sent {query}\nread {urllib.parse.parse_qs(query)['email'][0]}\n")
        self.send_response(200)
        self.send_header('content-type', 'application/json')
        self.send_header('content-length', '2')
        self.end_headers()
        self.wfile.write(b'[]')

    def log_message(self, *_):
        pass

server = http.server.HTTPServer(('127.0.0.1', 0), Users)
context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
context.load_cert_chain('cert.pem', 'key.pem')
server.socket = context.wrap_socket(server.socket, server_side=True)
with open('port', 'w') as file:
    file.write(str(server.server_port))
server.serve_forever()
PROGRAM
python3 server.py & server=$!
until [ -s port ]; do sleep 0.1; done
export SSL_CERT_FILE=$folder/cert.pem AUTH0_DOMAIN=localhost:$(cat port) AUTH0_AUDIENCE=a AUTH0_CLIENT_ID=b AUTH0_CLIENT_SECRET=c
target/debug/show
received=$(cat received)
echo "$received"
[ "$received" = 'sent email=jane+news@example.com
read jane news@example.com' ]
