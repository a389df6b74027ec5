"""Reads a document that anybody may have made in a process with limits on time, memory and unpacked size."""

import json
import os
import subprocess
import sys
from dataclasses import asdict, dataclass
from pathlib import Path, PurePosixPath

from pydantic import BaseModel, ValidationError

from app.domain.knowledge import Article
from app.knowledge.broken import BrokenDocumentError
from app.knowledge.front_matter import article_from, declared_by
from app.knowledge.parse_child import ChildLimits
from app.knowledge.text_formats import titled_after

_ROOT = Path(__file__).parents[2]


@dataclass(frozen=True, kw_only=True)
class ParseLimits:
    """What one document may take: `seconds` of processor time, and twice as many on the clock; bytes of memory; bytes
    or characters when unpacked."""

    seconds: int = 20
    memory: int = 1_000_000_000
    unpacked: int = 100_000_000


class _Said(BaseModel):
    """What the child found."""

    error: str = ""
    text: str = ""
    title: str = ""
    address: str = ""


def parse_guarded(name: str, content: bytes, limits: ParseLimits) -> list[Article]:
    """One article. Raises BrokenDocumentError also for a document that makes its reader hang, swell or crash."""
    said = _said(name, _run(name, content, limits))
    if said.error:
        raise BrokenDocumentError(name, said.error)
    if not said.text.strip():
        raise BrokenDocumentError(name, "holds no text")
    address = said.address if said.address.startswith(("http://", "https://")) else None
    declared = declared_by(name, {"title": said.title[:500], "address": address}, "document")
    return [article_from(declared, id=name, title=titled_after(name), text=said.text)]


def _run(name: str, content: bytes, limits: ParseLimits) -> bytes:
    ending = PurePosixPath(name).suffix.lower()
    command = [sys.executable, "-m", "app.knowledge.parse_child", ending, json.dumps(_child_limits(limits))]
    try:
        done = subprocess.run(  # noqa: S603 - the command is ours, the document comes as input
            command,
            input=content,
            capture_output=True,
            timeout=2 * limits.seconds,
            cwd=_ROOT,
            env=child_environment(),
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise BrokenDocumentError(name, f"took more than {2 * limits.seconds} s to read") from None
    if done.returncode != 0:
        raise BrokenDocumentError(name, "broke its reader: too much time or memory, or damaged")
    return done.stdout


def child_environment() -> dict[str, str]:
    """None of the service's own, where its secrets are."""
    return {"PATH": os.defpath, "PYTHONPATH": str(_ROOT), "PYTHONUTF8": "1"}


def _child_limits(limits: ParseLimits) -> dict[str, int]:
    return asdict(ChildLimits(seconds=limits.seconds, memory=limits.memory, unpacked=limits.unpacked))


def _said(name: str, output: bytes) -> _Said:
    try:
        return _Said.model_validate_json(output)
    except ValidationError:
        raise BrokenDocumentError(name, "broke its reader") from None
