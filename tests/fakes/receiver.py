"""A webhook receiver on a real loopback socket: it answers as told, stalls, or hangs up, and records what came."""

import asyncio
import ssl
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from enum import StrEnum


class Manner(StrEnum):
    """What the receiver does with a request."""

    ANSWER = "answer"
    STALL = "stall"
    DRIP = "drip"
    HANG_UP_UNREAD = "hang up before reading"
    HANG_UP_READ = "hang up after reading"
    HANG_UP_IN_ANSWER = "hang up in the middle of the answer"


@dataclass(frozen=True, kw_only=True)
class Received:
    """One request as it came over the wire; header names in lower case."""

    method: str
    target: str
    headers: Mapping[str, str]
    body: bytes
    peer: tuple[str, int]


@dataclass(kw_only=True)
class Receiver:
    """`status` and `headers` of its answers; `connections` counts those that were opened."""

    address: str = ""
    port: int = 0
    manner: Manner = Manner.ANSWER
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    content: bytes = b"{}"
    connections: int = 0
    received: list[Received] = field(default_factory=list)

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        try:
            if self.manner is not Manner.HANG_UP_UNREAD:
                self.received.append(await _read(reader, writer))
                await self._answer(writer)
        except (ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError):
            pass  # the caller went away, or the test is over
        finally:
            writer.close()

    async def _answer(self, writer: asyncio.StreamWriter) -> None:
        if self.manner is Manner.HANG_UP_READ:
            return
        if self.manner is Manner.STALL:
            await asyncio.sleep(30)
        head = {"Content-Length": str(len(self.content)), "Connection": "close", **self.headers}
        lines = [f"HTTP/1.1 {self.status} Said", *(f"{name}: {value}" for name, value in head.items())]
        answer = "\r\n".join([*lines, "", ""]).encode() + self.content
        if self.manner is Manner.HANG_UP_IN_ANSWER:
            answer = answer[:12]
        pieces = [answer[i : i + 1] for i in range(len(answer))] if self.manner is Manner.DRIP else [answer]
        for piece in pieces:
            writer.write(piece)
            await writer.drain()
            await asyncio.sleep(0.05 if self.manner is Manner.DRIP else 0)


@asynccontextmanager
async def receiving(
    receiver: Receiver, host: str = "127.0.0.1", certificate: ssl.SSLContext | None = None
) -> AsyncIterator[Receiver]:
    """Listens on a free port for as long as the test goes on."""
    serving: set[asyncio.Task[None]] = set()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        serving.add(task)
        await receiver.serve(reader, writer)

    server = await asyncio.start_server(serve, host, 0, ssl=certificate)
    receiver.port = server.sockets[0].getsockname()[1]
    receiver.address = f"http://{f'[{host}]' if ':' in host else host}:{receiver.port}/hook"
    try:
        yield receiver
    finally:
        server.close()
        for task in serving:
            task.cancel()
        await asyncio.gather(*serving, return_exceptions=True)


async def _read(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> Received:
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
    method, target, _ = head[0].split(" ", 2)
    pairs = [line.split(":", 1) for line in head[1:] if line]
    headers = {name.lower(): value.strip() for name, value in pairs}
    body = await reader.readexactly(int(headers.get("content-length", "0")))
    return Received(method=method, target=target, headers=headers, body=body, peer=writer.get_extra_info("peername"))
