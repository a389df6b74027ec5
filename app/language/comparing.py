"""Reads out of found passages what each states on the question's matter, so that domain can tell contradictions."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from itertools import combinations, product
from pathlib import Path

from app.care.lookup import Embedder, EmbeddingUnavailableError, Terms
from app.domain.checking import ValueKind
from app.domain.contradictions import Amount, Stated, contradict
from app.domain.knowledge import FoundPassage, Passage
from app.language.addresses import without_addresses
from app.language.amounts import ADDRESS, COUNT, EVERY, amounts_in
from app.language.asked_for import Wanted, counted_in, wanted_by
from app.language.circumstances import Circumstance, circumstances_in
from app.language.sentences import split_sentences
from app.language.stances import may_be, must_be
from app.language.subjects import names_of, places_of
from app.language.terms import terms

MOST_PASSAGES = 4
"""Passages that are compared, the best first: what stands further down does not make the answer."""

AS_GOOD = 0.3
"""What share of the best passage's score another must have to be compared with it."""

REMEMBERED = 2_048


_KINDS = {
    Wanted.TIME: {ValueKind.DURATION, ValueKind.TIME, ValueKind.DATE},
    Wanted.DAY: {ValueKind.DATE},
    Wanted.MONEY: {ValueKind.MONEY, ValueKind.PERCENT},
    Wanted.MEASURE: {ValueKind.MEASURE, ValueKind.PERCENT},
}
_UNITS = {Wanted.OFTEN: EVERY, Wanted.COUNT: COUNT, Wanted.PLACE: ADDRESS}
_SPECIAL = re.compile(
    r"\bexcept|\bunless\b|\bapart from\b|\bgeneral rule\b|\bdoes not apply\b|\binstead of the usual\b|\bspecial rule"
    r"|\bausnahme|\bausgenommen|\baußer\b|\bsauf\b|\bà l'exception|\bexcepto\b|\bsalvo\b|\bexcepción",
    re.IGNORECASE,
)


@dataclass(frozen=True, kw_only=True)
class _Read:
    """A statement with what does not depend on the question."""

    text: str
    words: frozenset[str]
    amounts: tuple[tuple[ValueKind, Amount], ...]
    stances: tuple[Amount, ...]
    names: frozenset[str]
    places: frozenset[str]
    circumstances: frozenset[Circumstance]
    special: bool
    heading: frozenset[str]
    listed: bool


@dataclass(frozen=True, kw_only=True)
class _Asked:
    """A question: the kinds of facts that it wants, the thing that is counted in "how many", its weighty words."""

    wanted: frozenset[Wanted]
    counted: frozenset[str]
    words: frozenset[str]


class Comparing:
    """Implements `care.contradicting.StatementReader`. A passage is read once; without an embedder nearness goes by
    words alone."""

    def __init__(self, *, terms: Terms, embedder: Embedder | None = None) -> None:
        self._terms = terms
        self._embedder = embedder
        self._read = lru_cache(maxsize=REMEMBERED)(self._read_anew)

    def stated(self, question: str, passages: Sequence[FoundPassage]) -> tuple[Stated, ...]:
        """One statement of each of the best passages: the nearest to the question of those that state what it asks."""
        asked = self._asked(question)
        best = [f for f in passages[:MOST_PASSAGES] if f.score >= AS_GOOD * passages[0].score] if asked.wanted else []
        answers = [answers for found in best if (answers := list(self._answers(found, asked)))]
        if not _may_contradict(answers):
            return ()
        near = iter(self._nearness(question, [each for some in answers for each in some]))
        rated = [[replace(each, nearness=next(near)) for each in some] for some in answers]
        return tuple(max(some, key=lambda stated: stated.nearness) for some in rated)

    def alike(self, one: Stated, other: Stated) -> float:
        """How alike they are, headings included: the cosine, or the share of common words."""
        vectors = self._vectors([_meant(one), _meant(other)])
        if vectors is not None:
            return _cosines(vectors)[0]
        mine, theirs = self._words(_meant(one)), self._words(_meant(other))
        return len(mine & theirs) / max(1, min(len(mine), len(theirs)))

    def resting(self, found: FoundPassage, stated: Stated) -> tuple[str, ...]:
        """The statement itself, and others of its article that hold the same amount and speak of the same."""
        about = self._words(stated.text)
        return tuple(
            read.text
            for read in self._read(found.passage)
            if read.text == stated.text or (_shares(read, stated.says) and not about.isdisjoint(read.words))
        )

    def _asked(self, question: str) -> _Asked:
        counted = self._words(counted_in(question))
        words = _whole(self._words(question) - _OF_AMOUNTS)
        words = words - _persons() if counted & _persons() else words
        return _Asked(wanted=wanted_by(question), counted=counted, words=words)

    def _answers(self, found: FoundPassage, asked: _Asked) -> Iterator[Stated]:
        for read in self._read(found.passage):
            if says := _said(read, asked):
                yield Stated(
                    found=found,
                    text=read.text,
                    says=says,
                    names=read.names,
                    places=read.places,
                    circumstances=read.circumstances,
                    special=read.special,
                    asked=asked.words & (read.words | read.heading if read.listed else read.words),
                    asked_above=asked.words & (read.words | read.heading),
                )

    def _nearness(self, question: str, answers: Sequence[Stated]) -> list[float]:
        vectors = self._vectors([question, *map(_meant, answers)])
        if vectors is not None:
            return _cosines(vectors)
        asked = self._words(question)
        return [len(asked & self._words(_meant(each))) / max(1, len(asked)) for each in answers]

    def _vectors(self, texts: Sequence[str]) -> Sequence[Sequence[float]] | None:
        """None where they are not to be had."""
        if self._embedder is None:
            return None
        try:
            return self._embedder.embed(texts)
        except EmbeddingUnavailableError:
            return None

    def _words(self, text: str) -> frozenset[str]:
        return frozenset(self._terms(text))

    def _read_anew(self, passage: Passage) -> tuple[_Read, ...]:
        sentences = [sentence.text for sentence in split_sentences(passage.text)]
        around = [" ".join(sentences[max(0, at - 1) : at + 2]) for at in range(len(sentences))]
        return tuple(self._read_one(*each, passage) for each in zip(sentences, around, strict=True))

    def _read_one(self, text: str, beside: str, passage: Passage) -> _Read:
        bare = without_addresses(text)
        return _Read(
            text=text,
            words=frozenset(self._terms(text, passage.language)),
            amounts=tuple(amounts_in(text)),
            stances=tuple(_stances(text)),
            names=names_of(bare, passage) or names_of(f"{passage.title_path[-1]}.", passage),
            places=places_of(bare, passage),
            circumstances=circumstances_in(f"{passage.title}. {text}"),
            special=bool(_SPECIAL.search(beside)),
            heading=frozenset(self._terms(passage.title, passage.language)),
            listed=bool(_LISTED.match(text)),
        )


