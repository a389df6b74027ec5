#!/bin/sh
# Chromium for the browser tests: the one on the path, else Debian's.
set -eu
for name in chromium chromium-browser google-chrome; do
    if command -v "$name" >/dev/null 2>&1; then exit 0; fi
done
echo "Installing Chromium (once; about a minute) ..."
apt-get update -qq && apt-get install -y -qq chromium >/dev/null || {
    echo "Chromium is missing and cannot be installed (Debian: apt-get install chromium)." >&2
    exit 1
}
