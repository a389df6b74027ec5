"""Documents whose bytes others wrote: HTML, PDF, DOCX. Read only in a child process with limits."""

import io
import logging
import re
import statistics
import zipfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from importlib import import_module
from typing import Any, cast

from app.knowledge.visible import UNSEEN_STYLE

LARGEST_PAGE = 5_000_000
"""Bytes of HTML: its reader holds many times as much in memory, and hides it when that is not to be had."""


class UnreadableError(Exception):
    """Said to the document's author."""


@dataclass(frozen=True, kw_only=True)
class ForeignText:
    """What a document says, as Markdown; `title` and `address` as it states them itself, or empty."""

    text: str
    title: str = ""
    address: str = ""


def read_html(content: bytes, _unpacked: int) -> ForeignText:
    """The main content, without navigation and footers."""
    if len(content) > LARGEST_PAGE:
        raise UnreadableError(f"is a page of more than {LARGEST_PAGE // 1_000_000} MB")
    trafilatura: Any = import_module("trafilatura")
    text = trafilatura.extract(
        _shown(content), output_format="markdown", include_tables=True, include_links=True, include_comments=False
    )
    about = trafilatura.extract_metadata(content)
    title, address = (about.title, about.url) if about is not None else ("", "")
    return ForeignText(text=_without_title(text or "", title or ""), title=title or "", address=address or "")


def _shown(content: bytes) -> Any:
    """The page's tree without the elements that a reader does not see; the bytes where they make no tree."""
    lxml_html: Any = import_module("lxml.html")
    try:
        tree = lxml_html.fromstring(content)
    except (ValueError, TypeError, import_module("lxml.etree").ParserError):
        return content
    unseen = [e for e in tree.iter() if isinstance(e.tag, str) and _is_unseen(e)]
    for element in unseen:
        if element.getparent() is not None:
            element.drop_tree()
    return tree


def _is_unseen(element: Any) -> bool:
    is_hidden = element.get("hidden") is not None or element.get("aria-hidden") == "true"
    return is_hidden or bool(UNSEEN_STYLE.search(element.get("style") or ""))


def read_pdf(content: bytes, unpacked: int) -> ForeignText:
    """The text layer, page after page, its lines joined to paragraphs."""
    logging.getLogger("pypdf").setLevel(logging.ERROR)
    pypdf: Any = import_module("pypdf")
    reader = pypdf.PdfReader(io.BytesIO(content))
    if reader.is_encrypted and not reader.decrypt(""):
        raise UnreadableError("is encrypted; save it without a password")
    pages: list[str] = []
    for page in reader.pages:
        pages.append(cast(str, page.extract_text()))
        if sum(map(len, pages)) > unpacked:
            raise UnreadableError(f"holds more than {unpacked} characters")
    text = "\n\n".join(_joined_lines(page) for page in pages)
    if not text.strip():
        raise UnreadableError("holds no text; scanned pages are not read")
    title = reader.metadata.title if reader.metadata is not None else ""
    return ForeignText(text=text, title=str(title or "").strip())


def read_docx(content: bytes, unpacked: int) -> ForeignText:
    """Headings, lists and tables are kept."""
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        raise UnreadableError("is encrypted, or a .doc of before 2007; save it as .docx without a password")
    _check_unpacked(content, unpacked)
    docx: Any = import_module("docx")
    document = docx.Document(io.BytesIO(content))
    title = str(document.core_properties.title or "").strip()
    blocks = [_docx_block(block) for block in document.iter_inner_content()]
    heading = next((text for kind, text in blocks if kind == "Title"), "")
    text = "\n\n".join(text for kind, text in blocks if text and kind != "Title")
    return ForeignText(text=text.replace("\n\n- ", "\n- "), title=heading or title)


READERS: dict[str, Callable[[bytes, int], ForeignText]] = {
    ".html": read_html,
    ".htm": read_html,
    ".pdf": read_pdf,
    ".docx": read_docx,
}
"""By ending; each takes the bytes and how many bytes or characters it may come to when unpacked."""


def _check_unpacked(content: bytes, unpacked: int) -> None:
    """A few kilobytes may unpack to gigabytes."""
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        if sum(entry.file_size for entry in packed.infolist()) > unpacked:
            raise UnreadableError(f"unpacks to more than {unpacked} bytes")


def _docx_block(block: Any) -> tuple[str, str]:
    """The name of its style, and the text as Markdown."""
    if hasattr(block, "rows"):
        return "Table", _markdown_table([[cell.text for cell in _distinct(row.cells)] for row in block.rows])
    style = str(block.style.name if block.style is not None else "")
    text = str(block.text).strip()
    if not text:
        return style, ""
    if heading := re.fullmatch(r"Heading ([1-6])", style):
        return style, f"{'#' * int(heading[1])} {text}"
    return style, f"- {text}" if style.startswith("List") else text


def _distinct(cells: Iterable[Any]) -> list[Any]:
    """Merged cells are given once for each column that they span."""
    kept: list[Any] = []
    for cell in cells:
        if not kept or cell._tc is not kept[-1]._tc:
            kept.append(cell)
    return kept


def _markdown_table(rows: list[list[str]]) -> str:
    lines = [
        "| " + " | ".join(re.sub(r"\s+", " ", cell).replace("|", "/").strip() for cell in row) + " |" for row in rows
    ]
    if not lines:
        return ""
    return "\n".join((lines[0], "|" + "---|" * len(rows[0]), *lines[1:]))


def _without_title(text: str, title: str) -> str:
    first, _, rest = text.partition("\n")
    return rest if title and first.lstrip("# ").strip() == title.strip() else text


def _joined_lines(page: str) -> str:
    """A line is carried on by the next if it fills the column and ends no sentence."""
    lines = [line.strip() for line in page.split("\n")]
    full = 0.6 * statistics.quantiles([len(line) for line in lines if line] * 2, n=10)[8] if any(lines) else 0
    joined = ""
    for line in lines:
        if joined.endswith("-") and line[:1].islower():
            joined = joined[:-1] + line
        elif _carries_on(joined.rpartition("\n")[2], line, full):
            joined += " " + line
        else:
            joined += "\n" + line
    return joined.strip()


def _carries_on(line: str, following: str, full: float) -> bool:
    if not line or not following or re.match(r"([-*•–]|\d{1,3}[.)])\s", following):
        return False
    return len(line) >= full and not line.endswith((".", "!", "?", ":", ";"))
