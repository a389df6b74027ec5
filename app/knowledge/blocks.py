"""Markdown and plain text as the blocks that belong together: headings, paragraphs, list items, tables, code."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

_HEADING = re.compile(r"^ {0,3}(#{1,6})[ \t]+(.*?)[ \t]*#*[ \t]*$")
_UNDERLINE = re.compile(r"^ {0,3}(=+|-+)[ \t]*$")
_RULE = re.compile(r"^ {0,3}([-*_=])([ \t]*\1){2,}[ \t]*$")
_FENCE = re.compile(r"^ {0,3}(```+|~~~+)")
_ITEM = re.compile(r"^[ \t]*([-*+•]|\d{1,3}[.)])[ \t]+\S")
_TABLE_RULE = re.compile(r"^[ \t]*\|?[ \t]*:?-+:?[ \t]*(\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$")


class BlockKind(StrEnum):
    """What a block is; it decides where a long one may be parted."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "item"
    TABLE = "table"
    CODE = "code"


@dataclass(frozen=True, kw_only=True)
class Block:
    """Lines that belong together. `level` is a heading's depth 1..6, else 0."""

    kind: BlockKind
    text: str
    level: int = 0


def blocks_of(text: str) -> list[Block]:
    """The blocks in order; nothing but blank lines, rules and the marks of headings is lost."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    blocks: list[Block] = []
    at = 0
    while at < len(lines):
        if not lines[at].strip() or _RULE.match(lines[at]):
            at += 1
            continue
        block, at = _block_at(lines, at)
        blocks.append(block)
    return blocks


def _block_at(lines: list[str], at: int) -> tuple[Block, int]:
    line = lines[at]
    if heading := _HEADING.match(line):
        return Block(kind=BlockKind.HEADING, text=heading[2].strip(), level=len(heading[1])), at + 1
    if fence := _FENCE.match(line):
        return _taken(lines, at, _end_of_code(lines, at, fence[1]), BlockKind.CODE)
    if _starts_table(lines, at):
        return _taken(lines, at, _end_of_table(lines, at), BlockKind.TABLE)
    if _ITEM.match(line):
        return _taken(lines, at, _end_of_item(lines, at), BlockKind.ITEM)
    end = _end_of_paragraph(lines, at)
    if end == at + 1 and _may_be_heading(line) and end < len(lines) and (rule := _UNDERLINE.match(lines[end])):
        return Block(kind=BlockKind.HEADING, text=line.strip(), level=1 if rule[1][0] == "=" else 2), end + 1
    return _taken(lines, at, end, BlockKind.PARAGRAPH)


def _may_be_heading(line: str) -> bool:
    """A line over a rule may also be a sentence before a new part."""
    return len(line.strip()) <= 120 and not line.rstrip().endswith((".", "!", ":", ";", ","))


def _taken(lines: list[str], start: int, end: int, kind: BlockKind) -> tuple[Block, int]:
    return Block(kind=kind, text="\n".join(line.rstrip() for line in lines[start:end]).strip("\n")), end


def _starts_table(lines: list[str], at: int) -> bool:
    return "|" in lines[at] and at + 1 < len(lines) and "|" in lines[at + 1] and bool(_TABLE_RULE.match(lines[at + 1]))


def _end_of_table(lines: list[str], at: int) -> int:
    end = at + 2
    while end < len(lines) and "|" in lines[end]:
        end += 1
    return end


def _end_of_code(lines: list[str], at: int, fence: str) -> int:
    for end in range(at + 1, len(lines)):
        if lines[end].strip().startswith(fence):
            return end + 1
    return len(lines)


def _end_of_item(lines: list[str], at: int) -> int:
    end = at + 1
    while end < len(lines) and lines[end].strip() and not _opens_block(lines, end):
        end += 1
    return end


def _end_of_paragraph(lines: list[str], at: int) -> int:
    end = at + 1
    while end < len(lines) and lines[end].strip() and not _opens_block(lines, end) and not _UNDERLINE.match(lines[end]):
        end += 1
    return end


def _opens_block(lines: list[str], at: int) -> bool:
    line = lines[at]
    return bool(_HEADING.match(line) or _FENCE.match(line) or _ITEM.match(line)) or _starts_table(lines, at)


def sentences_of(text: str) -> Iterator[str]:
    """Sentences, each with the white space that follows it; abbreviations and initials do not end one."""
    start = 0
    for end in _SENTENCE_END.finditer(text):
        if _ABBREVIATION.search(text[start : end.start() + 1]):
            continue
        yield text[start : end.end()]
        start = end.end()
    if start < len(text):
        yield text[start:]


_SENTENCE_END = re.compile(r"[.!?\u2026][\"')\]\u00bb\u201d]*\s+(?=[\"'(\[\u00ab\u201c*_\-]?[A-Z\u00c0-\u00de0-9])")
_ABBREVIATION = re.compile(r"(?:\b(?:e\.g|i\.e|etc|vs|Mr|Mrs|Ms|Dr|St|No|Nr|approx|ca|z\.B|bzw)\.|\b[A-Z]\.)$")
