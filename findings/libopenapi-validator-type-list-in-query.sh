#!/usr/bin/env bash
# Package:   Go github.com/pb33f/libopenapi-validator v0.16.2 with libopenapi v0.42.4
# Input:     an OpenAPI 3.1 document with a query parameter of the type [string, integer], and a request with q=Guide
# Expected:  a valid request: it is a string (JSON Schema, type: one of the types has to fit)
# Seen:      Query parameter 'q' is not a valid integer, 2026-11-28 on Go 1.26
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
cat > show.go <<'PROGRAM'
package main

import (
	"fmt"
	"net/http"
	"strings"

	"github.com/pb33f/libopenapi"
	validator "github.com/pb33f/libopenapi-validator"
)

const document = `
openapi: 3.1.0
info: {title: Roles, version: 1.0.0}
servers: [{url: 'https://tenant.example.com'}]
paths:
  /roles:
    get:
      parameters: [{name: q, in: query, schema: {type: TYPES}}]
      responses: {'200': {description: The roles that were found.}}
`

func main() {
	for _, types := range []string{"string", "[string, integer]"} {
		parsed, err := libopenapi.NewDocument([]byte(strings.Replace(document, "TYPES", types, 1)))
		if err != nil {
			panic(err)
		}
		judge, _ := validator.NewValidator(parsed)
		request, _ := http.NewRequest("GET", "https://tenant.example.com/roles?q=Guide", nil)
		valid, problems := judge.ValidateHttpRequest(request)
		fmt.Println(types, valid)
		for _, problem := range problems {
			fmt.Println(problem.Message)
		}
	}
}
PROGRAM
{ go mod init show && go get github.com/pb33f/libopenapi-validator@v0.16.2 github.com/pb33f/libopenapi@v0.42.4; } >&2 || exit 2
received=$(go run show.go)
echo "$received"
[ "$received" = "string true
[string, integer] false
Query parameter 'q' is not a valid integer" ]
