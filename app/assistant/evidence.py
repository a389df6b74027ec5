"""Passages into what carries sentences: each statement read as a claim, with the headings that it stands under."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

from app.assistant.statements import Statement, StatementKind, statements_of
from app.care.answerers import SentenceSplitter
from app.domain.claims import EACH_ONE, EVERYTHING, THE_COMPANY, Claim, Clause, Person, Sense
from app.domain.grounding import NOTHING, Evidence, Segment
from app.domain.grounding_index import Postings, postings_of
from app.domain.knowledge import Passage

ReadClaim = Callable[[str, str, frozenset[str]], Claim]
"""A text, its language and the company's names into a claim."""


@dataclass(frozen=True, kw_only=True)
class ReadPassage:
    """A passage's statements beside what each carries, the names that stand in it, and the company's."""

    statements: tuple[Statement, ...]
    postings: Postings
    names: frozenset[Sense]
    lower: frozenset[Sense]
    company: frozenset[str]


class EvidenceReader:
    """Reads passages; each is to be remembered by its id, which changes with its words."""

    def __init__(self, *, read: ReadClaim, split: SentenceSplitter) -> None:
        self._read = read
        self._split = split

    def __call__(self, passage: Passage) -> ReadPassage:
        statements = statements_of(passage, self._split)
        claims = [self._parts(statement) for statement in statements]
        context = [self._claim(title, passage) for title in passage.title_path]
        evidence = [self._evidence(at, statements, claims, context) for at in range(len(statements))]
        words = [word for parts in claims for part in parts for clause in part.clauses for word in clause.words]
        return ReadPassage(
            statements=statements,
            postings=postings_of(evidence),
            names=frozenset(word.stem for word in words if word.capital),
            lower=frozenset(word.stem for word in words if not word.capital and word.at > 0),
            company=company_of(passage),
        )

    def _parts(self, statement: Statement) -> list[Claim]:
        """A row is read cell by cell, each with its column's name; the label comes first."""
        passage = statement.passage
        if statement.kind is not StatementKind.ROW:
            return [self._claim(statement.text, passage)]
        label, *cells = statement.cells
        return [self._claim(label.text, passage), *(self._cell(cell.column, cell.text, passage) for cell in cells)]

    def _claim(self, text: str, passage: Passage) -> Claim:
        return self._read(text, passage.language, company_of(passage))

    def _cell(self, column: str, text: str, passage: Passage) -> Claim:
        """The cell's clauses, every one with the words of its column."""
        head = self._claim(column, passage)
        body = self._claim(text, passage)
        words = tuple(word._replace(weight=0.0) for clause in head.clauses for word in clause.words)
        quantities = tuple(quantity for clause in head.clauses for quantity in clause.quantities)
        clauses = body.clauses or (Clause(),)
        joined = (replace(c, words=(*words, *c.words), quantities=(*c.quantities, *quantities)) for c in clauses)
        return Claim(text=text, clauses=tuple(joined))

    def _segments(self, statement: Statement, claims: Sequence[Claim]) -> Iterator[Segment]:
        columns = [cell.column for cell in statement.cells] or [""]
        for number, (claim, column) in enumerate(zip(claims, columns, strict=True)):
            names = _senses([self._claim(column, statement.passage)]) if number and column else NOTHING
            for clause in claim.clauses:
                stems = frozenset[Sense](word.stem for word in clause.words)
                yield Segment(clause=clause, offered=_offered(clause), stems=stems, column=names)

    def _evidence(
        self, at: int, statements: Sequence[Statement], claims: Sequence[Sequence[Claim]], titles: Sequence[Claim]
    ) -> Evidence:
        statement = statements[at]
        above = [claim for index in _above(statements, at) for claim in claims[index]] + list(titles)
        segments = tuple(self._segments(statement, claims[at]))
        label = claims[at][0] if statement.kind is StatementKind.ROW else None
        return Evidence(
            place=(statement.passage.id, at),
            article=statement.passage.article_id,
            segments=segments,
            context=_senses(above),
            context_quantities=tuple(q for claim in above for clause in claim.clauses for q in clause.quantities),
            subject=_senses([label]) if label else NOTHING,
            number=statement.step_number,
            restricted=at + 1 < len(statements) and statements[at + 1].limits,
        )


def company_of(passage: Passage) -> frozenset[str]:
    """The company's name as its articles' address tells it: "tallybrook" of help.tallybrook.example."""
    host = urlsplit(passage.address or "").hostname or ""
    labels = [label for label in host.split(".") if label and label not in _NO_NAMES]
    return frozenset(labels[-1:])


_PARTS_OF_ADDRESSES = "www help support docs faq kb shop com org net co io eu info example uk de fr es ie at ch"
_NO_NAMES = frozenset(_PARTS_OF_ADDRESSES.split())


def _above(statements: Sequence[Statement], at: int) -> Iterator[int]:
    """What a statement leans on: the line that introduces its list or table, the sentence that "it" points to."""
    if (intro := statements[at].intro) is not None:
        yield intro
    if at and statements[at].leans_back:
        yield at - 1


def _offered(clause: Clause) -> frozenset[Sense]:
    """The senses of its words; a phrase offers its parts too."""
    whole = clause.senses
    if any(act.person is Person.COMPANY for act in clause.acts):
        whole |= {THE_COMPANY}
    if EVERYTHING in whole:
        whole |= {EACH_ONE}
    parts = (re.split(r"\s", word.stem) for word in clause.words if " " in word.stem and not word.capital)
    return whole.union(*parts)


def _senses(claims: Iterable[Claim]) -> frozenset[Sense]:
    return NOTHING.union(*[_offered(clause) for claim in claims for clause in claim.clauses])
