#!/usr/bin/env bash
# Package:   Go github.com/scim2/filter-parser/v2 v2.3.1
# Input:     filters with the JSON strings "Jane \"JD\" Doe" and "Jos\u00e9", and a filter with null
# Expected:  the values Jane "JD" Doe and José (RFC 7644, 3.4.2.2: a value to compare with is JSON), and a text of the
#            parsed filter that can be parsed again
# Seen:      the backslashes stay in the value, \u00e9 is a syntax error, and null is not written,
#            2026-11-30 on Go 1.26
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
cat > show.go <<'PROGRAM'
package main

import (
	"fmt"

	filter "github.com/scim2/filter-parser/v2"
)

func main() {
	texts := []string{`displayName eq "Jane \"JD\" Doe"`, `displayName eq "Jos\u00e9"`, `displayName eq null`}
	for _, text := range texts {
		parsed, err := filter.ParseFilter([]byte(text))
		if err != nil {
			fmt.Printf("%s: an error\n", text)
			continue
		}
		fmt.Printf("%s: %v, written as %s\n", text, parsed.(*filter.AttributeExpression).CompareValue, parsed)
	}
}
PROGRAM
{ go mod init show; go get github.com/scim2/filter-parser/v2@v2.3.1; } >&2 || exit 2
received=$(go run show.go)
echo "$received"
[ "$received" = 'displayName eq "Jane \"JD\" Doe": Jane \"JD\" Doe, written as displayName eq "Jane \\\"JD\\\" Doe"
displayName eq "Jos\u00e9": an error
displayName eq null: <nil>, written as displayName eq' ]
