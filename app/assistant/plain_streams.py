"""OpenAI's stream as plain dictionaries, and few of them: its client makes an object of each token, which LangChain
takes apart again."""

import json
from collections.abc import AsyncGenerator, AsyncIterator, Iterator
from contextlib import asynccontextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from openai import AsyncOpenAI, AsyncStream

_opened: ContextVar["list[AsyncStream[object]]"] = ContextVar("opened")

_TEXT = frozenset({"role", "content"})
_EVENT_ENDS = (b"\n\n", b"\n\r\n", b"\r\r")


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

        stream: Any = await self._client.post(
            "/chat/completions", body=payload, cast_to=object, stream=True, stream_cls=AsyncStream[object]
        )
        stream._decoder = _Together()
        _opened.get([]).append(stream)
        return stream

    @property
    def _completions(self) -> Any:
        return self._client.chat.completions


class _Together:
    """Stands in a stream where the client's decoder of events stands. Tokens that came in with one read are handed on
    as one: where a model is quicker than we are, as under load, LangChain's work for each is spared. None waits."""

    async def aiter_bytes(self, reads: AsyncIterator[bytes]) -> "AsyncIterator[_Event]":
        rest = b""
        async for read in reads:
            rest += read
            end = max(rest.rfind(mark) + len(mark) if mark in rest else 0 for mark in _EVENT_ENDS)
            for event in _joined(rest[:end]):
                yield event
            rest = rest[end:]


@dataclass(slots=True)
class _Event:
    """What the client's stream takes from its decoder: what the server told, or a token with the texts of those that
    followed it."""

    data: str
    chunk: Any
    texts: list[str]
    event: str | None = None

    def json(self) -> Any:
        """Raises ValueError of what is no JSON, as the client expects it."""
        if self.texts:
            self.chunk["choices"][0]["delta"]["content"] = "".join(self.texts)
        return json.loads(self.data) if self.chunk is None else self.chunk


def _joined(events: bytes) -> Iterator[_Event]:
    tokens: _Event | None = None
    for data in _data(events):
        chunk = _parsed(data)
        text = _only_text(chunk)
        if tokens and text:
            tokens.texts.append(text)
            continue
        if tokens:
            yield tokens
        tokens = _Event(data, chunk, [text]) if text else None
        if not tokens:
            yield _Event(data, chunk, [])
    if tokens:
        yield tokens


def _data(events: bytes) -> Iterator[str]:
    """Of each whole event; its other fields say nothing in OpenAI's protocol."""
    lines: list[bytes] = []
    for line in events.splitlines():
        if line.startswith(b"data:"):
            lines.append(line.removeprefix(b"data:"))
        elif lines and not line:
            yield b"\n".join(lines).decode().strip()
            lines.clear()


def _parsed(data: str) -> Any:
    """None of what is no JSON: the mark of the end, and what the client raises its error for."""
    try:
        return json.loads(data)
    except ValueError:
        return None


def _only_text(chunk: Any) -> str:
    """The text of a chunk that tells nothing else of the answer, "" of any other."""
    try:
        (choice,) = chunk["choices"]
        delta = choice["delta"]
        text = delta["content"]
    except (LookupError, TypeError, ValueError):
        return ""
    if chunk.get("usage") or chunk.get("error") or not isinstance(text, str):
        return ""
    for key in choice:  # once for each token
        if key != "delta" and choice[key]:
            return ""
    for key in delta:
        if key not in _TEXT and delta[key]:
            return ""
    return text


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
