#!/bin/sh
# Install a hashed lock file ($2) and Placeplan itself, editable, in a virtual environment ($1).
set -eu
venv=$1
lock=$2
sh "$(dirname "$0")/venv.sh" "$venv"
echo "Installing $lock (a minute or two the first time)"
"$venv/bin/python" -m pip install -qq --disable-pip-version-check --require-hashes -r "$lock"
"$venv/bin/python" -m pip install -qq --disable-pip-version-check --no-deps --no-build-isolation --editable .
