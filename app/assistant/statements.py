"""A passage's Markdown as the statements that it makes: sentences, list items, table rows, each readable alone."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import zip_longest

from app.care.answerers import SentenceSplitter
from app.domain.checking import limits_the_sentence_before
from app.domain.knowledge import Passage


class StatementKind(StrEnum):
    """How a statement stands in its passage; steps belong together, rows and items to the line before them."""

    SENTENCE = "sentence"
    STEP = "step"
    ITEM = "item"
    ROW = "row"


@dataclass(frozen=True, kw_only=True)
class Cell:
    """What stands in one column of a row."""

    column: str
    text: str


@dataclass(frozen=True, kw_only=True)
class Statement:
    """One statement as plain text. `intro` is the index of the statement that introduces its list or table, `block`
    counts the paragraphs, lists and tables of the passage, `cells` are those of a row, its label first."""

    text: str
    passage: Passage
    kind: StatementKind = StatementKind.SENTENCE
    intro: int | None = None
    block: int = 0
    cells: tuple[Cell, ...] = ()

    @property
    def heading(self) -> str:
        """The headings that it stands under, without the article's title where there are any."""
        return " – ".join(self.passage.title_path[1:] or self.passage.title_path)

    def with_cells(self, cells: tuple[Cell, ...]) -> "Statement":
        """The row with some of its cells only."""
        return replace(self, text=_row_text(cells), cells=cells)

    @property
    def is_listed(self) -> bool:
        return self.kind is not StatementKind.SENTENCE

    @property
    def step_number(self) -> int | None:
        """Where it stands in its procedure, None for anything but a step."""
        return int(re.split(r"[.)]", self.text, maxsplit=1)[0]) if self.kind is StatementKind.STEP else None

    @property
    def leans_back(self) -> bool:
        """Whether it cannot be understood without the statement before it."""
        return not self.is_listed and bool(_LEANS_BACK.match(self.text))

    @property
    def is_signpost(self) -> bool:
        """Whether it tells where something stands instead of saying it."""
        return bool(_SIGNPOST.search(self.text))

    @property
    def limits(self) -> bool:
        """Whether it restricts the statement before it, so that leaving it out would say too much."""
        return not self.is_listed and limits_the_sentence_before(self.text)

    @property
    def introduces(self) -> bool:
        """Whether what follows belongs to it: a line that ends in a colon, a question that is answered next."""
        return self.text.endswith((":", "?"))


_LEANS_BACK = re.compile(
    r"(?:It|Its|This|These|That|Those|They|Their|Them|Then|Otherwise|However|But|Instead|Also|After that|If so|If not"
    r"|Dies|Diese[rsmn]?|Es|Dann|Sonst|Andernfalls|Dabei|Dazu|Danach|Jedoch|Aber"
    r"|Ils?|Elles?|Cela|Ceci|Cette|Ces|Sinon|Ensuite|Mais|Est[aeo]s?|Es[ao]s?|Si no|Después|Pero)\b"
)

_SIGNPOST = re.compile(
    r"\b(?:this|the) (?:page|article|section|chapter)\b|\bfurther (?:down|up|below)\b|\bsee (?:below|above)\b"
    r"|\b(?:diese[rnms]?|dem|im) (?:Seite|Artikel|Abschnitt|Kapitel)\b|\bsiehe\b|\bweiter unten\b"
    r"|\b(?:cette page|cet article|ci-dessous)\b|\b(?:esta página|este artículo|más abajo)\b",
    re.IGNORECASE,
)

_HEADING = re.compile(r"#{1,6}\s+\S|(?:\*\*|__)[^*_]{1,90}(?<![.!:])(?:\*\*|__)$")
_RULE = re.compile(r"(?:[-*_=]\s*){3,}$")
_FENCE = re.compile(r"(?:```|~~~)")
_ITEM = re.compile(r"(?:(?P<number>\d{1,3}[.)])|[-*+•])\s+(?P<text>\S.*)")
_TABLE_RULE = re.compile(r"\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?$")

_IMAGE = re.compile(r"!\[[^\]]*\]\([^)]*\)")
_LINK = re.compile(r"\[([^\]]+)\]\(\s*<?([^)\s>]+)>?[^)]*\)")
_BARE_LINK = re.compile(r"<((?:https?://|mailto:)[^>\s]+)>")
_EMPHASIS = re.compile(r"(\*\*|__|~~|`|(?<!\w)[*_](?=\S)|(?<=\S)[*_](?!\w))")
_ESCAPE = re.compile(r"\\([\\`*_{}\[\]()#+.!|-])")
_TAG = re.compile(r"</?[a-zA-Z][^>]*>")
_PAGE_NUMBER = re.compile(r"(?:^|\s)- \d{1,4} -(?=\s|$)")
_SPACES = re.compile(r"\s+")


def statements_of(passage: Passage, split: SentenceSplitter) -> tuple[Statement, ...]:
    """The statements in order; headings, rules, images and page numbers are left out."""
    found: list[Statement] = []
    for number, block in enumerate(_blocks(passage.text)):
        intro = len(found) - 1 if found and found[-1].text.endswith(":") and block.kind is not _SENTENCE else None
        statement = Statement(text="", passage=passage, kind=block.kind, intro=intro, block=number)
        if block.rows:
            found.extend(statement.with_cells(cells) for cells in block.rows)
            continue
        texts = block.lines if block.kind is not _SENTENCE else _sentences(block.lines, split)
        found.extend(replace(statement, text=said) for said in texts if said)
    return tuple(found)


