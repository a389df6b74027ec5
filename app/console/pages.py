"""The console itself: its page, its modules and styles. Their address changes with them, so browsers keep them."""

import re
import time
from functools import lru_cache
from hashlib import sha256
from html import escape
from pathlib import Path

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from app.web.pages import ALWAYS, OURS, PAGE, Folder

router = APIRouter(include_in_schema=False)

ROOT = Path(__file__).parent / "static"
ADDRESS = "/console/static/"
MODULES = "<!-- modules -->"
VERSION = re.compile(r"^v-[0-9a-f]{16}/")
KEPT = {**OURS, "Cache-Control": "public, max-age=31536000, immutable"}

files, kept_files = Folder(ROOT), Folder(ROOT, KEPT)


@router.get("/console")
async def console() -> Response:
    """Names all modules ahead: the browser need not read one to find the next."""
    paths = _paths()
    address = ADDRESS + _version(paths)
    modules = [f'<link rel="modulepreload" href="{escape(address + path)}">' for path in paths if path.endswith(".js")]
    page = (ROOT / "index.html").read_text("utf-8").replace(ADDRESS, address)
    return HTMLResponse(page.replace(MODULES, "\n    ".join(modules)), headers={**ALWAYS, **PAGE})


@router.get("/console/")
async def console_with_slash() -> Response:
    """The browser keeps the fragment of an invite across this."""
    return RedirectResponse("/console", 308)


@router.get("/console/static/{path:path}")
async def file(path: str, request: Request) -> Response:
    """A file under its version never changes; a page that was open before an update gets what is there now."""
    found = VERSION.match(path)
    if found is None:
        return await files.file(path, request)
    is_now = found[0] == _version_in(int(time.monotonic()))
    return await (kept_files if is_now else files).file(path[found.end() :], request)


def _paths() -> list[str]:
    """Of all files below the folder, in order."""
    return sorted(each.relative_to(ROOT).as_posix() for each in ROOT.rglob("*") if each.is_file())


@lru_cache(maxsize=1)
def _version_in(_second: int) -> str:
    """Looked at once a second: a page loads a hundred files at once."""
    return _version(_paths())


def _version(paths: list[str]) -> str:
    """Another one whenever a file was changed, added or taken away, also while the service runs."""
    seen = sha256()
    for path in paths:
        found = (ROOT / path).stat()
        seen.update(f"{path} {found.st_size} {found.st_mtime_ns}\n".encode())
    return f"v-{seen.hexdigest()[:16]}/"
