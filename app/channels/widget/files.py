"""The widget's script and texts for every site, and the demo pages: the sample company's shop, and the snippet."""

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response

from app.channels.widget.parts import Parts, WidgetParts
from app.web.pages import ALWAYS, PAGE, Folder
from app.web.problems import NotFoundError

router = APIRouter(include_in_schema=False)

PLAIN = """<!doctype html>
<html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>Careline</title><h1>Careline is running.</h1></html>
"""


@router.get("/")
async def first_page(request: Request, parts: Parts) -> Response:
    """The demo page; where it is switched off, a page that says no more than that the service is there."""
    if parts.demo is None:
        return HTMLResponse(PLAIN, headers={**ALWAYS, **PAGE})
    return await parts.demo.file("index.html", request)


@router.get("/widget/snippet")
async def snippet(request: Request, parts: Parts) -> Response:
    """The page that makes the snippet for one's own site."""
    return await _demo(parts).file("snippet.html", request)


@router.get("/demo/{path:path}")
async def demo_file(path: str, request: Request, parts: Parts) -> Response:
    """Styles, scripts and pictures of the demo pages."""
    return await _demo(parts).file(path, request)


@router.get("/widget/{path:path}")
async def widget_file(path: str, request: Request, parts: Parts) -> Response:
    return await parts.static.file(path, request)


def _demo(parts: WidgetParts) -> Folder:
    if parts.demo is None:
        raise NotFoundError("demo")
    return parts.demo
