#!/usr/bin/env bash
# Package:   Go github.com/peterhellberg/link v1.2.0
# Input:     a Link header whose next page has a comma in its query: </users?fields=email,name&page=2>; rel="next"
# Expected:  that address, as it is (RFC 8288, 3: the target is what stands between the angle brackets; RFC 3986, 2.2:
#            a comma may be there as it is)
# Seen:      the comma is gone, so that the next page has a field "emailname"; encoded as %2C it stays,
#            2026-11-30 on Go 1.26
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
cat > show.go <<'PROGRAM'
package main

import (
	"fmt"

	"github.com/peterhellberg/link"
)

func main() {
	for _, separator := range []string{",", "%2C"} {
		target := "/users?fields=email" + separator + "name&page=2"
		fmt.Println(target, "is read as", link.Parse("<"+target+">; rel=\"next\"")["next"])
	}
}
PROGRAM
{ go mod init show && go get github.com/peterhellberg/link@v1.2.0; } >&2 || exit 2
received=$(go run show.go)
echo "$received"
[ "$received" = '/users?fields=email,name&page=2 is read as /users?fields=emailname&page=2
/users?fields=email%2Cname&page=2 is read as /users?fields=email%2Cname&page=2' ]
