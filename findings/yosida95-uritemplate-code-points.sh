#!/usr/bin/env bash
# Package:   Go github.com/yosida95/uritemplate/v3 v3.0.2
# Input:     {?name} with the names José and 漢, and {+path} with the path a%2Fb
# Expected:  ?name=Jos%C3%A9, ?name=%E6%BC%A2 and a%2Fb (RFC 6570, 3.2.1: characters that are not allowed are encoded as
#            the percent-encoded octets of their UTF-8 form; what is percent-encoded already stays in {+path})
# Seen:      the code points are encoded instead, with two digits for each of their bytes that is not zero, and the
#            percent sign once more, 2026-11-30 on Go 1.26
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
cat > show.go <<'PROGRAM'
package main

import (
	"fmt"

	"github.com/yosida95/uritemplate/v3"
)

func main() {
	for _, pair := range [][2]string{{"{?name}", "José"}, {"{?name}", "漢"}, {"{+path}", "a%2Fb"}} {
		template := uritemplate.MustNew(pair[0])
		values := uritemplate.Values{}
		values.Set(template.Varnames()[0], uritemplate.String(pair[1]))
		expanded, err := template.Expand(values)
		fmt.Println(pair[1], expanded, err)
	}
}
PROGRAM
{ go mod init show; go get github.com/yosida95/uritemplate/v3@v3.0.2; } >&2 || exit 2
received=$(go run show.go)
echo "$received"
[ "$received" = 'José ?name=Jos%E9 <nil>
漢 ?name=%6F%22 <nil>
a%2Fb a%252Fb <nil>' ]
