"""Sitemaps: the addresses in them, read without anything that XML may bring along."""

import zlib
from dataclasses import dataclass, field
from xml.parsers import expat

MOST_ADDRESSES = 50_000
GZIP = b"\x1f\x8b"
LONGEST_ADDRESS = 2_000


class BrokenSitemapError(Exception):
    """What came is no sitemap."""


@dataclass(kw_only=True)
class Sitemap:
    """The pages and the further sitemaps that it names, in its order."""

    pages: list[str] = field(default_factory=list[str])
    sitemaps: list[str] = field(default_factory=list[str])


def read_sitemap(content: bytes) -> Sitemap:
    """CPU of some 100 ms for the largest. Raises BrokenSitemapError."""
    reader = _Reader()
    try:
        reader.parser.Parse(content, True)
    except expat.ExpatError as error:
        raise BrokenSitemapError(f"is no sitemap: line {error.lineno} is no XML") from error
    if reader.root not in ("urlset", "sitemapindex"):
        raise BrokenSitemapError("is no sitemap")
    return reader.found


def unpacked(content: bytes, at_most: int) -> bytes:
    """Of a gzip file, at most so many bytes and one. Raises BrokenSitemapError."""
    if not content.startswith(GZIP):
        return content
    try:
        return zlib.decompressobj(16 + zlib.MAX_WBITS).decompress(content, at_most + 1)
    except zlib.error as error:
        raise BrokenSitemapError("is a damaged gzip file") from error


class _Reader:
    """Collects the text of each <loc> right below <url> or <sitemap>; other vocabularies have their own <loc>."""

    def __init__(self) -> None:
        self.found = Sitemap()
        self.root = ""
        self._path: list[str] = []
        self._text = ""
        self.parser = expat.ParserCreate()
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._characters
        self.parser.StartDoctypeDeclHandler = self._refuse

    def _start(self, name: str, _attributes: object) -> None:
        self.root = self.root or _local(name)
        self._path.append(_local(name))
        self._text = ""

    def _end(self, _name: str) -> None:
        place = self._path[-2:]
        self._path.pop()
        address = self._text.strip()
        if address and len(address) <= LONGEST_ADDRESS:
            match place:
                case ["url", "loc"]:
                    _add(self.found.pages, address)
                case ["sitemap", "loc"]:
                    _add(self.found.sitemaps, address)
                case _:
                    pass

    def _characters(self, text: str) -> None:
        if len(self._text) <= LONGEST_ADDRESS:
            self._text += text

    def _refuse(self, *_declared: object) -> None:
        raise BrokenSitemapError("declares a document type: such XML is not read")


def _add(found: list[str], address: str) -> None:
    if len(found) < MOST_ADDRESSES:
        found.append(address)


def _local(name: str) -> str:
    return name.rpartition(":")[2]
