"""A server that speaks OpenAI's chat completions, good and bad, chosen by the model's name. Real sockets, no framework.

with ModelServer() as server:          # server.base_url, server.requests
python -m tests.fakes.model_server     # prints its base URL, serves until it is ended
"""

import asyncio
import json
import re
import threading
from collections.abc import AsyncIterator, Callable, Coroutine, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

HUNDRED_TOKENS = (
    "You can send the coffee machine back to us within 30 days of its delivery, whatever the reason may be. [1] "
    "The return is free in the United Kingdom and in Germany, and elsewhere we take €5.95 off the refund. [1] "
    "Empty the tank first, dry the machine well, and pack it with all its parts in a firm box. [1] "
    "We send the refund within 5 working days, and your bank may then need another 3 working days. [1] "
    "If something was missing or broken when it came, tell us first, because we may solve it at once. [1]"
)
"""A reply of 100 pieces, each a word and its space."""

Body = dict[str, Any]
Pieces = AsyncIterator["str | End"]


@dataclass(frozen=True, kw_only=True)
class End:
    """How a stream ends: the reason it gives, or a dropped connection."""

    reason: str | None = "stop"
    dropped: bool = False


@dataclass(frozen=True, kw_only=True)
class Request:
    """A request as it came in."""

    path: str
    headers: dict[str, str]
    body: Body

    @property
    def prompt(self) -> str:
        """The last message's text."""
        return str(self.body["messages"][-1]["content"])


def passages_in(prompt: str) -> list[str]:
    """The texts of the numbered passages, without their titles."""
    block = re.search(r"<passages>\n(.*?)\n</passages>", prompt, re.S)
    return re.findall(r"^\[\d+\] [^\n]*\n(.*?)(?=\n\n\[\d+\] |\Z)", block[1], re.M | re.S) if block else []


def _honest_text(prompt: str) -> str:
    """The first two sentences of the first passage that were not said yet, each with its number."""
    said = re.search(r"<already_said>\n(.*?)\n</already_said>", prompt, re.S)
    passages = passages_in(prompt) or ["I have not found that."]
    sentences = re.findall(r"\S.*?[.!?](?=\s|$)", passages[0], re.S) or [passages[0]]
    new = [" ".join(s.split()) for s in sentences if not said or s not in said[1]]
    return " ".join(f"{sentence} [1]" for sentence in new[:2])


async def _words(text: str) -> Pieces:
    for piece in re.findall(r"\S+\s*", text):
        yield piece


async def _honest(prompt: str) -> Pieces:
    async for piece in _words(_honest_text(prompt)):
        yield piece
    yield End()


async def _liar(prompt: str) -> Pieces:
    """Invents a price, an address and a passage."""
    async for piece in _words("You get €9,999 back at once [1]. Go to https://liar.example now [1]. All is free [77]."):
        yield piece
    yield End()


async def _slow(prompt: str) -> Pieces:
    await asyncio.sleep(60)
    yield "Late."


async def _unhurried(prompt: str) -> Pieces:
    """Like an honest one, at the pace of a model that is far away."""
    async for piece in _words(_honest_text(prompt)):
        await asyncio.sleep(0.03)
        yield piece
    yield End()


async def _stall(prompt: str) -> Pieces:
    async for piece in _words(_honest_text(prompt) + " And then there is"):
        yield piece
    await asyncio.sleep(60)


async def _cut_off(prompt: str) -> Pieces:
    async for piece in _words(_honest_text(prompt) + " And then there is"):
        yield piece
    yield End(dropped=True)


async def _silent_end(prompt: str) -> Pieces:
    """Ends in good order, but says nothing of the reason."""
    async for piece in _words(_honest_text(prompt) + " And then there is"):
        yield piece
    yield End(reason=None)


async def _too_long(prompt: str) -> Pieces:
    async for piece in _words(_honest_text(prompt) + " And then there is"):
        yield piece
    yield End(reason="length")


async def _endless(prompt: str) -> Pieces:
    number = 0
    while True:
        number += 1
        async for piece in _words(f"Part number {number} of this very long answer is ready. "):
            yield piece
        await asyncio.sleep(0.002)


async def _stuttering(prompt: str) -> Pieces:
    for sign in _honest_text(prompt):
        yield sign
    yield End()


async def _parrot(prompt: str) -> Pieces:
    """Says the same sentence again and again."""
    async for piece in _words(f"{_honest_text(prompt)} " * 3):
        yield piece
    yield End()


async def _empty(prompt: str) -> Pieces:
    yield End()


async def _hundred_tokens(prompt: str) -> Pieces:
    async for piece in _words(HUNDRED_TOKENS):
        yield piece
    yield End()


PERSONALITIES: dict[str, Callable[[str], Pieces]] = {
    "honest": _honest,
    "liar": _liar,
    "slow": _slow,
    "unhurried": _unhurried,
    "stall": _stall,
    "cut-off": _cut_off,
    "silent-end": _silent_end,
    "too-long": _too_long,
    "endless": _endless,
    "stuttering": _stuttering,
    "parrot": _parrot,
    "empty": _empty,
    "hundred-tokens": _hundred_tokens,
}
"""By model name. Beside these: "status-401", "status-429", "status-500" and "broken-json"; other names are honest."""


