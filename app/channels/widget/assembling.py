"""The widget's script: the modules of script/ as one file, for a site allows one address and waits for one answer."""

import gzip
import hashlib
import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

MODULES = ("look", "kept", "line", "talk", "writing", "data", "log", "kinds", "dom", "panel", "care-line")
"""The element last: by then everything is there that it needs."""
LEFT_OUT = re.compile(r"^(?:import .*\n|\s*/\*\*[\s\S]*?\*/\n|\s*// .*\n|\s*\n|export (?=\w)|\s+(?=\S))", re.MULTILINE)
"""Imports and exports within the one file; comments, which stand in the modules; indentation."""
JOINED = re.compile(r"(?<=[;,{(])\n")
"""Line ends that mean nothing, in the styles neither."""


def assembled(folder: Path) -> bytes:
    """Their text as it stands there, without what only readers of the modules need."""
    modules = (LEFT_OUT.sub("", (folder / f"{name}.js").read_text("utf-8")) for name in MODULES)
    return JOINED.sub("", "".join(modules)).encode()


@dataclass(frozen=True)
class Script:
    """The assembled script, ready to be sent."""

    folder: Path

    @cached_property
    def plain(self) -> bytes:
        return assembled(self.folder)

    @cached_property
    def compressed(self) -> bytes:
        return gzip.compress(self.plain, compresslevel=9, mtime=0)

    @cached_property
    def tag(self) -> str:
        return f'"{hashlib.sha256(self.plain).hexdigest()[:32]}"'
