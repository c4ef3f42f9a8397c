#!/bin/sh
# Install the named Debian packages that are missing, through apt when allowed; otherwise say what to install.
set -eu
missing=
for package in "$@"; do
    status=$(dpkg-query -W -f '${Status}' "$package" 2>/dev/null || true)
    [ "$status" = "install ok installed" ] || missing="$missing $package"
done
[ -n "$missing" ] || exit 0

if ! command -v apt-get >/dev/null 2>&1; then
    echo "Please install these, or what your system calls them:$missing" >&2
    exit 1
fi
as_root=
if [ "$(id -u)" != 0 ]; then
    if ! sudo -n true 2>/dev/null; then
        echo "Please install what is missing, then try again: sudo apt-get install$missing" >&2
        exit 1
    fi
    as_root="sudo -n"
fi
echo "Installing system packages:$missing"
log=$(mktemp)
install() {
    $as_root apt-get update -qq &&
        $as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing
}
if ! install >"$log" 2>&1 </dev/null; then
    cat "$log" >&2
    echo "Could not install:$missing. Please install them by hand, then try again." >&2
    rm -f "$log"
    exit 1
fi
rm -f "$log"
