"""Server-sent events: numbered, so that a reader who lost the connection goes on where it was."""

import json
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass

from fastapi import Request

MEDIA_TYPE = "text/event-stream"
NO_STORE = {"Cache-Control": "no-store"}
HEADERS = {**NO_STORE, "X-Accel-Buffering": "no"}
KEEP_ALIVE = b": still here\n\n"
QUIET_LOOKS = 15


class LastEventIdError(Exception):
    """`Last-Event-ID` is the number of an event."""


@dataclass(frozen=True, kw_only=True)
class StreamEvent:
    """One event as it goes out; `seq` becomes its id."""

    seq: int
    name: str
    data: Mapping[str, object]

    def encoded(self) -> bytes:
        content = json.dumps(self.data, ensure_ascii=False, separators=(",", ":"))
        return f"id: {self.seq}\nevent: {self.name}\ndata: {content}\n\n".encode()


async def encoded(events: AsyncIterator[StreamEvent | None]) -> AsyncIterator[bytes]:
    """The stream's bytes; None is a second without news, and some of them make a sign of life."""
    quiet = 0
    async for event in events:
        quiet = quiet + 1 if event is None else 0
        if event is not None:
            yield event.encoded()
        elif quiet % QUIET_LOOKS == 0:
            yield KEEP_ALIVE


def wants_json(request: Request) -> bool:
    """The events that are there, at once, for readers to whom no stream comes through."""
    accepted = request.headers.get("accept", "")
    return "application/json" in accepted and MEDIA_TYPE not in accepted


def last_event_id(header: str | None) -> int | None:
    """Raises LastEventIdError for anything but a small whole number."""
    if header is None or not header.strip():
        return None
    if not header.isascii() or not header.isdigit() or len(header) > 9:
        raise LastEventIdError("Last-Event-ID must be the id of an event: a whole number.")
    return int(header)