_SENTENCE = StatementKind.SENTENCE


@dataclass(frozen=True, kw_only=True)
class _Block:
    """Lines of one kind, or the rows of a table; a paragraph's lines are joined before they are cut into sentences."""

    kind: StatementKind
    lines: tuple[str, ...] = ()
    rows: tuple[tuple[Cell, ...], ...] = ()


def _sentences(lines: Sequence[str], split: SentenceSplitter) -> Iterator[str]:
    return (sentence.text for sentence in split(" ".join(lines)))


def _blocks(text: str) -> Iterator[_Block]:
    lines = [line.strip().removeprefix("> ") for line in text.splitlines()]
    at = 0
    while at < len(lines):
        if not lines[at] or _HEADING.match(lines[at]) or _RULE.match(lines[at]) or _FENCE.match(lines[at]):
            at += 1
        elif _starts_table(lines, at):
            block, at = _table_at(lines, at)
            yield block
        elif _ITEM.match(lines[at]):
            block, at = _list_at(lines, at)
            yield block
        else:
            end = _end_of_paragraph(lines, at)
            yield _Block(kind=_SENTENCE, lines=tuple(_plain(line) for line in lines[at:end]))
            at = end


def _starts_table(lines: Sequence[str], at: int) -> bool:
    return "|" in lines[at] and at + 1 < len(lines) and "|" in lines[at + 1] and bool(_TABLE_RULE.match(lines[at + 1]))


def _opens(lines: Sequence[str], at: int) -> bool:
    line = lines[at]
    return not line or bool(_HEADING.match(line) or _ITEM.match(line) or _FENCE.match(line)) or _starts_table(lines, at)


def _end_of_paragraph(lines: Sequence[str], at: int) -> int:
    end = at + 1
    while end < len(lines) and not _opens(lines, end):
        end += 1
    return end


def _table_at(lines: Sequence[str], at: int) -> tuple[_Block, int]:
    end = at + 2
    while end < len(lines) and "|" in lines[end]:
        end += 1
    names = _cells(lines[at])
    rows = (_row(names, _cells(line)) for line in lines[at + 2 : end])
    return _Block(kind=StatementKind.ROW, rows=tuple(row for row in rows if any(cell.text for cell in row))), end


def _cells(line: str) -> list[str]:
    return [_plain(cell) for cell in line.strip("|").split("|")]


def _row(names: Sequence[str], texts: Sequence[str]) -> tuple[Cell, ...]:
    """The label, which may be empty, and the cells that are not."""
    cells = [Cell(column=name, text=text) for name, text in zip_longest(names, texts, fillvalue="")]
    return (cells[0], *(cell for cell in cells[1:] if cell.text))


def _row_text(cells: Sequence[Cell]) -> str:
    """The first cell, then every further one behind its column's name."""
    named = [f"{cell.column}: {cell.text}" if cell.column else cell.text for cell in cells[1:]]
    return " – ".join(part for part in (cells[0].text, "; ".join(named)) if part)


def _list_at(lines: Sequence[str], at: int) -> tuple[_Block, int]:
    """Items with the lines that continue them; blank lines between items of the same kind do not end the list."""
    items: list[str] = []
    numbered = bool(_numbered(lines[at]))
    while at < len(lines) and (item := _ITEM.match(lines[at])) and bool(item["number"]) == numbered:
        end = _end_of_paragraph(lines, at)
        text = " ".join([_plain(item["text"]), *(_plain(line) for line in lines[at + 1 : end])])
        items.append(f"{item['number'] or '-'} {text}")
        at = _next_line(lines, end)
    return _Block(kind=StatementKind.STEP if numbered else StatementKind.ITEM, lines=tuple(items)), at


def _numbered(line: str) -> str | None:
    item = _ITEM.match(line)
    return item["number"] if item else None


def _next_line(lines: Sequence[str], at: int) -> int:
    while at < len(lines) and not lines[at]:
        at += 1
    return at


def _plain(text: str) -> str:
    """Without the marks of Markdown; a link keeps its address where it can be opened from anywhere."""
    if not _MARKS.search(text):
        return _SPACES.sub(" ", text).strip()
    text = _BARE_LINK.sub(r"\1", _LINK.sub(_link, _IMAGE.sub("", text)))
    text = _EMPHASIS.sub("", _TAG.sub(" ", _PAGE_NUMBER.sub(" ", text)))
    return _SPACES.sub(" ", _ESCAPE.sub(r"\1", text)).strip()


_MARKS = re.compile(r"[*_`~<\[\\]| - \d|^- \d")


def _link(link: "re.Match[str]") -> str:
    words, address = link[1], link[2]
    if not address.startswith(("http://", "https://", "mailto:", "tel:")):
        return words
    shown = address.removeprefix("mailto:").removeprefix("tel:")
    return shown if words == shown else f"{words} ({shown})"
