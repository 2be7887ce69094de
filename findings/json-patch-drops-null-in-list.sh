#!/usr/bin/env bash
# Package:   Go github.com/evanphx/json-patch/v5 v5.9.11
# Input:     the merge patch {"rules":[{"name":"a","until":null}]}, for documents with and without rules
# Expected:  in each case the list of the patch, null included (RFC 7396, 2: a part of the patch that is not an object
#            replaces the target as it is)
# Seen:      "until" is removed from the list; only where the document had an object in its place the null is kept,
#            2026-11-30 on Go 1.26
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
cat > show.go <<'PROGRAM'
package main

import (
	"fmt"

	jsonpatch "github.com/evanphx/json-patch/v5"
)

func main() {
	for _, document := range []string{`{"rules":[]}`, `{"rules":{"b":1}}`, `{}`} {
		merged, err := jsonpatch.MergePatch([]byte(document), []byte(`{"rules":[{"name":"a","until":null}]}`))
		if err != nil {
			panic(err)
		}
		fmt.Println(document, "becomes", string(merged))
	}
}
PROGRAM
{ go mod init show && go get github.com/evanphx/json-patch/v5@v5.9.11; } >&2 || exit 2
received=$(go run show.go)
echo "$received"
[ "$received" = '{"rules":[]} becomes {"rules":[{"name":"a"}]}
{"rules":{"b":1}} becomes {"rules":[{"name":"a","until":null}]}
{} becomes {"rules":[{"name":"a"}]}' ]