_LISTED = re.compile(r"\s*(?:[-*+•|]|\d{1,3}[.)]\s)")
_OF_AMOUNTS = frozenset(
    terms(
        "day week month year hour minute time long latest next last earliest soon quick often tall high wide deep "
        "heavy height width length depth weight size"
    )
)
"""They ask for the amount itself: a statement need not say them."""

_PERSONS = Path(__file__).parent / "words" / "persons_en.txt"


@cache
def _persons() -> frozenset[str]:
    lines = _PERSONS.read_text(encoding="utf-8").splitlines()
    return frozenset(terms(" ".join(line for line in lines if not line.startswith("#"))))


def _speaks_of(counted: frozenset[str], words: frozenset[str]) -> bool:
    """Persons are counted under many names."""
    return counted <= words or bool(counted & _persons() and words & _persons())


def _whole(words: frozenset[str]) -> frozenset[str]:
    """Without the parts of compounds that are there as well: "ebook" and "book"."""
    return frozenset(word for word in words if not any(word != other and other.endswith(word) for other in words))


def _may_contradict(answers: Sequence[Sequence[Stated]]) -> bool:
    """Whether nearness need be looked at: a vector costs some milliseconds when it is made for the first time."""
    pairs = (pair for some, others in combinations(answers, 2) for pair in product(some, others))
    return any(contradict(one, other) for one, other in pairs)


def _meant(stated: Stated) -> str:
    return f"{stated.found.passage.title}: {stated.text}"


def _cosines(vectors: Sequence[Sequence[float]]) -> list[float]:
    """Of each vector but the first to the first."""
    import numpy as np

    rows = np.asarray(vectors, np.float32)
    return [float(cosine) for cosine in rows[1:] @ rows[0]]


def _said(read: _Read, asked: _Asked) -> frozenset[Amount]:
    """Its amounts of the kinds that are wanted, and its stance where one is."""
    kinds = frozenset(kind for want in asked.wanted for kind in _KINDS.get(want, ()))
    units = frozenset(_UNITS[want] for want in asked.wanted & _UNITS.keys())
    units = units if _speaks_of(asked.counted, read.words) else units - {COUNT}
    said = {a for kind, a in read.amounts if a.unit in units or (kind in kinds and a.unit not in (EVERY, COUNT))}
    said.update(stance for stance in read.stances if stance.unit in asked.wanted)
    return frozenset(said)


def _stances(text: str) -> Iterator[Amount]:
    """Whether something may be, or must be; a statement that limits itself says neither for all."""
    if _LIMITED.search(text):
        return
    for want, reading in _STANCES.items():
        if stance := reading(text):
            yield Amount(unit=want, canonical=stance)


_STANCES = {Wanted.MAY: may_be, Wanted.MUST: must_be}
_LIMITED = re.compile(
    r"(?<!even )\bif\b|\bwhen\b|\bonly (?:if|when|in|with|on|to)\b|\bbut not\b|\bonce\b"
    r"|\bwenn\b|\bnur\b|\bsi\b|\bseulement\b|\bsolo\b",
    re.IGNORECASE,
)


def _shares(read: _Read, says: frozenset[Amount]) -> bool:
    return any(amount in says for _, amount in read.amounts)
