"""Gives out the widget's script."""

from fastapi import APIRouter, Request
from fastapi.responses import Response

from app.channels.widget.parts import Parts
from app.web.pages import ALWAYS, EMBEDDED

router = APIRouter(include_in_schema=False)

ENCODING = "gzip"


@router.get("/widget/care-line.js")
async def script(request: Request, parts: Parts) -> Response:
    """For every site; compressed once, not for each who asks."""
    headers = {**ALWAYS, **EMBEDDED, "ETag": parts.script.tag, "Vary": "Accept-Encoding"}
    if request.headers.get("if-none-match") == parts.script.tag:
        return Response(status_code=304, headers=headers)
    if ENCODING not in request.headers.get("accept-encoding", ""):
        return Response(parts.script.plain, headers=headers, media_type="text/javascript")
    headers["Content-Encoding"] = ENCODING
    return Response(parts.script.compressed, headers=headers, media_type="text/javascript")
