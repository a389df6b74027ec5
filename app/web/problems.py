"""Errors as problem details (RFC 9457), in one table."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

MEDIA_TYPE = "application/problem+json"


class Problem(BaseModel):
    """RFC 9457. `type` is a stable name below `about:careline/`."""

    type: str
    title: str
    status: int
    detail: str | None = None
    errors: list[dict[str, str]] | None = None


@dataclass(frozen=True)
class Meaning:
    """What an error is to the caller; `tells` whether its own words go out as the detail."""

    status: int
    name: str
    title: str
    tells: bool = False


class UnauthorizedError(Exception):
    """No secret, or one that opens nothing."""


class ForbiddenError(Exception):
    """A known caller who may not do this."""


class TooManyRequestsError(Exception):
    """The caller's budget of requests is used up for now; `seconds` until there is room."""

    def __init__(self, seconds: int) -> None:
        super().__init__(f"Try again in {seconds} s.")
        self.seconds = seconds


class NotFoundError(Exception):
    """No such thing for this caller."""


WEB_ERRORS: Mapping[type[Exception], Meaning] = {
    UnauthorizedError: Meaning(401, "unauthorized", "A valid secret is needed.", tells=True),
    ForbiddenError: Meaning(403, "forbidden", "This caller may not do this.", tells=True),
    NotFoundError: Meaning(404, "not-found", "There is no such thing, or it is not yours."),
    TooManyRequestsError: Meaning(429, "too-many-requests", "Too many requests.", tells=True),
}


def install(app: FastAPI, meanings: Mapping[type[Exception], Meaning]) -> None:
    """Answers every error of the table, of the framework, and the unexpected ones, in the same form."""
    for error, meaning in {**WEB_ERRORS, **meanings}.items():
        app.add_exception_handler(error, _answering(meaning))
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(HTTPException, _framework)
    app.add_exception_handler(Exception, _unexpected)


def problem(
    status: int, name: str, title: str, detail: str | None = None, errors: list[dict[str, str]] | None = None,
    headers: Mapping[str, str] | None = None,
) -> JSONResponse:  # fmt: skip
    body = Problem(type=f"about:careline/{name}", title=title, status=status, detail=detail, errors=errors)
    return JSONResponse(body.model_dump(exclude_none=True), status, headers, media_type=MEDIA_TYPE)


def responses(*statuses: int) -> dict[int | str, dict[str, object]]:
    """For OpenAPI: these statuses answer with problem details."""
    schema = {"schema": {"$ref": "#/components/schemas/Problem"}}
    return {status: {"model": Problem, "content": {MEDIA_TYPE: schema}} for status in statuses}


def _answering(meaning: Meaning) -> Callable[[Request, Exception], Awaitable[JSONResponse]]:
    async def handler(_request: Request, error: Exception) -> JSONResponse:
        headers: dict[str, str] = {"WWW-Authenticate": "Bearer"} if meaning.status == 401 else {}
        if isinstance(error, TooManyRequestsError):
            headers["Retry-After"] = str(error.seconds)
        return problem(
            meaning.status, meaning.name, meaning.title, str(error) if meaning.tells else None, None, headers
        )

    return handler


async def _invalid(_request: Request, error: Exception) -> JSONResponse:
    """Names the fields, never repeats what was sent."""
    found: Sequence[Any] = error.errors() if isinstance(error, RequestValidationError) else ()
    errors = [{"field": ".".join(str(part) for part in e["loc"]), "reason": str(e["msg"])} for e in found]
    return problem(422, "invalid", "The request does not fit the description of this route.", None, errors)


async def _framework(_request: Request, error: Exception) -> JSONResponse:
    status = error.status_code if isinstance(error, HTTPException) else 500
    names = {404: "not-found", 405: "method-not-allowed", 413: "too-large", 400: "bad-request"}
    headers = error.headers if isinstance(error, HTTPException) else None
    detail = error.detail if isinstance(error, HTTPException) else None
    return problem(status, names.get(status, "refused"), "The request was refused.", detail, None, headers)


async def _unexpected(_request: Request, _error: Exception) -> JSONResponse:
    return problem(500, "unexpected", "Something went wrong on our side.")


class TooLargeAsProblem:
    """The framework tells of a body that is too large in plain text; here it becomes problem details."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        replaced = False

        async def send_problem(message: Message) -> None:
            nonlocal replaced
            if message["type"] == "http.response.start" and message["status"] == 413:
                replaced = True
                title = "The request was refused."
                await problem(413, "too-large", title, "The body is too large.")(scope, receive, send)
            elif not replaced:
                await send(message)

        await self._app(scope, receive, send_problem)
