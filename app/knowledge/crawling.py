"""Reads a website as its owner allows: robots.txt, sitemaps, pages; one request at a time, never another site."""

import asyncio
import hashlib
import re
import time
from collections import deque
from collections.abc import AsyncGenerator, Iterable
from contextlib import suppress
from dataclasses import dataclass, replace
from urllib.parse import urldefrag, urljoin, urlsplit
from urllib.robotparser import RobotFileParser

from app.care.importing import CrawledPage, CrawlRefusedError, Fetch, Fetched, Listing, NotFetchedError
from app.care.ingesting import Document
from app.domain.imports import ImportKind, is_same_site
from app.knowledge.sitemaps import BrokenSitemapError, Sitemap, read_sitemap, unpacked

AGENT = "Careline"
"""The name that robots.txt knows us by."""

LARGEST_ROBOTS = 500_000
REDIRECTS = 5
REDIRECTED = (301, 302, 303, 307, 308)
GONE = (404, 410)
LONGEST_PAUSE = 10.0
LONGEST_NAME = 200
FAILURES_IN_A_ROW = 10
LOOKED_FOR_LANGUAGE = 20_000
MOST_ADDRESSES = 50_000
"""Of all sitemaps of a site: so many are what one sitemap may name (sitemaps.org)."""

FOR_LISTING = 0.2
"""Of a run's time: what its sitemaps may take."""

ENDINGS = {
    "text/html": ".html",
    "application/xhtml+xml": ".html",
    "application/pdf": ".pdf",
    "text/plain": ".txt",
    "text/markdown": ".md",
}
_LANGUAGE = re.compile(rb"<html[^>]{0,1000}?\slang\s*=\s*[\"']?([A-Za-z]{2})\b", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True)
class CrawlLimits:
    """For one run: pages, bytes of a page, sitemaps of an index, seconds in all, and seconds between two requests."""

    pages: int = 500
    largest: int = 5_000_000
    sitemaps: int = 50
    seconds: float = 900.0
    pause: float = 0.5


class SiteCrawler:
    """Implements care.importing.Crawler."""

    def __init__(self, fetch: Fetch, limits: CrawlLimits | None = None) -> None:
        self._fetch = fetch
        self._limits = limits or CrawlLimits()

    async def listing(self, address: str, kind: ImportKind) -> Listing:
        address = urldefrag(address).url
        if kind is ImportKind.PAGE:
            return Listing(addresses=(address,))
        return await _Listing(self._fetch, self._limits, address).read()

    async def pages(self, listing: Listing) -> AsyncGenerator[CrawledPage]:
        if not listing.addresses:
            return
        walk = _Walk(self._fetch, self._limits, self._limits.seconds * (1 - FOR_LISTING))
        robots = await walk.robots(listing.addresses[0])
        seen: set[str] = set()
        for address in listing.addresses[: self._limits.pages]:
            if walk.over:
                yield CrawledPage(asked=address, address=address, problem=walk.over)
                return
            page = await walk.page(address, robots)
            yield replace(page, document=None) if page.address in seen else page
            seen.add(page.address)


class _Walk:
    """One run: what was asked of the site, and when."""

    def __init__(self, fetch: Fetch, limits: CrawlLimits, seconds: float) -> None:
        self._fetch = fetch
        self._limits = limits
        self._ends_at = time.monotonic() + seconds
        self._failures = 0
        self._pause = 0.0

    @property
    def over(self) -> str:
        """Why nothing more is asked of the site, or nothing."""
        if time.monotonic() >= self._ends_at:
            return f"the {self._limits.seconds / 60:g} minutes of a run were over; what follows was not looked at"
        if self._failures >= FAILURES_IN_A_ROW:
            return "the site did not answer any more; what follows was not looked at"
        return ""

    async def robots(self, address: str) -> RobotFileParser:
        """What the site allows; all of it where it has no robots.txt. Raises CrawlRefusedError."""
        parser = RobotFileParser()
        try:
            _, fetched = await self.get(urljoin(address, "/robots.txt"), LARGEST_ROBOTS)
        except NotFetchedError as error:
            raise CrawlRefusedError(f"robots.txt: {error}") from error
        if fetched.status >= 500 or fetched.status == 429:
            raise CrawlRefusedError(f"robots.txt: the site answered {fetched.status}")
        lines = fetched.content.decode("utf-8", "replace").splitlines() if fetched.status == 200 else []
        parser.parse(lines)
        delay = parser.crawl_delay(AGENT)
        self._pause = min(LONGEST_PAUSE, max(self._limits.pause, float(delay or 0)))
        return parser

    async def get(self, address: str, at_most: int) -> tuple[str, Fetched]:
        """Where redirects within the site led, and what came from there. Raises NotFetchedError."""
        for _ in range(REDIRECTS + 1):
            await asyncio.sleep(self._pause)
            self._pause = self._pause or self._limits.pause
            fetched = await self._fetch(address, at_most + 1)
            if fetched.status not in REDIRECTED:
                return address, fetched
            [onward] = _absolute(address, [fetched.headers.get("location", "")]) or [""]
            if not is_same_site(address, onward):
                raise NotFetchedError("it leads to another site")
            address = onward
        raise NotFetchedError("it leads from one address to the next without an end")

    async def page(self, asked: str, robots: RobotFileParser) -> CrawledPage:
        if not robots.can_fetch(AGENT, asked):
            return CrawledPage(asked=asked, address=asked, gone=True, problem="robots.txt asks not to read it")
        try:
            address, fetched = await self.get(asked, self._limits.largest)
        except NotFetchedError as error:
            self._failures += 1
            return CrawledPage(asked=asked, address=asked, problem=str(error))
        self._failures = self._failures + 1 if fetched.status >= 500 else 0
        if not robots.can_fetch(AGENT, address):
            return CrawledPage(asked=asked, address=address, gone=True, problem="robots.txt asks not to read it")
        return self._read(asked, address, fetched)

    def _read(self, asked: str, address: str, fetched: Fetched) -> CrawledPage:
        if fetched.status != 200:
            gone = fetched.status in GONE
            return CrawledPage(asked=asked, address=asked, gone=gone, problem=f"answered {fetched.status}")
        try:
            document = self._document(address, fetched)
        except NotFetchedError as error:
            return CrawledPage(asked=asked, address=asked, problem=str(error))
        return CrawledPage(asked=asked, address=address, document=document)

    def _document(self, address: str, fetched: Fetched) -> Document:
        content = whole(fetched, self._limits.largest)
        kind = fetched.headers.get("content-type", "").partition(";")[0].strip().lower()
        if kind not in ENDINGS:
            raise NotFetchedError(f"is no page that is read ({kind[:60] or 'no type'})")
        ending = ENDINGS[kind]
        language = _LANGUAGE.search(content[:LOOKED_FOR_LANGUAGE]) if ending == ".html" else None
        return Document(
            name=_name(address, ending),
            source="",
            content=content,
            address=address,
            language=language[1].decode().lower() if language else None,
        )


