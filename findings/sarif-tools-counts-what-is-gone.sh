#!/usr/bin/env bash
# Package:   PyPI sarif-tools 3.0.5
# Input:     a SARIF log with no open problem: one error that is gone since the baseline, one that was accepted, and a
#            rule that passed
# Expected:  no error and no issue (SARIF 2.1.0: 3.27.24 baselineState absent, 3.27.23 suppressions, 3.27.9 kind pass)
# Seen:      `--check error` fails with two errors, and the Code Climate report has three issues, the passed rule too,
#            2026-11-30 on Python 3.11
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
{ python3 -m venv . && bin/pip install --quiet sarif-tools==3.0.5; } >&2 || exit 2
cat > roles.sarif <<'LOG'
{
  "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
  "version": "2.1.0",
  "runs": [
    {
      "tool": {"driver": {"name": "show", "rules": [{"id": "undocumented-status"}]}},
      "results": [
        {"ruleId": "undocumented-status", "level": "error", "baselineState": "absent", "message": {"text": "gone"}},
        {
          "ruleId": "undocumented-status",
          "level": "error",
          "message": {"text": "accepted"},
          "suppressions": [{"kind": "external", "status": "accepted"}]
        },
        {"ruleId": "undocumented-status", "kind": "pass", "level": "none", "message": {"text": "passed"}}
      ]
    }
  ]
}
LOG
code=0
bin/sarif --check error summary roles.sarif > summary.txt 2>/dev/null || code=$?
bin/sarif codeclimate roles.sarif --output issues.json > log
received=$(
  echo "exit code $code, $(grep '^error:' summary.txt)"
  bin/python -c 'import json; print("issues:", *sorted(issue["description"] for issue in json.load(open("issues.json"))))'
)
echo "$received"
[ "$received" = 'exit code 2, error: 2
issues: accepted gone passed' ]
