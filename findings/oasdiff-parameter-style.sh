#!/usr/bin/env bash
# Package:   Go github.com/oasdiff/oasdiff v1.37.0
# Input:     two changes of how a list in the query is written: from ids=a&ids=b to ids=a,b and to ids=a|b
# Expected:  breaking changes: a client of the first document sends two values where the second one describes a single
#            one with a separator (OpenAPI 3.0, Parameter Object: style and explode)
# Seen:      no changes to report; a new `maxItems` of the same parameter is an error. 2026-11-30 on Go 1.26
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
GOBIN=$folder go install github.com/oasdiff/oasdiff@v1.37.0 >&2 || exit 2
document() {
  cat <<DOCUMENT
openapi: 3.0.3
info: {title: Roles, version: $1}
paths:
  /roles:
    get:
      parameters: [{name: ids, in: query, $2 schema: {type: array, items: {type: string} $3}}]
      responses: {'200': {description: The roles.}}
DOCUMENT
}
compare() {
  document 1.0.0 '' '' > before.yaml
  document 2.0.0 "$2" "$3" > after.yaml
  ./oasdiff changelog before.yaml after.yaml --format singleline > changes.txt
  echo "$1:" $(grep -oE '^(error|warning|info)|\[[a-z-]+\]|^No changes to report' changes.txt)
}
received=$(
  compare 'ids=a,b' 'explode: false,' ''
  compare 'ids=a|b' 'style: pipeDelimited, explode: false,' ''
  compare 'maxItems' '' ', maxItems: 2'
)
echo "$received"
[ "$received" = 'ids=a,b: No changes to report
ids=a|b: No changes to report
maxItems: error [request-parameter-max-items-set]' ]
