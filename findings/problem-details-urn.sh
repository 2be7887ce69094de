#!/usr/bin/env bash
# Package:   crates.io problem_details 0.11.0
# Input:     problems whose type is a URN, a tag URI, an https address and a path
# Expected:  all four are read (RFC 9457, 3.1.1: the type is a URI reference, and may be one that resolves to nothing,
#            such as a tag URI)
# Seen:      the URN and the tag URI are refused, and with them the status and the detail of the problem,
#            2026-11-30 on Rust 1.95.0
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
mkdir src
cat > Cargo.toml <<'TOML'
[package]
name = "show"
version = "0.1.0"
edition = "2021"
[dependencies]
problem_details = "=0.11.0"
serde_json = "1"
TOML
cat > src/main.rs <<'PROGRAM'
use problem_details::ProblemDetails;

fn main() {
    for kind in ["urn:example:no-scope", "tag:example.com,2026:no-scope", "https://example.com/no-scope", "/no-scope"] {
        let problem = format!(r#"{{"type":"{kind}","status":403,"detail":"The token lacks a scope."}}"#);
        match serde_json::from_str::<ProblemDetails>(&problem) {
            Ok(problem) => println!("{kind}: {}", problem.detail.unwrap()),
            Err(error) => println!("{kind}: {}", error.to_string().split(", expected").next().unwrap()),
        }
    }
}
PROGRAM
cargo build --quiet >&2 || exit 2
received=$(target/debug/show)
echo "$received"
[ "$received" = 'urn:example:no-scope: invalid value: string "urn:example:no-scope"
tag:example.com,2026:no-scope: invalid value: string "tag:example.com,2026:no-scope"
https://example.com/no-scope: The token lacks a scope.
/no-scope: The token lacks a scope.' ]
