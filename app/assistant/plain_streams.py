"""OpenAI's stream as plain dictionaries: its client makes an object of each token, which LangChain takes apart."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from openai import AsyncOpenAI, AsyncStream

_opened: ContextVar["list[AsyncStream[object]]"] = ContextVar("opened")


class PlainStreams:
    """Stands in ChatOpenAI where the client's completions stand. A stream comes through the client's own `post`, with
    its retries, deadlines and errors; building objects was a third of the cost of a reply."""

    def __init__(self, client: "AsyncOpenAI") -> None:
        self._client = client

    async def create(self, **payload: Any) -> Any:
        return await (self._stream(payload) if payload.get("stream") else self._completions.create(**payload))

    @property
    def with_raw_response(self) -> Any:
        return self._completions.with_raw_response

    async def _stream(self, payload: dict[str, Any]) -> "AsyncStream[object]":
        from openai import AsyncStream

        stream = await self._client.post(
            "/chat/completions", body=payload, cast_to=object, stream=True, stream_cls=AsyncStream[object]
        )
        _opened.get([]).append(stream)
        return stream

    @property
    def _completions(self) -> Any:
        return self._client.chat.completions


@asynccontextmanager
async def closing_streams() -> AsyncGenerator[None, None]:
    """Streams opened inside are closed at the end. LangChain leaves that to the garbage collector when its reader goes
    early, and until then the server writes, and is paid."""
    streams: list[AsyncStream[object]] = []
    _opened.set(streams)
    try:
        yield
    finally:
        for stream in streams:
            await stream.close()
