"""Files over HTTP: read after the caller was let in, given out so that no browser shows or runs them."""

from collections.abc import AsyncGenerator, Mapping
from contextlib import aclosing
from dataclasses import dataclass
from typing import Annotated
from urllib.parse import quote

from fastapi import Depends, Header, Path, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import StreamingResponse
from pydantic import BaseModel
from starlette.datastructures import UploadFile

from app.care.filing import Filing, Upload
from app.domain.files import File
from app.web.limits import RateLimits
from app.web.schemas import Id

ENVELOPE = 16_384
"""Bytes of a request around its file."""

UPLOAD: dict[str, object] = {
    "requestBody": {
        "required": True,
        "content": {
            "multipart/form-data": {
                "schema": {
                    "type": "object",
                    "required": ["file"],
                    "properties": {"file": {"type": "string", "format": "binary"}},
                }
            }
        },
    }
}
CONTENT: dict[str, object] = {
    "description": "The file, to be kept and not to be shown.",
    "content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}},
}
GUARDED: Mapping[str, str] = {
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "Cache-Control": "private, no-store",
    "Cross-Origin-Resource-Policy": "cross-origin",
    "Referrer-Policy": "no-referrer",
}

FileId = Annotated[Id, Path()]
SenderKey = Annotated[str | None, Header(alias="Idempotency-Key", min_length=1, max_length=200)]


class FileOut(BaseModel):
    """A file without its content; `size` in bytes, `type` as it was found to be."""

    file: str
    name: str
    size: int
    type: str

    @classmethod
    def of(cls, file: File) -> "FileOut":
        return cls(file=file.id, name=file.name, size=file.size, type=file.media_type)


@dataclass(frozen=True, kw_only=True)
class FilingParts:
    """What customers' and agents' routes of files share."""

    filing: Filing
    limits: RateLimits


async def _parts(request: Request) -> FilingParts:
    return request.app.state.filing


Parts = Annotated[FilingParts, Depends(_parts)]


async def uploaded(request: Request) -> Upload:
    """The one file of a form. Not read by the framework, which would take it in before it knows who calls."""
    async with request.form(max_files=1, max_fields=1) as form:
        file = form.get("file")
        if not isinstance(file, UploadFile):
            raise RequestValidationError([{"loc": ("body", "file"), "msg": "a file is needed"}])
        return Upload(name=_as_chosen(file.filename or ""), content=await file.read())


def _as_chosen(name: str) -> str:
    """Browsers write three characters of a name in another way in forms, and no others."""
    return name.replace("%22", '"').replace("%0D", "\r").replace("%0A", "\n")


async def given(file: File, content: AsyncGenerator[bytes]) -> Response:
    """As an attachment, under RFC 6266, typed by what was found in it. Records that are away are told of before
    anything of it went out."""
    first = await anext(content, b"")
    plain = "".join(c if c.isascii() and c not in '"\\%' else "_" for c in file.name)
    disposition = f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(file.name, safe='')}"
    about = {"Content-Disposition": disposition, "Content-Type": file.media_type, "Content-Length": str(file.size)}
    return StreamingResponse(_whole(first, content), headers={**GUARDED, **about})


async def _whole(first: bytes, rest: AsyncGenerator[bytes]) -> AsyncGenerator[bytes]:
    yield first
    async with aclosing(rest):
        async for piece in rest:
            yield piece
