#!/usr/bin/env bash
# Package:   Go github.com/hairyhenderson/go-codeowners v0.7.1, beside github.com/hmarr/codeowners v1.2.1
# Input:     a CODEOWNERS file with /apps/ @apps, then /apps/github without an owner, and docs/* @docs
# Expected:  nobody owns apps/github/main.go and api/docs/a.md (GitHub, About code owners: a subdirectory whose owners
#            are left empty has none; the rules of gitignore: a pattern with a slash within starts at the root)
# Seen:      go-codeowners answers @apps and @docs, the other library nobody, 2026-11-30 on Go 1.26
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
cat > show.go <<'PROGRAM'
package main

import (
	"fmt"
	"strings"

	hairyhenderson "github.com/hairyhenderson/go-codeowners"
	hmarr "github.com/hmarr/codeowners"
)

const rules = "/apps/ @apps\n/apps/github\ndocs/* @docs\n"

func main() {
	owners, err := hairyhenderson.FromReader(strings.NewReader(rules), "/repository")
	if err != nil {
		panic(err)
	}
	other, err := hmarr.ParseFile(strings.NewReader(rules))
	if err != nil {
		panic(err)
	}
	for _, file := range []string{"apps/web/main.go", "apps/github/main.go", "docs/a.md", "api/docs/a.md"} {
		otherOwners := []hmarr.Owner{}
		if rule, err := other.Match(file); err == nil && rule != nil {
			otherOwners = append(otherOwners, rule.Owners...)
		}
		fmt.Println(file, owners.Owners(file), otherOwners)
	}
}
PROGRAM
{
  go mod init show
  go get github.com/hairyhenderson/go-codeowners@v0.7.1 github.com/hmarr/codeowners@v1.2.1
} >&2 || exit 2
received=$(go run show.go)
echo "$received"
[ "$received" = 'apps/web/main.go [@apps] [@apps]
apps/github/main.go [@apps] []
docs/a.md [@docs] [@docs]
api/docs/a.md [@docs] []' ]
