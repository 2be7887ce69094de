#!/usr/bin/env bash
# Package:   Go github.com/owenrumney/go-sarif/v3 v3.3.1
# Input:     a SARIF log with one result and a logical location, read and written again
# Expected:  a valid log that says the same (SARIF 2.1.0, and its JSON schema)
# Seen:      an empty language and an empty list of newline sequences are added, which the validator of the same package
#            refuses; the location gets itself as its parent, and the result a rule that is not there (index 0),
#            2026-11-30 on Go 1.26
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
cat > roles.sarif <<'LOG'
{
  "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
  "version": "2.1.0",
  "runs": [
    {
      "tool": {"driver": {"name": "show"}},
      "logicalLocations": [{"fullyQualifiedName": "GET /roles"}],
      "results": [{"message": {"text": "undocumented status"}, "locations": [{"logicalLocations": [{"index": 0}]}]}]
    }
  ]
}
LOG
cat > show.go <<'PROGRAM'
package main

import (
	"fmt"
	"os"

	"github.com/owenrumney/go-sarif/v3/pkg/report/v210/sarif"
)

func main() {
	log, err := os.ReadFile("roles.sarif")
	if err != nil {
		panic(err)
	}
	report, err := sarif.FromBytes(log)
	if err != nil {
		panic(err)
	}
	file, err := os.Create("written.sarif")
	if err != nil {
		panic(err)
	}
	if err := report.Write(file); err != nil {
		panic(err)
	}
	fmt.Println(report.Validate())
}
PROGRAM
{ go mod init show && go get github.com/owenrumney/go-sarif/v3/pkg/report/v210/sarif@v3.3.1; } >&2 || exit 2
received=$(
  go run show.go | grep -oE 'runs[.[:alnum:]]+' | sort
  grep -oE '"(parentIndex|ruleIndex)":[0-9]+' written.sarif | sort -u
)
echo "$received"
[ "$received" = 'runs.0.language
runs.0.newlineSequences
runs.0.tool.driver.language
"parentIndex":0
"ruleIndex":0' ]
