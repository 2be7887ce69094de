#!/usr/bin/env bash
# Package:   Go github.com/casbin/casbin/v3 v3.10.0
# Input:     a policy file with a comma in a quoted field, loaded, saved without a change, and loaded again
# Expected:  the same policy (RFC 4180, 2: fields with commas are enclosed in double quotes)
# Seen:      the file is saved without the quotes, and then is refused as a whole: that rule has four fields now,
#            2026-11-30 on Go 1.26
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
cat > model.conf <<'MODEL'
[request_definition]
r = sub, obj, act
[policy_definition]
p = sub, obj, act
[policy_effect]
e = some(where (p.eft == allow))
[matchers]
m = r.sub == p.sub && r.obj == p.obj && r.act == p.act
MODEL
cat > policy.csv <<'POLICY'
p, jane, "roles, guides", read
p, joe, roles, read
POLICY
cat > show.go <<'PROGRAM'
package main

import (
	"fmt"

	"github.com/casbin/casbin/v3"
)

func main() {
	enforcer, err := casbin.NewEnforcer("model.conf", "policy.csv")
	if err != nil {
		panic(err)
	}
	allowed, _ := enforcer.Enforce("jane", "roles, guides", "read")
	fmt.Println("loaded: jane can read", allowed)
	if err := enforcer.SavePolicy(); err != nil {
		panic(err)
	}
	_, err = casbin.NewEnforcer("model.conf", "policy.csv")
	fmt.Println("saved:", err)
}
PROGRAM
{ go mod init show && go get github.com/casbin/casbin/v3@v3.10.0; } >&2 || exit 2
received=$(
  go run show.go
  cat policy.csv
)
echo "$received"
[ "$received" = 'loaded: jane can read true
saved: invalid policy rule size: expected 3, got 4, rule: [jane roles guides read]
p, jane, roles, guides, read
p, joe, roles, read' ]
