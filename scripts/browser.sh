#!/bin/sh
# A Chromium for the tests: the one there is, or Debian's. Without one the tests fail: they are never skipped.
set -eu
for name in ${CHROMIUM:-} chromium-headless-shell chromium chromium-browser google-chrome google-chrome-stable; do
    if command -v "$name" >/dev/null 2>&1; then exit 0; fi
done
if command -v apt-get >/dev/null 2>&1 && [ "$(id -u)" = 0 ]; then
    export DEBIAN_FRONTEND=noninteractive
    apt-get update -qq
    apt-get install -y -qq chromium-headless-shell >/dev/null || apt-get install -y -qq chromium >/dev/null
    exit 0
fi
echo "The tests drive a real browser and found none. Debian and Ubuntu: sudo apt-get install chromium-headless-shell (or chromium)." >&2
echo "Elsewhere: install Chrome or Chromium, or name its program in CHROMIUM." >&2
exit 1
