#!/usr/bin/env bash
# Package:   Go github.com/MicahParks/keyfunc/v3 v3.9.2
# Input:     a JWK Set with the Ed25519 key of a tenant and, beside it, an ML-DSA key, which has the type AKP
# Expected:  tokens of the first key are verified (RFC 7517, 5: keys of a type that is not understood should be ignored)
# Seen:      so they are where the set is fetched from its address; the same set as JSON is refused as a whole, and no
#            token is verified. 2026-11-30 on Go 1.26
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
cat > show.go <<'PROGRAM'
package main

import (
	"crypto/ed25519"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"

	"github.com/MicahParks/keyfunc/v3"
	"github.com/golang-jwt/jwt/v5"
)

func main() {
	public, private, err := ed25519.GenerateKey(nil)
	if err != nil {
		panic(err)
	}
	token := jwt.NewWithClaims(jwt.SigningMethodEdDSA, jwt.MapClaims{"sub": "jane"})
	token.Header["kid"] = "now"
	text, err := token.SignedString(private)
	if err != nil {
		panic(err)
	}
	x := base64.RawURLEncoding.EncodeToString(public)
	now := fmt.Sprintf(`{"kty":"OKP","crv":"Ed25519","kid":"now","use":"sig","alg":"EdDSA","x":"%s"}`, x)
	pub := base64.RawURLEncoding.EncodeToString(make([]byte, 1312))
	next := fmt.Sprintf(`{"kty":"AKP","alg":"ML-DSA-44","kid":"next","use":"sig","pub":"%s"}`, pub)
	keys := []byte(`{"keys":[` + now + "," + next + `]}`)

	answer := func(response http.ResponseWriter, _ *http.Request) { response.Write(keys) }
	server := httptest.NewServer(http.HandlerFunc(answer))
	defer server.Close()
	fetched, err := keyfunc.NewDefault([]string{server.URL})
	if err != nil {
		panic(err)
	}
	verified, err := jwt.Parse(text, fetched.Keyfunc)
	fmt.Println("fetched: verified", verified.Valid, err)
	_, err = keyfunc.NewJWKSetJSON(json.RawMessage(keys))
	fmt.Println("as JSON:", strings.Split(err.Error(), "\n")[0])
}
PROGRAM
{
  go mod init show
  go get github.com/MicahParks/keyfunc/v3@v3.9.2 github.com/golang-jwt/jwt/v5@v5.3.1
} >&2 || exit 2
received=$(go run show.go)
echo "$received"
[ "$received" = 'fetched: verified true <nil>
as JSON: failed to create a slice of JWK from JWKSMarshal: failed to unmarshal JWK: unsupported key: AKP (kty)' ]
