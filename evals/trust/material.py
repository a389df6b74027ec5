"""What cases are made of: an article's sentences, and its tables as points of item, attribute and value."""

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from app.assistant.statements import Statement, StatementKind, statements_of
from app.domain.knowledge import Article, Audience, Passage
from app.knowledge.documents import parse_document
from app.knowledge.passages import passages_of
from app.language.sentences import split_sentences
from evals.trust.cases import KNOWLEDGE_BASE, MANUAL
from evals.trust.values import keys_in, share, values_in, weighty

_READABLE = re.compile(r"[A-Z][^|<>]{24,240}[a-z0-9)%]\.")
_MARK = re.compile(r"^(?:-|\d{1,2}[.)]) ")
_SIGN = re.compile(r"^(?:Tip|Warning|Note): ")
_BROKEN = re.compile(
    r"Try Now|[Ff]or more information|\bthe (?:and|or|of|to|button)\b|\b(?:in|to|the|refer) ?\.$| , | \.| - |/ |\b\w+ :"
    r"|\b(\w+) \1s\b|\bincluding and\b"
    r"|^[Tt]he (?:appears|is|and|are)\b"
    r"|(?<![.!?:,>)]) (?:You|To|If|When|This|The|Press|Select|Displays|Use|It|Settings|In|On|For|Move|Connect) "
    r"|[.!?] [A-Z]|^[A-Z]\w+ (?:[A-Z]\w+ )?(?:You|To|If|When|This|The|Press|Select|Displays|Use|It|Lets|Allows)\b"
)
_NUMBERED_PLACE = re.compile(r"\b(?:above|below|following|picture|figure|this page|page on)\b", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True)
class Fact:
    """A sentence of an article that can be read alone; `step` is its number in a procedure."""

    article: str
    text: str
    passage: Passage
    block: int
    step: int | None = None

    @property
    def heading(self) -> str:
        return self.passage.title_path[-1]


@dataclass(frozen=True, kw_only=True)
class Point:
    """What a table says of one item: its attribute's value. `about` is what the first column is headed with, `line`
    the row as it stands in the article."""

    article: str
    passage: Passage
    table: str
    item: str
    attribute: str
    value: str
    about: str
    line: str


@dataclass(frozen=True, kw_only=True)
class _Claim:
    """Anything that the articles say: to find out whether something is true after all."""

    words: frozenset[str]
    values: frozenset[str]


@dataclass(frozen=True, kw_only=True)
class Material:
    """`names` are the groups whose members can be taken for one another."""

    source: str
    articles: tuple[Article, ...]
    passages: tuple[Passage, ...]
    facts: tuple[Fact, ...]
    points: tuple[Point, ...]
    names: tuple[tuple[str, ...], ...]

    @cached_property
    def claims(self) -> tuple[_Claim, ...]:
        statements = [s for passage in self.passages for s in statements_of(passage, split_sentences)]
        texts = [f"{s.heading} {s.text}" for s in statements if s.kind is not StatementKind.ROW]
        texts += [f"{' '.join(p.passage.title_path)} {p.about} {p.item} {p.attribute} {p.value}" for p in self.points]
        return tuple(_Claim(words=weighty(text), values=keys_in(text)) for text in texts)

    @cached_property
    def by_article(self) -> dict[str, list[Fact]]:
        grouped: dict[str, list[Fact]] = {}
        for fact in self.facts:
            grouped.setdefault(fact.article, []).append(fact)
        return grouped

    def says_elsewhere(self, text: str, values: Iterable[str] = (), sharing: float = 0.5) -> bool:
        """Whether a statement about much the same holds one of these values (any statement where none are given)."""
        words, wanted = weighty(text), frozenset(values)
        return any(
            share(words, claim.words) >= sharing and (not wanted or wanted & claim.values) for claim in self.claims
        )

    def true_beside(self, passage: Passage, text: str) -> str:
        """A true sentence of the same article about something else, the nearest first."""
        words = weighty(text)
        facts = sorted(self.by_article.get(passage.article_id, []), key=lambda f: f.passage.id != passage.id)
        others = [f for f in facts if f.step is None and share(weighty(f.text), words) < 0.4]
        return others[0].text if others else next((f.text for f in facts if f.text != text), "")


def of_knowledge_base(folder: Path, names: Sequence[tuple[str, ...]], *, with_notices: bool = False) -> Material:
    """Public articles. Notices that run out are no material for generating: the cases would depend on the day."""
    files = sorted(folder.rglob("*.md"))
    articles = [a for f in files for a in parse_document(f.relative_to(folder).as_posix(), f.read_bytes())]
    shown = [a for a in articles if a.audience is Audience.PUBLIC and (with_notices or a.valid_until is None)]
    return _material(KNOWLEDGE_BASE, shown, names)


def of_manual(file: Path, names: Sequence[tuple[str, ...]]) -> Material:
    """A file of rows with doc_id, title and text."""
    rows = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines() if line.strip()]
    articles = [Article(id=row["doc_id"], title=row["title"], text=row["text"].strip()) for row in rows]
    return _material(MANUAL, articles, names)


def _material(source: str, articles: Sequence[Article], names: Sequence[tuple[str, ...]]) -> Material:
    passages = [passage for article in articles for passage in passages_of(article)]
    facts: dict[str, Fact] = {}
    points: list[Point] = []
    for passage in passages:
        for statement in statements_of(passage, split_sentences):
            if statement.kind is StatementKind.ROW:
                points.extend(_points(statement))
            elif fact := _fact(statement):
                facts.setdefault(fact.text, fact)
    return Material(
        source=source,
        articles=tuple(articles),
        passages=tuple(passages),
        facts=tuple(facts.values()),
        points=tuple(points),
        names=tuple(names),
    )


def _fact(statement: Statement) -> Fact | None:
    text = _SIGN.sub("", _MARK.sub("", statement.text))
    alone = not (statement.leans_back or statement.limits or statement.is_signpost or statement.introduces)
    if not alone or not _READABLE.fullmatch(text) or _BROKEN.search(text) or _NUMBERED_PLACE.search(text):
        return None
    return Fact(
        article=statement.passage.article_id,
        text=text,
        passage=statement.passage,
        block=statement.block,
        step=statement.step_number,
    )


def _points(row: Statement) -> Iterator[Point]:
    """Where the table's corner is empty its columns are the items, else its rows."""
    label, about = row.cells[0].text, row.cells[0].column
    for cell in row.cells[1:]:
        if not label or not cell.column or len(cell.text) < 2:
            continue
        item, attribute = (label, cell.column) if about else (cell.column, label)
        yield Point(
            article=row.passage.article_id,
            passage=row.passage,
            table=f"{row.passage.article_id} {row.heading} {about} {cell.column if about else ''}",
            item=item,
            attribute=attribute,
            value=cell.text,
            about=about,
            line=_line(row.passage.text, label, cell.text),
        )


def _line(text: str, label: str, value: str) -> str:
    lines = [line for line in text.splitlines() if line.startswith("|")]
    plain = [(line, line.replace("**", "")) for line in lines]
    return next((line for line, words in plain if label in words and value in words), "")


def comparable(one: str, other: str) -> bool:
    """Whether two cells say the same kind of thing: values of one kind, or words on both sides."""
    mine, theirs = values_in(one), values_in(other)
    if not mine and not theirs:
        return True
    return bool(mine and theirs) and mine[0].kind == theirs[0].kind
