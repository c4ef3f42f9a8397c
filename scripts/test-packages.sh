#!/bin/sh
# What the tests need beside Python: a browser, what its driver links to, a PDF reader, a font, Java for Spark, and
# PostgreSQL for the workspace.
set -eu
here=$(dirname "$0")
browser=
for name in "${PLACEPLAN_BROWSER:-}" chromium chromium-browser google-chrome; do
    if [ -n "$name" ] && command -v "$name" >/dev/null 2>&1; then browser=$name; break; fi
done
wanted=
[ -n "$browser" ] || wanted="$wanted chromium"
[ -n "$(ls /usr/lib*/libatomic.so.1 /usr/lib/*/libatomic.so.1 2>/dev/null)" ] || wanted="$wanted libatomic1"
command -v pdftotext >/dev/null 2>&1 || wanted="$wanted poppler-utils"
if ! command -v fc-list >/dev/null 2>&1 || [ -z "$(fc-list 2>/dev/null | head -n 1)" ]; then
    wanted="$wanted fontconfig fonts-dejavu-core"
fi
[ -n "${JAVA_HOME:-}" ] || command -v java >/dev/null 2>&1 || wanted="$wanted default-jre-headless"
[ -n "$(ls -d /usr/lib/postgresql/*/bin/initdb 2>/dev/null)" ] || wanted="$wanted postgresql"
[ -z "$wanted" ] || sh "$here/system-packages.sh" $wanted
