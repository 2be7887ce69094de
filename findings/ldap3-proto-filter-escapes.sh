#!/usr/bin/env bash
# Package:   crates.io ldap3_proto 0.9.0
# Input:     the examples (o=Parens R Us \28for all your parenthetical needs\29) and (sn=Lu\c4\8di\c4\87) of RFC 4515
# Expected:  the values with parentheses, and Lučić (RFC 4515, 3 and 4: a backslash with two digits is one byte)
# Seen:      a value with a space is a syntax error, and backslashes and digits stay in the other one,
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
ldap3_proto = "=0.9.0"
TOML
cat > src/main.rs <<'PROGRAM'
use ldap3_proto::filter::parse_ldap_filter_str;
use ldap3_proto::proto::LdapFilter;

fn main() {
    for text in [
        "(sn=Lučić)",
        r"(sn=Lu\c4\8di\c4\87)",
        r"(o=Parens R Us \28for all your parenthetical needs\29)",
    ] {
        match parse_ldap_filter_str(text) {
            Ok(LdapFilter::Equality(name, value)) => println!("{text}: {name} is {value}"),
            Ok(_) => println!("{text}: another kind"),
            Err(error) => println!("{text}: an error at {}", error.location),
        }
    }
}
PROGRAM
cargo build --quiet >&2 || exit 2
received=$(target/debug/show)
echo "$received"
[ "$received" = '(sn=Lučić): sn is Lučić
(sn=Lu\c4\8di\c4\87): sn is Lu\c4\8di\c4\87
(o=Parens R Us \28for all your parenthetical needs\29): an error at 1:11' ]
