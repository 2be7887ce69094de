#!/usr/bin/env bash
# Package:   Go github.com/elimity-com/scim v0.0.0-20260728105928-2641426a1539
# Input:     a user without members of the enterprise extension, read as a whole and with attributes=userName
# Expected:  `schemas` with the URN of the core schema (RFC 7643, 3: the schemas of the attributes that are present),
#            and with attributes=userName no displayName (RFC 7644, 3.9)
# Seen:      the extension is in `schemas` of each user, and displayName is there, 2026-11-30 on Go 1.26
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
cat > show.go <<'PROGRAM'
package main

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"

	"github.com/elimity-com/scim"
	"github.com/elimity-com/scim/schema"
)

type users struct{ scim.ResourceHandler }

func (users) Get(_ *http.Request, id string) (scim.Resource, error) {
	attributes := scim.ResourceAttributes{"userName": "jane", "displayName": "Jane Doe"}
	return scim.Resource{ID: id, Attributes: attributes}, nil
}

func main() {
	user := scim.ResourceType{
		Name:             "User",
		Endpoint:         "/Users",
		Schema:           schema.CoreUserSchema(),
		SchemaExtensions: []scim.SchemaExtension{{Schema: schema.ExtensionEnterpriseUser()}},
		Handler:          users{},
	}
	server, err := scim.NewServer(&scim.ServerArgs{
		ServiceProviderConfig: &scim.ServiceProviderConfig{},
		ResourceTypes:         []scim.ResourceType{user},
	})
	if err != nil {
		panic(err)
	}
	for _, path := range []string{"/Users/1", "/Users/1?attributes=userName"} {
		recorder := httptest.NewRecorder()
		server.ServeHTTP(recorder, httptest.NewRequest("GET", path, nil))
		var found map[string]any
		if err := json.Unmarshal(recorder.Body.Bytes(), &found); err != nil {
			panic(err)
		}
		for _, name := range found["schemas"].([]any) {
			fmt.Println(path, name)
		}
		fmt.Println(path, found["displayName"])
	}
}
PROGRAM
{ go mod init show; go get github.com/elimity-com/scim@v0.0.0-20260728105928-2641426a1539; } >&2 || exit 2
received=$(go run show.go)
echo "$received"
[ "$received" = '/Users/1 urn:ietf:params:scim:schemas:core:2.0:User
/Users/1 urn:ietf:params:scim:schemas:extension:enterprise:2.0:User
/Users/1 Jane Doe
/Users/1?attributes=userName urn:ietf:params:scim:schemas:core:2.0:User
/Users/1?attributes=userName urn:ietf:params:scim:schemas:extension:enterprise:2.0:User
/Users/1?attributes=userName Jane Doe' ]
