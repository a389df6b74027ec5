"""The console itself: its page, its modules and styles."""

from pathlib import Path

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from app.web.pages import Folder

router = APIRouter(include_in_schema=False)

FILES = Folder(Path(__file__).parent / "static")


@router.get("/console")
async def console(request: Request) -> Response:
    return await FILES.file("index.html", request)


@router.get("/console/")
async def console_with_slash() -> Response:
    """The browser keeps the fragment of an invite across this."""
    return RedirectResponse("/console", 308)


@router.get("/console/static/{path:path}")
async def file(path: str, request: Request) -> Response:
    return await FILES.file(path, request)
