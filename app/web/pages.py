"""Pages, scripts and styles that browsers load from us: files of one folder, with an ETag and a strict policy."""

from collections.abc import Mapping
from pathlib import Path

from fastapi import Request
from fastapi.responses import Response
from starlette.exceptions import HTTPException
from starlette.middleware.gzip import GZipMiddleware
from starlette.staticfiles import NotModifiedResponse, StaticFiles
from starlette.types import Receive, Scope, Send

TYPES: Mapping[str, str] = {
    ".css": "text/css; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".ico": "image/x-icon",
    ".jpg": "image/jpeg",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".mp3": "audio/mpeg",
    ".ogg": "audio/ogg",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
    ".wav": "audio/wav",
    ".webmanifest": "application/manifest+json",
    ".webp": "image/webp",
    ".woff2": "font/woff2",
}
"""Nothing else is given out: no editor's copy, no source. Named here, for a machine's own list may differ."""

PAGE_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data: blob:",
        "media-src 'self'",
        "font-src 'self'",
        "connect-src 'self'",
        "manifest-src 'self'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "require-trusted-types-for 'script'",
    )
)
"""Of every page: nothing inline, nothing foreign, in nobody's frame; markup is never made of strings."""

ALWAYS: Mapping[str, str] = {"X-Content-Type-Options": "nosniff", "Referrer-Policy": "same-origin"}
OURS: Mapping[str, str] = {"Cache-Control": "no-cache", "Cross-Origin-Resource-Policy": "same-origin"}
"""For our own pages: asked for again each time, and answered with 304 where nothing changed."""
EMBEDDED: Mapping[str, str] = {
    "Cache-Control": "public, max-age=300",
    "Access-Control-Allow-Origin": "*",
    "Cross-Origin-Resource-Policy": "cross-origin",
}
"""For what other sites load into their pages: files alone, never anything of a customer's."""
PAGE: Mapping[str, str] = {
    **OURS,
    "Content-Security-Policy": PAGE_POLICY,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}


DOCUMENTS = (".html", ".svg")
"""What a browser opens as a page when it is led there."""


class Folder:
    """The files below `root`; no path leads out of it."""

    def __init__(self, root: Path, headers: Mapping[str, str] = OURS) -> None:
        self._files = StaticFiles(directory=root, check_dir=False)
        self._headers = {**ALWAYS, **headers}

    async def file(self, path: str, request: Request) -> Response:
        """The file at `path`, or that it did not change; a page under the strict policy. Raises a 404 for everything
        that is not there."""
        suffix = Path(path).suffix.lower()
        media_type = TYPES.get(suffix)
        if media_type is None or any(part.startswith(".") for part in path.split("/")):
            raise HTTPException(404)
        try:
            found = await self._files.get_response(path, request.scope)
        except HTTPException as error:
            raise HTTPException(404) from error
        if not isinstance(found, NotModifiedResponse):
            found.headers["Content-Type"] = media_type
        found.headers.update({**self._headers, **(PAGE if suffix in DOCUMENTS else {})})
        return _Compressed(found)


class _Compressed(Response):
    """The answer, compressed where the browser can read that."""

    def __init__(self, found: Response) -> None:
        self._app = GZipMiddleware(found, compresslevel=6)
        self.status_code, self.raw_headers = found.status_code, found.raw_headers
        self.background = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self._app(scope, receive, send)
