"""The address that a newcomer opens first: what this is, and where to go on."""

from html import escape

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

router = APIRouter(include_in_schema=False)

PAGE = """<!doctype html>
<html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>Careline</title>
<style>body{font:17px/1.55 system-ui,sans-serif;max-width:44rem;margin:3rem auto;padding:0 1rem;color:#1c2430}
pre{background:#f2f4f7;padding:.8rem;border-radius:.5rem;overflow:auto}</style>
<h1>Careline is running.</h1>
<p>Ask it something:</p>
<pre>curl -s ADDRESS/v1/chat -H 'Content-Type: application/json' \\
  -d '{"text": "How do I descale the Pour 4?"}'</pre>
<p>The routes are described in <a href="/openapi.json">openapi.json</a>; whether everything works is told by
<a href="/health/ready">/health/ready</a>. To answer customers yourself, make an agent with
<code>./careline agents add</code>.</p></html>
"""


@router.get("/")
async def welcome(request: Request) -> HTMLResponse:
    return HTMLResponse(PAGE.replace("ADDRESS", escape(str(request.base_url).rstrip("/"))))
