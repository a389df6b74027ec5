"""A proxy on loopback between a page and the service: cuts, stalls and refuses on demand, counts what it carries.

with Proxy(target=port) as proxy:      # proxy.address, proxy.requests, proxy.open_streams()
    proxy.mode = Mode.STALL            # requests get no answer, or those alone whose path begins with proxy.stalled
    proxy.streams = Streams.HOLD       # event streams are open, but nothing comes out of them
    proxy.cut()                        # every open connection breaks
    proxy.refuse()                     # the same, and no new one is taken until the mode is another
"""

import asyncio
import re
import threading
from collections.abc import Coroutine
from contextlib import suppress
from dataclasses import dataclass, field
from enum import StrEnum

REQUEST = re.compile(rb"^(GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS) (\S+) HTTP/1\.1\r\n")
CHUNK = 65_536


class Mode(StrEnum):
    """What happens to connections."""

    PASS = "pass"
    STALL = "stall"
    REFUSE = "refuse"


class Streams(StrEnum):
    """What happens to what event streams bring."""

    PASS = "pass"
    HOLD = "hold"
    CUT = "cut"


@dataclass(eq=False)
class Link:
    """One connection of the page's."""

    writer: asyncio.StreamWriter
    onward: asyncio.StreamWriter
    path: str = ""
    is_stream: bool = False

    def abort(self) -> None:
        for writer in (self.writer, self.onward):
            writer.transport.abort()


@dataclass(kw_only=True)
class Proxy:
    """`requests` are those so far, as "GET /v1/..."; stalled ones are among them."""

    target: int
    port: int = 0
    mode: Mode = Mode.PASS
    stalled: str = "/"
    streams: Streams = Streams.PASS
    requests: list[str] = field(default_factory=list)
    connections: int = 0
    links: set[Link] = field(default_factory=set)

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def __enter__(self) -> "Proxy":
        self._loop = asyncio.new_event_loop()
        started = threading.Event()
        self._thread = threading.Thread(target=self._run, args=(started,), daemon=True)
        self._thread.start()
        assert started.wait(10), "the proxy did not start"
        return self

    def __exit__(self, *_: object) -> None:
        self._loop.call_soon_threadsafe(self._serving.cancel)
        self._thread.join(10)

    def open_streams(self) -> list[str]:
        """Paths of the event streams that are open now."""
        return [link.path for link in tuple(self.links) if link.is_stream]

    def count(self, beginning: str) -> int:
        """Requests so far that begin like this, e.g. "POST /v1/chat"."""
        return sum(request.startswith(beginning) for request in tuple(self.requests))

    def cut(self, only_streams: str = "") -> None:
        """Breaks open connections; with a part of a path only the event streams that hold it."""
        for link in tuple(self.links):
            if not only_streams or (link.is_stream and only_streams in link.path):
                self._loop.call_soon_threadsafe(link.abort)

    def refuse(self) -> None:
        """Breaks every open connection and takes no new one, in one step: what was stalled is not let through."""
        done = threading.Event()

        def at_once() -> None:
            self.mode = Mode.REFUSE
            for link in tuple(self.links):
                link.abort()
            done.set()

        self._loop.call_soon_threadsafe(at_once)
        assert done.wait(10), "the proxy stands still"

    def _run(self, started: threading.Event) -> None:
        asyncio.set_event_loop(self._loop)
        self._serving = self._loop.create_task(self._serve(started))
        with suppress(asyncio.CancelledError):
            self._loop.run_until_complete(self._serving)
        left = asyncio.all_tasks(self._loop)
        for task in left:
            task.cancel()
        self._loop.run_until_complete(asyncio.gather(*left, return_exceptions=True))
        self._loop.close()

    async def _serve(self, started: threading.Event) -> None:
        server = await asyncio.start_server(self._carry, "127.0.0.1", self.port)
        self.port = server.sockets[0].getsockname()[1]
        started.set()
        try:
            await asyncio.Event().wait()
        finally:
            server.close()
            for link in tuple(self.links):
                link.abort()

    async def _carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        if self.mode is Mode.REFUSE:
            writer.transport.abort()
            return
        try:
            back, onward = await asyncio.open_connection("127.0.0.1", self.target)
        except OSError:
            writer.transport.abort()
            return
        link = Link(writer, onward)
        self.links.add(link)
        with suppress(ConnectionError, asyncio.CancelledError):
            await _until_one_ends(self._there(link, reader), self._back(link, back))
        self.links.discard(link)
        link.abort()

    async def _there(self, link: Link, reader: asyncio.StreamReader) -> None:
        while data := await reader.read(CHUNK):
            if found := REQUEST.match(data):
                link.path, link.is_stream = found[2].decode(), False
                self.requests.append(f"{found[1].decode()} {link.path}")
            await self._while_stalled(link)
            link.onward.write(data)
            await link.onward.drain()

    async def _back(self, link: Link, reader: asyncio.StreamReader) -> None:
        while data := await reader.read(CHUNK):
            if data.startswith(b"HTTP/1.1 ") and b"content-type: text/event-stream" in data.lower():
                link.is_stream = True
            await self._while_stalled(link)
            if link.is_stream and self.streams is Streams.CUT:
                return
            while link.is_stream and self.streams is Streams.HOLD:
                await asyncio.sleep(0.02)
            link.writer.write(data)
            await link.writer.drain()
            if data.endswith(b"0\r\n\r\n"):
                link.is_stream = False

    async def _while_stalled(self, link: Link) -> None:
        while self.mode is Mode.STALL and link.path.startswith(self.stalled):
            await asyncio.sleep(0.02)


async def _until_one_ends(*ways: Coroutine[None, None, None]) -> None:
    tasks = [asyncio.ensure_future(way) for way in ways]
    try:
        await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
