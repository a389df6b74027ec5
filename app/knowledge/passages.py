"""Articles cut into passages: along their headings, in windows that end where a sentence, item or row ends."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass

from app.domain.knowledge import Article, Passage
from app.knowledge.blocks import Block, BlockKind, blocks_of, sentences_of
from app.knowledge.visible import visible

WINDOW = 900
"""Characters of a passage's text; MiniLM reads 256 tokens, which are about a thousand characters of English."""

_SMALLEST = 200
"""A last window shorter than this joins the one before."""


@dataclass(frozen=True, kw_only=True)
class _Section:
    """What stands under one heading; `path` holds the headings above it, its own last."""

    path: tuple[str, ...]
    blocks: tuple[Block, ...]


def passages_of(article: Article, *, window: int = WINDOW) -> tuple[Passage, ...]:
    """The article's passages in order; their ids change with their words, so that an edited text is never mistaken
    for the one that was indexed. A heading with nothing under it gives none, unless the article holds nothing else."""
    cut = [(section.path, text) for section in _sections(article) for text in _windows(section.blocks, window)]
    if not cut and article.title.strip():
        cut = [((), article.title.strip())]
    return tuple(_passage(article, position, path, text) for position, (path, text) in enumerate(cut))


def _passage(article: Article, position: int, path: tuple[str, ...], text: str) -> Passage:
    title_path = (article.title, *path) if article.title else path
    words = "\x1f".join((*title_path, text))
    digest = hashlib.sha256(words.encode()).hexdigest()[:12]
    return Passage(
        id=f"{article.id}#{position}-{digest}",
        article_id=article.id,
        position=position,
        title_path=title_path,
        text=text,
        language=article.language,
        address=article.address,
        products=article.products,
    )


def _sections(article: Article) -> Iterator[_Section]:
    path: list[tuple[int, str]] = []
    blocks: list[Block] = []
    for block in blocks_of(visible(article.text)):
        if block.kind is not BlockKind.HEADING:
            blocks.append(block)
            continue
        if blocks:
            yield _section(article, path, blocks)
            blocks = []
        path = [(level, text) for level, text in path if level < block.level]
        path.append((block.level, block.text))
    if blocks:
        yield _section(article, path, blocks)


def _section(article: Article, path: list[tuple[int, str]], blocks: list[Block]) -> _Section:
    headings = tuple(text for _, text in path if text)
    if headings and headings[0].casefold() == article.title.strip().casefold():
        headings = headings[1:]
    return _Section(path=headings, blocks=tuple(blocks))


def _windows(blocks: tuple[Block, ...], window: int) -> list[str]:
    """Pieces packed up to the window; a line that announces a list goes with the list's first item."""
    windows: list[str] = []
    packed = ""
    for piece in _pieces(blocks, window):
        if packed and len(packed) + len(piece) > window:
            kept, carried = _without_announcement(packed)
            windows.append(kept)
            packed = carried
        packed += piece
    if windows and len(packed.strip()) < _SMALLEST and len(windows[-1]) + len(packed) <= window + _SMALLEST:
        windows[-1] += packed
        packed = ""
    windows.append(packed)
    return [text.strip() for text in windows if text.strip()]


def _without_announcement(packed: str) -> tuple[str, str]:
    lines = packed.rstrip().split("\n")
    if len(lines) > 1 and lines[-1].rstrip().endswith(":"):
        return "\n".join(lines[:-1]), lines[-1] + "\n"
    return packed, ""


def _pieces(blocks: tuple[Block, ...], window: int) -> Iterator[str]:
    for at, block in enumerate(blocks):
        after = blocks[at + 1] if at + 1 < len(blocks) else None
        tight = block.kind is BlockKind.ITEM and after is not None and after.kind is BlockKind.ITEM
        yield from _parted(block, window, "\n" if tight else "\n\n")


def _parted(block: Block, window: int, end: str) -> Iterator[str]:
    if len(block.text) <= window:
        yield block.text + end
        return
    if block.kind is BlockKind.TABLE:
        yield from _parted_table(block.text, window, end)
        return
    parts = block.text.splitlines(keepends=True) if block.kind is BlockKind.CODE else list(sentences_of(block.text))
    for at, part in enumerate(parts):
        yield from _short(part if at + 1 < len(parts) else part + end, window)


def _parted_table(text: str, window: int, end: str) -> Iterator[str]:
    """Rows in windows of their own, each under the table's header."""
    header, rule, *rows = text.split("\n")
    packed: list[str] = []
    room = window - len(header) - len(rule) - 2
    for row in rows:
        if packed and sum(len(kept) + 1 for kept in packed) + len(row) > room:
            yield "\n".join((header, rule, *packed)) + end
            packed = []
        packed.append(row)
    yield "\n".join((header, rule, *packed)) + end


def _short(text: str, window: int) -> Iterator[str]:
    """A sentence longer than the window, at its last line end or space before it."""
    while len(text) > window:
        end = max(text.rfind("\n", 0, window), text.rfind(" ", window // 2, window)) + 1 or window
        yield text[:end]
        text = text[end:]
    if text:
        yield text