class _Listing:
    """Follows a sitemap to all that it names: further sitemaps of the same site too, a limited number of them."""

    def __init__(self, fetch: Fetch, limits: CrawlLimits, address: str) -> None:
        self._walk = _Walk(fetch, limits, limits.seconds * FOR_LISTING)
        self._limits = limits
        self._address = address
        self._notes: list[str] = []

    async def read(self) -> Listing:
        """The first sitemap must be one; of the others a broken one is noted. Raises CrawlRefusedError."""
        await self._walk.robots(self._address)
        try:
            pages = await self._follow()
        except NotFetchedError as error:
            raise CrawlRefusedError(f"The sitemap: {error}.") from error
        own, left_out = await asyncio.to_thread(_own, self._address, pages)
        if left_out:
            self._notes.append(f"{left_out} addresses of other sites were left out")
        if not own:
            raise CrawlRefusedError("The sitemap names no page of its own site.")
        if len(own) > self._limits.pages:
            self._notes.append(f"of {len(own)} pages the first {self._limits.pages} are read")
        return Listing(addresses=tuple(own), notes=tuple(self._notes))

    async def _follow(self) -> list[str]:
        first = await self._sitemap(self._address)
        pages, waiting, seen = list(first.pages), deque(first.sitemaps), 1
        known = {self._address}
        while waiting and seen < self._limits.sitemaps and len(pages) < MOST_ADDRESSES and not self._walk.over:
            address = waiting.popleft()
            if address in known or not is_same_site(self._address, address):
                continue
            known.add(address)
            seen += 1
            sitemap = await self._noted(address)
            pages += sitemap.pages
            waiting += sitemap.sitemaps
        if waiting:
            self._notes.append(f"{len(waiting)} further sitemaps were not read")
        return pages

    async def _noted(self, address: str) -> Sitemap:
        try:
            return await self._sitemap(address)
        except NotFetchedError as error:
            self._notes.append(f"{address}: {error}")
            return Sitemap()

    async def _sitemap(self, address: str) -> Sitemap:
        _, fetched = await self._walk.get(address, self._limits.largest)
        if fetched.status != 200:
            raise NotFetchedError(f"the site answered {fetched.status}")
        try:
            return await asyncio.to_thread(_read_at, address, whole(fetched, self._limits.largest))
        except BrokenSitemapError as error:
            raise NotFetchedError(str(error)) from error


def _read_at(address: str, content: bytes) -> Sitemap:
    """With whole addresses; tens of thousands take their time, away from the event loop."""
    sitemap = read_sitemap(content)
    pages, sitemaps = _absolute(address, sitemap.pages), _absolute(address, sitemap.sitemaps)
    return Sitemap(pages=pages, sitemaps=sitemaps)


def _own(address: str, pages: Iterable[str]) -> tuple[list[str], int]:
    """The site's own pages, each once, and how many others there are."""
    each = dict.fromkeys(pages)
    own = [page for page in each if is_same_site(address, page)]
    return own, len(each) - len(own)


def _absolute(base: str, addresses: Iterable[str]) -> list[str]:
    found: list[str] = []
    for address in addresses:
        with suppress(ValueError):  # it is none
            found.append(urldefrag(urljoin(base, address)).url)
    return found


def whole(fetched: Fetched, largest: int) -> bytes:
    """What was sent, unpacked. Raises NotFetchedError where it is larger."""
    try:
        content = unpacked(fetched.content, largest)
    except BrokenSitemapError as error:
        raise NotFetchedError(str(error)) from error
    if len(content) > largest:
        raise NotFetchedError(f"is larger than {largest / 1_000_000:g} MB")
    return content


def _name(address: str, ending: str) -> str:
    """The page's own id, the same at every run: host and path, told apart by a digest where they are not all."""
    url = urlsplit(address)
    name = f"{url.netloc}{url.path}".rstrip("/")
    if name.endswith(ending) and not url.query and len(name) <= LONGEST_NAME:
        return name
    digest = hashlib.sha256(address.encode()).hexdigest()[:8]
    return f"{name.removesuffix(ending)[:LONGEST_NAME]}-{digest}{ending}"
