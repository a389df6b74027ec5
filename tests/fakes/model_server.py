"""A server that speaks OpenAI's chat completions, good and bad, chosen by the model's name. Real sockets, no framework.

with ModelServer() as server:          # server.base_url, server.requests
python -m tests.fakes.model_server     # prints its base URL, serves until it is ended
"""

import asyncio
import json
import threading
from collections.abc import Callable, Coroutine, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from tests.fakes.personalities import HUNDRED_TOKENS, INSULTS, PERSONALITIES, SAYINGS, End, passages_in

__all__ = ["HUNDRED_TOKENS", "INSULTS", "SAYINGS", "ModelServer", "Request", "passages_in"]

Body = dict[str, Any]
HONEST = PERSONALITIES["honest"]


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
    pieces = [piece async for piece in PERSONALITIES.get(model, HONEST)(request.prompt) if isinstance(piece, str)]
    choice = {"index": 0, "message": {"role": "assistant", "content": "".join(pieces)}, "finish_reason": "stop"}
    _write_whole(writer, 200, json.dumps(_event(model, [choice], "chat.completion") | {"usage": _usage(len(pieces))}))


async def _stream(request: Request, model: str, writer: asyncio.StreamWriter) -> None:
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n")
    if model == "broken-json":
        _send(writer, '{"id": "x", "choices": [{"delta": {"content": "Hel')
    if model == "tool-calls":
        _send(writer, json.dumps(_event(model, [{"index": 0, "delta": UNASKED_CALL, "finish_reason": None}])))
    count = 0
    async for piece in PERSONALITIES.get(model, HONEST)(request.prompt):
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


UNASKED_CALL: Body = {
    "role": "assistant",
    "content": None,
    "tool_calls": [
        {"index": 0, "id": "call_1", "type": "function", "function": {"name": "refund", "arguments": '{"amount": 149}'}}
    ],
}


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
