"""A website on a real loopback socket: pages by path, redirects, and pages without an end."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

ENDLESS, DRIP = "endless", "drip"
Page = tuple[int, Mapping[str, str], bytes]


@dataclass(kw_only=True)
class Site:
    """`pages` by path; a path that is not among them is not found. `asked` are the paths in their order."""

    port: int = 0
    pages: dict[str, Page | str] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    at_once: int = 0
    most_at_once: int = 0

    def address(self, path: str = "/") -> str:
        return f"http://127.0.0.1:{self.port}{path}"

    def page(self, path: str, text: str, title: str = "A page", language: str = "en") -> None:
        """With enough words that a reader of foreign pages takes it for one."""
        head = f"<html lang={language}><head><title>{title}</title></head>"
        html = f"{head}<body><main><h1>{title}</h1><p>{text}</p></main></body></html>"
        self.pages[path] = (200, {"Content-Type": "text/html; charset=utf-8"}, html.encode())

    def sitemap(self, path: str, *paths: str, kind: str = "url") -> None:
        root = "urlset" if kind == "url" else "sitemapindex"
        named = "".join(f"<{kind}><loc>{each if '//' in each else self.address(each)}</loc></{kind}>" for each in paths)
        namespace = "http://www.sitemaps.org/schemas/sitemap/0.9"
        text = f'<?xml version="1.0" encoding="UTF-8"?><{root} xmlns="{namespace}">{named}</{root}>'
        self.pages[path] = (200, {"Content-Type": "application/xml"}, text.encode())

    def leads(self, path: str, to: str) -> None:
        self.pages[path] = (302, {"Location": to}, b"")

    def robots(self, *lines: str) -> None:
        self.pages["/robots.txt"] = (200, {"Content-Type": "text/plain"}, "\n".join(lines).encode())

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.at_once += 1
        self.most_at_once = max(self.most_at_once, self.at_once)
        try:
            head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
            path = head.split(" ")[1]
            self.asked.append(path)
            await _answer(writer, self.pages.get(path, (404, {}, b"")))
        except (ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError):
            pass  # the caller went away, or the test is over
        finally:
            self.at_once -= 1
            writer.close()


async def _answer(writer: asyncio.StreamWriter, page: Page | str) -> None:
    if isinstance(page, str):
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nConnection: close\r\n\r\n<html><body>")
        while True:
            writer.write(b"<p>more</p>" * 1_000 if page == ENDLESS else b".")
            await writer.drain()
            await asyncio.sleep(0 if page == ENDLESS else 0.05)
    status, headers, content = page
    lines = [f"{name}: {value}" for name, value in {**headers, "Content-Length": len(content)}.items()]
    writer.write("\r\n".join([f"HTTP/1.1 {status} Said", *lines, "Connection: close", "", ""]).encode() + content)
    await writer.drain()


@asynccontextmanager
async def on_loopback(site: Site) -> AsyncIterator[Site]:
    serving: set[asyncio.Task[None]] = set()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        serving.add(task)
        await site.serve(reader, writer)

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    site.port = server.sockets[0].getsockname()[1]
    try:
        yield site
    finally:
        server.close()
        for task in serving:
            task.cancel()
        await asyncio.gather(*serving, return_exceptions=True)
