"""One line in the log for each request, and its id in the answer."""

import logging
import re
import time
from secrets import token_hex

from starlette.types import ASGIApp, Message, Receive, Scope, Send
from structlog.contextvars import bind_contextvars, reset_contextvars

log = logging.getLogger(__name__)

HEADER = b"x-request-id"
QUIET = ("/health/live", "/health/ready", "/metrics")
"""Asked every few seconds by machines."""

_SAFE = re.compile(rb"[A-Za-z0-9_-]{1,64}")


class RequestLog:
    """Outermost around the application. The id is the caller's `X-Request-ID` where that is short and plain; it
    stands in every line that is logged on the way. The line names the route, not the address that was asked for."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return await self._app(scope, receive, send)
        request_id = _id_of(scope)
        header, status, began = (HEADER, request_id.encode()), 0, time.perf_counter()

        async def send_with_id(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                message = {**message, "headers": [*message.get("headers", ()), header]}
            await send(message)

        bound = bind_contextvars(request=request_id)
        try:
            await self._app(scope, receive, send_with_id)
        finally:
            _tell(scope, status, time.perf_counter() - began)
            reset_contextvars(**bound)


def _id_of(scope: Scope) -> str:
    given = next((value for name, value in scope["headers"] if name == HEADER), b"")
    return given.decode() if _SAFE.fullmatch(given) else token_hex(8)


def _tell(scope: Scope, status: int, seconds: float) -> None:
    """A status of 0: the caller was gone, or nothing could be answered."""
    route = getattr(scope.get("route"), "path", "none")
    fields = {"method": scope["method"], "route": route, "status": status, "seconds": round(seconds, 4)}
    log.log(_level_of(route, status), "request", extra=fields)


def _level_of(route: str, status: int) -> int:
    if status >= 500:
        return logging.WARNING
    return logging.DEBUG if route in QUIET else logging.INFO
