"""Which sites' pages may call the customers' routes: those of the list and our own; others are refused."""

import re
from collections.abc import Collection
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.middleware.cors import CORSMiddleware
from starlette.types import ASGIApp, Receive, Scope, Send

from app.web.problems import problem

CUSTOMERS_ROUTES = re.compile(r"/v1/(?:chat|customers|widget/[^/]+|(?:conversations|profile|files)(?:/.*)?)$")
"""What a customer's browser calls. Systems of the company, channels and agents call from no other site's page."""

METHODS = ("GET", "POST", "PUT", "DELETE")
SENT = ("Authorization", "Content-Type", "Idempotency-Key", "Last-Event-ID", "Prefer")
READ = ("Careline-Customer-Token", "Location", "Retry-After", "Content-Disposition", "Preference-Applied")
REMEMBERED_SECONDS = 600
REFUSED = "Pages of this site may not call the customers' routes."


class CustomersOrigins:
    """Outermost, so that refusals and failures can be read by the pages that may call, too. No cookies go along: who
    calls is shown in `Authorization` alone. A request without `Origin` is no browser's and passes."""

    def __init__(self, app: ASGIApp, allowed: Collection[str]) -> None:
        self._app = app
        self._allowed = frozenset(allowed)
        self._answering = CORSMiddleware(
            app,
            allow_origins=allowed,
            allow_methods=METHODS,
            allow_headers=SENT,
            expose_headers=READ,
            allow_private_network=True,
            max_age=REMEMBERED_SECONDS,
        )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or not CUSTOMERS_ROUTES.match(scope["path"]):
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        origin = headers.get("origin")
        if origin is None or origin in self._allowed or is_own(origin, headers):
            await self._answering(scope, receive, send)
            return
        await problem(403, "origin-not-allowed", REFUSED, headers={"Vary": "Origin"})(scope, receive, send)


def is_own(origin: str, headers: Headers) -> bool:
    """By the host alone: behind a proxy the scheme that the browser used is not always known here."""
    own = headers.get("host", "").lower()
    return bool(own) and _host(origin) == own


def _host(origin: str) -> str:
    try:
        return urlsplit(origin).netloc.lower()
    except ValueError:
        return ""
