#!/bin/sh
# Install the named Debian packages that are missing, through apt when allowed; otherwise say what to install.
# Of names joined by "|" the first one that the system has is wanted.
set -eu
is_there() {
    [ "$(dpkg-query -W -f '${Status}' "$1" 2>/dev/null || true)" = "install ok installed" ]
}
any_is_there() {
    for name in $(echo "$1" | tr '|' ' '); do
        if is_there "$name"; then return 0; fi
    done
    return 1
}
missing=
for package in "$@"; do
    any_is_there "$package" || missing="$missing $package"
done
[ -n "$missing" ] || exit 0
told=$(echo "$missing" | sed 's/|/ or /g')

if ! command -v apt-get >/dev/null 2>&1; then
    echo "Please install these, or what your system calls them:$told" >&2
    exit 1
fi
as_root=
if [ "$(id -u)" != 0 ]; then
    if ! sudo -n true 2>/dev/null; then
        echo "Please install what is missing, then try again: sudo apt-get install$(echo "$missing" | sed 's/|[^ ]*//g')" >&2
        exit 1
    fi
    as_root="sudo -n"
fi
# Where apt knows none of the names it is given the last one, and says best itself what is wrong.
first_known() {
    for name in $(echo "$1" | tr '|' ' '); do
        if apt-cache show "$name" >/dev/null 2>&1; then break; fi
    done
    echo "$name"
}
install() {
    $as_root apt-get update -qq || return 1
    known=
    for package in $missing; do known="$known $(first_known "$package")"; done
    $as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $known
}
echo "Installing system packages:$told"
log=$(mktemp)
if ! (install) >"$log" 2>&1 </dev/null; then
    cat "$log" >&2
    echo "Could not install:$told. Please install them by hand, then try again." >&2
    rm -f "$log"
    exit 1
fi
rm -f "$log"
