#!/bin/sh
# Write requirements/*.txt: exact versions with hashes for every platform and Python that the package allows.
# The output names no package index, so that anyone may install from the index, mirror or folder they use.
# An existing pin is kept unless it must move. To move all: make lock UPGRADE=--upgrade
set -eu
cd "$(dirname "$0")/.."
lock() {
    "${UV:-.venv/bin/uv}" pip compile --quiet ${UPGRADE:-} --universal --python-version 3.11 --generate-hashes \
        --no-header --no-annotate --no-emit-index-url "$@"
}
lock pyproject.toml requirements/build.in --extra pdf --extra word --extra segments --extra web --extra postgres --output-file requirements/runtime.txt
lock pyproject.toml requirements/build.in --all-extras --constraint requirements/runtime.txt \
    --output-file requirements/dev.txt
