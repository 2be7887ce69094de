#!/usr/bin/env bash
# Package:   Go github.com/go-ldap/ldif v0.0.0-20250910174327-aa3bc3095c92 with github.com/go-ldap/ldap/v3 v3.4.15
# Input:     an entry whose values begin and end with a space, written as LDIF and read again
# Expected:  both in base64, and read as they were (RFC 2849: a SAFE-STRING does not begin with a space, and values that
#            end with one should be encoded)
# Seen:      only the second one is; the space at the beginning is written as it is, and is lost when it is read,
#            2026-11-30 on Go 1.26
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
cat > show.go <<'PROGRAM'
package main

import (
	"fmt"

	"github.com/go-ldap/ldap/v3"
	"github.com/go-ldap/ldif"
)

func main() {
	for _, value := range []string{" Guide", "Guide "} {
		entry := ldap.NewEntry("cn=jane,dc=example", map[string][]string{"title": {value}})
		text, err := ldif.Marshal(&ldif.LDIF{Entries: []*ldif.Entry{{Entry: entry}}})
		if err != nil {
			panic(err)
		}
		read, err := ldif.Parse(text)
		if err != nil {
			panic(err)
		}
		fmt.Printf("%q is read as %q\n", value, read.Entries[0].Entry.GetAttributeValue("title"))
	}
}
PROGRAM
{
  go mod init show
  go get github.com/go-ldap/ldif@v0.0.0-20250910174327-aa3bc3095c92 github.com/go-ldap/ldap/v3@v3.4.15
} >&2 || exit 2
received=$(go run show.go)
echo "$received"
[ "$received" = '" Guide" is read as "Guide"
"Guide " is read as "Guide "' ]
