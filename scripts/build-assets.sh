#!/bin/sh
# Build the styles and scripts of the workspace from frontend/ into src/placeplan/web/static. Needs npm; users do not.
set -eu
cd "$(dirname "$0")/../frontend"
out=${1:-../src/placeplan/web/static/placeplan}
npm ci --silent
mkdir -p "$out"
for style in placeplan grid; do
    npx --no-install sass --quiet-deps --no-source-map --style=compressed --load-path=node_modules \
        "styles/$style.scss" "$out/$style.css"
done
cp scripts/*.js "$out/"
cp node_modules/nhsuk-frontend/dist/nhsuk/nhsuk-frontend.min.js "$out/nhsuk-frontend.js"
cp node_modules/jspreadsheet-ce/dist/index.js "$out/jspreadsheet.js"
cp node_modules/jsuites/dist/jsuites.js "$out/jsuites.js"
sed -i '/^\/\/# sourceMappingURL=/d' "$out"/*.js
