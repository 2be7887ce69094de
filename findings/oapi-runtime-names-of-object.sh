#!/usr/bin/env bash
# Package:   Go github.com/oapi-codegen/runtime v1.9.0
# Input:     an object in the query with a member that is named R&D, in the styles form and deepObject
# Expected:  the name is percent-encoded, as the value is: R%26D=x%26y and filter[R%26D]=x%26y (RFC 6570, 3.2.1: the
#            names of a map are expanded as the values are)
# Seen:      so it is in deepObject; in the style form the name is written as it is, and a server reads two parameters,
#            2026-11-30 on Go 1.26
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
cat > show.go <<'PROGRAM'
package main

import (
	"fmt"
	"net/url"

	"github.com/oapi-codegen/runtime"
)

func main() {
	for _, style := range []string{"deepObject", "form"} {
		filter := map[string]any{"R&D": "x&y"}
		query, err := runtime.StyleParamWithLocation(style, true, "filter", runtime.ParamLocationQuery, filter)
		if err != nil {
			panic(err)
		}
		read, err := url.ParseQuery(query)
		fmt.Println(query, "is read as", read, err)
	}
}
PROGRAM
{ go mod init show; go get github.com/oapi-codegen/runtime@v1.9.0; } >&2 || exit 2
received=$(go run show.go)
echo "$received"
[ "$received" = 'filter[R%26D]=x%26y is read as map[filter[R&D]:[x&y]] <nil>
R&D=x%26y is read as map[D:[x&y] R:[]] <nil>' ]
