#!/usr/bin/env bash
# Drives com.auth0:auth0 from a folder with its JAR files in lib/. Arguments: the folder, and `Two` or `Three`.
set -euo pipefail
folder=$1 version=$2 sources=$(cd "$(dirname "$0")" && pwd)
classes=$(mktemp -d)
trap 'rm -rf "$classes"' EXIT
# JAVA_TOOL_OPTIONS makes each of these announce itself on stderr.
javac -nowarn -cp "$folder/lib/*" -d "$classes" "$sources"/{JavaSdk,RequestTypes,Sent,SdkVersion,"SdkVersion$version"}.java
java -cp "$classes:$folder/lib/*" JavaSdk "$version"
