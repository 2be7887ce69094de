#!/usr/bin/env bash
# Package:   crates.io scim-filter 0.2.3
# Input:     emails[type eq "work" and value co "home.example"], where the address at home.example is not the work one
# Expected:  nobody (RFC 7644, 3.4.2.2, table 5: what is in the brackets applies to the same value of the attribute)
# Seen:      the user, as the type of one email and the value of another one count together; a comparison with an empty
#            text is an error, 2026-11-30 on Rust 1.95.0
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
mkdir src
cat > Cargo.toml <<'TOML'
[package]
name = "show"
version = "0.1.0"
edition = "2021"
[dependencies]
scim-filter = "=0.2.3"
serde_json = "1"
TOML
cat > src/main.rs <<'PROGRAM'
use serde_json::json;

fn main() {
    let work = json!({ "type": "work", "value": "jane@work.example" });
    let home = json!({ "type": "home", "value": "jane@home.example" });
    let users = vec![json!({ "userName": "jane", "title": "", "emails": [work, home] })];
    for filter in [
        r#"emails[type eq "work" and value co "work.example"]"#,
        r#"emails[type eq "work" and value co "home.example"]"#,
        r#"title eq """#,
    ] {
        match scim_filter::scim_filter(filter, users.clone()) {
            Ok(found) => println!("{filter}: {} found", found.len()),
            Err(_) => println!("{filter}: an error"),
        }
    }
}
PROGRAM
cargo build --quiet >&2 || exit 2
received=$(target/debug/show)
echo "$received"
[ "$received" = 'emails[type eq "work" and value co "work.example"]: 1 found
emails[type eq "work" and value co "home.example"]: 1 found
title eq "": an error' ]
