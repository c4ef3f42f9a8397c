#!/bin/sh
# Build the styles and scripts of the workspace from frontend/ into src/placeplan/web/static. Needs npm; users do not.
# With --check nothing is written: what is committed is held against a new build.
set -eu
cd "$(dirname "$0")/../frontend"
committed=../src/placeplan/web/static/placeplan
if [ "${1:-}" = --check ]; then
    command -v npm >/dev/null 2>&1 || { echo "skipped: npm is not here"; exit 0; }
    out=$(mktemp -d)
    trap 'rm -rf "$out"' EXIT
else
    out=$committed
fi
npm ci --silent
mkdir -p "$out"
for style in placeplan grid; do
    npx --no-install sass --quiet-deps --no-source-map --style=compressed --load-path=node_modules \
        --load-path=../src/placeplan/reports/templates \
        "styles/$style.scss" "$out/$style.css"
done
cp node_modules/htmx.org/dist/htmx.min.js "$out/htmx.js"
cp node_modules/jspreadsheet-ce/dist/index.js "$out/jspreadsheet.js"
cp node_modules/jsuites/dist/jsuites.js "$out/jsuites.js"
sed -i '/^\/\/# sourceMappingURL=/d' "$out"/*.js
# The grid sets a handler as an attribute, which the content policy of every page forbids: it listens for it instead.
sed -i 's/\.setAttribute("onselectstart","return false")/.addEventListener("selectstart",function(e){e.preventDefault()})/' "$out/jspreadsheet.js"
if grep -q onselectstart "$out/jspreadsheet.js"; then
    echo "jspreadsheet.js sets onselectstart in another way now: change the line above."
    exit 1
fi
if [ "$out" != "$committed" ]; then
    for built in "$out"/*; do
        cmp -s "$built" "$committed/${built##*/}" || { echo "Run scripts/build-assets.sh: ${built##*/} is not what is built."; exit 1; }
    done
fi
