#!/bin/sh
# What the tests need beside Python: a browser, what its driver links to, a PDF reader, the letters that pages and
# pictures are made for, Java for Spark, and PostgreSQL for the workspace.
set -eu
here=$(dirname "$0")
browser=
for name in "${PLACEPLAN_BROWSER:-}" chromium-headless-shell chromium chromium-browser google-chrome; do
    if [ -n "$name" ] && command -v "$name" >/dev/null 2>&1; then browser=$name; break; fi
done
wanted=
# The shell is the same browser without a window to draw, which takes less work. Not every system has it.
[ -n "$browser" ] || wanted="$wanted chromium-headless-shell|chromium"
[ -n "$(ls /usr/lib*/libatomic.so.1 /usr/lib/*/libatomic.so.1 2>/dev/null)" ] || wanted="$wanted libatomic1"
command -v pdftotext >/dev/null 2>&1 || wanted="$wanted poppler-utils"
# Letters as wide as Arial's, which pictures reckon with, and others for the words of code.
[ -n "$(fc-list 'Liberation Sans' 2>/dev/null)" ] || wanted="$wanted fontconfig fonts-liberation"
[ -n "$(fc-list 'DejaVu Sans Mono' 2>/dev/null)" ] || wanted="$wanted fontconfig fonts-dejavu-core"
[ -n "${JAVA_HOME:-}" ] || command -v java >/dev/null 2>&1 || wanted="$wanted default-jre-headless"
[ -n "$(ls -d /usr/lib/postgresql/*/bin/initdb 2>/dev/null)" ] || wanted="$wanted postgresql"
[ -z "$wanted" ] || sh "$here/system-packages.sh" $wanted
