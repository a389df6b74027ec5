#!/bin/sh
# Makes the environment: sh setup.sh PYTHON VENV REQUIREMENTS. Names what the machine lacks.
set -eu
python=$1 venv=$2 requirements=$3

if ! command -v "$python" >/dev/null 2>&1; then
    echo "Python is missing. Install Python 3.11, 3.12 or 3.13 (Debian: apt-get install python3 python3-venv)." >&2
    exit 1
fi
"$python" - <<'CHECK' || exit 1
import sys
if not (3, 11) <= sys.version_info[:2] <= (3, 13):
    sys.exit(f"Python {sys.version.split()[0]} does not fit: 3.11, 3.12 or 3.13 is needed (make PYTHON=python3.12 ...).")
CHECK
if ! "$python" -c 'import ensurepip, venv' >/dev/null 2>&1; then
    echo "Python's venv module is missing (Debian: apt-get install python3-venv)." >&2
    exit 1
fi
[ -x "$venv/bin/python" ] || "$python" -m venv "$venv"
echo "Installing requirements into $venv (once; about a minute) ..."
"$venv/bin/python" -m pip install --quiet --disable-pip-version-check --compile -r "$requirements"