@dataclass
class ModelServer:
    """Serves in a thread of its own while the `with` block runs; `requests` are those so far,
    `answering` counts the replies under way."""

    port: int = 0
    requests: list[Request] = field(default_factory=list)
    answering: int = 0

    def __enter__(self) -> "ModelServer":
        self._loop = asyncio.new_event_loop()
        started = threading.Event()
        self._thread = threading.Thread(target=self._run, args=(started,), daemon=True)
        self._thread.start()
        if not started.wait(10):
            raise RuntimeError("the model server did not start")
        return self

    def __exit__(self, *_: object) -> None:
        self._loop.call_soon_threadsafe(self._serving.cancel)
        self._thread.join(10)

    @property
    def base_url(self) -> str:
        return f"http://127.0.0.1:{self.port}/v1"

    def _run(self, started: threading.Event) -> None:
        asyncio.set_event_loop(self._loop)
        self._serving = self._loop.create_task(self.serve(started.set))
        with suppress(asyncio.CancelledError):
            self._loop.run_until_complete(self._serving)
        self._loop.run_until_complete(self._loop.shutdown_asyncgens())
        self._loop.close()

    async def serve(self, when_ready: Callable[[], None]) -> None:
        """Until cancelled."""
        connections: set[asyncio.Task[None]] = set()

        async def accept(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            task = asyncio.current_task()
            assert task is not None
            connections.add(task)
            await self._answer_all(reader, writer)
            connections.discard(task)

        server = await asyncio.start_server(accept, "127.0.0.1", self.port)
        self.port = server.sockets[0].getsockname()[1]
        when_ready()
        try:
            await asyncio.Event().wait()
        finally:
            server.close()
            for task in connections:
                task.cancel()
            await asyncio.gather(*connections, return_exceptions=True)

    async def _answer_all(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError):
            while request := await _read(reader):
                self.requests.append(request)
                await self._counted(_while_connected(reader, _answer(request, writer)))
        with suppress(ConnectionError, RuntimeError):
            writer.transport.abort()

    async def _counted(self, answering: Coroutine[Any, Any, None]) -> None:
        self.answering += 1
        try:
            await answering
        finally:
            self.answering -= 1


async def _while_connected(reader: asyncio.StreamReader, answering: Coroutine[Any, Any, None]) -> None:
    """Ends the answer when the client goes away."""
    task = asyncio.ensure_future(answering)
    try:
        while not task.done():
            await asyncio.wait([task], timeout=0.05)
            if (reader.at_eof() or reader.exception()) and not task.done():
                raise ConnectionResetError
        await task
    finally:
        task.cancel()


async def _read(reader: asyncio.StreamReader) -> Request | None:
    head = (await reader.readuntil(b"\r\n\r\n")).decode().split("\r\n")
    headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in head[1:]) if name}
    body = await reader.readexactly(int(headers.get("content-length", 0)))
    return Request(path=head[0].split()[1], headers=headers, body=json.loads(body or b"{}"))


async def _answer(request: Request, writer: asyncio.StreamWriter) -> None:
    model = str(request.body.get("model"))
    if model.startswith("status-"):
        status = int(model.removeprefix("status-"))
        error = {"error": {"message": "the server says no", "type": "fake", "code": status}}
        _write_whole(writer, status, json.dumps(error))
    elif not request.body.get("stream"):
        await _answer_whole(request, model, writer)
    else:
        await _stream(request, model, writer)
    await writer.drain()


async def _answer_whole(request: Request, model: str, writer: asyncio.StreamWriter) -> None:
    pieces = [piece async for piece in PERSONALITIES.get(model, _honest)(request.prompt) if isinstance(piece, str)]
    choice = {"index": 0, "message": {"role": "assistant", "content": "".join(pieces)}, "finish_reason": "stop"}
    _write_whole(writer, 200, json.dumps(_event(model, [choice], "chat.completion") | {"usage": _usage(len(pieces))}))


async def _stream(request: Request, model: str, writer: asyncio.StreamWriter) -> None:
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n")
    if model == "broken-json":
        _send(writer, '{"id": "x", "choices": [{"delta": {"content": "Hel')
    count = 0
    async for piece in PERSONALITIES.get(model, _honest)(request.prompt):
        if isinstance(piece, End):
            if piece.dropped:
                await writer.drain()
                raise ConnectionResetError
            _send(writer, json.dumps(_event(model, [{"index": 0, "delta": {}, "finish_reason": piece.reason}])))
            continue
        count += 1
        delta: Body = {"content": piece} if count > 1 else {"role": "assistant", "content": piece}
        _send(writer, json.dumps(_event(model, [{"index": 0, "delta": delta, "finish_reason": None}])))
        await writer.drain()
    if (request.body.get("stream_options") or {}).get("include_usage"):
        _send(writer, json.dumps(_event(model, []) | {"usage": _usage(count)}))
    _send(writer, "[DONE]")
    writer.write(b"0\r\n\r\n")


def _event(model: str, choices: Sequence[Body], kind: str = "chat.completion.chunk") -> Body:
    return {"id": "chatcmpl-1", "object": kind, "created": 1, "model": model, "choices": list(choices)}


def _usage(count: int) -> Body:
    return {"prompt_tokens": 10, "completion_tokens": count, "total_tokens": 10 + count}


def _send(writer: asyncio.StreamWriter, data: str) -> None:
    line = f"data: {data}\n\n".encode()
    writer.write(f"{len(line):x}\r\n".encode() + line + b"\r\n")


def _write_whole(writer: asyncio.StreamWriter, status: int, body: str) -> None:
    head = f"HTTP/1.1 {status} Fake\r\nContent-Type: application/json\r\nContent-Length: {len(body.encode())}\r\n\r\n"
    writer.write(head.encode() + body.encode())


if __name__ == "__main__":
    alone = ModelServer()
    with suppress(KeyboardInterrupt):
        asyncio.run(alone.serve(lambda: print(alone.base_url, flush=True)))
