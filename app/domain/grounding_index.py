"""Where the senses and values of a turn's support stand, for all statements at once.

One integer holds a lane of bits for each statement, with a number in each half of it: the low half counts in the
statement's own words, the high half in those above it. A word's lanes hold a 1 where it stands; adding up those of a
sentence's words counts for every statement what it has of them, some hundred statements in one addition."""

import struct
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from heapq import nlargest
from typing import Generic, TypeVar

from app.domain.checking import Value
from app.domain.claims import Clause, Sense, Word
from app.domain.grounding import Evidence, Said

HALF, LANE = 16, 32
"""Bits: a half holds more words than any sentence has."""

_OWN, _ABOVE, _VALUE = 50, 15, 100
"""What a word counts that stands in the statement itself or only above it, and a value."""
_ASKED, _ASKED_ABOVE = 30, 9
"""What a word counts that the customer asked about."""
_NEAR, _NEXT_TO = 20, 60
"""What it counts that the last thing is said in the same passage, and right beside it."""
_RARE = 0.03
"""The share of all statements up to which a word counts twice: it tells them apart."""
_ALIKE = 30
"""What it counts that a statement denies something, or nothing, as the sentence does."""
_SHORT = 30
"""Senses. Each one fewer counts one: of statements with the same words the shorter says less that was not asked for."""

Found = TypeVar("Found", Sense, Value, str)


@dataclass(frozen=True, kw_only=True)
class Postings:
    """The lanes of some statements: by their senses, values and articles; of those that no limit behind them narrows,
    of those that are steps or items, of those that deny something, of how short each is, and of all; `rows` are those
    with a label, `denied` those that deny something."""

    evidence: tuple[Evidence, ...] = ()
    senses: Mapping[Sense, int] = field(default_factory=dict[Sense, int])
    values: Mapping[Value, int] = field(default_factory=dict[Value, int])
    articles: Mapping[str, int] = field(default_factory=dict[str, int])
    free: int = 0
    listed: int = 0
    denying: int = 0
    brevity: int = 0
    ones: int = 0
    rows: tuple[Evidence, ...] = ()
    denied: tuple[Evidence, ...] = ()


def postings_of(evidence: Sequence[Evidence]) -> Postings:
    """The postings of one passage, which are to be remembered with it."""
    senses: defaultdict[Sense, int] = defaultdict(int)
    values: defaultdict[Value, int] = defaultdict(int)
    articles: defaultdict[str, int] = defaultdict(int)
    for at, each in enumerate(evidence):
        own = 1 << at * LANE
        for lane, here, quantities in (
            (own, each.own, each.quantities),
            (own << HALF, each.context, each.context_quantities),
        ):
            for sense in here:
                senses[sense] |= lane
            for quantity in quantities:
                values[quantity.value] |= lane
        articles[each.article] |= own
    return Postings(
        evidence=tuple(evidence),
        senses=senses,
        values=values,
        articles=articles,
        free=_lanes_of([at for at, each in enumerate(evidence) if not each.restricted]),
        listed=_lanes_of([at for at, each in enumerate(evidence) if each.number is not None]),
        brevity=sum([max(0, _SHORT - len(each.own)) << at * LANE for at, each in enumerate(evidence)]),
        ones=_lanes_of(range(len(evidence))),
        rows=tuple([each for each in evidence if each.subject]),
        denied=tuple([each for each in evidence if _denies(each)]),
        denying=_lanes_of([at for at, each in enumerate(evidence) if _denies(each)]),
    )


def _denies(evidence: Evidence) -> bool:
    return any(segment.clause.negations for segment in evidence.segments)


def _behind_one_another(parts: Iterable[Postings]) -> list[tuple[Postings, int]]:
    """Each with the place of its first lane."""
    found: list[tuple[Postings, int]] = []
    count = 0
    for part in parts:
        found.append((part, count * LANE))
        count += len(part.evidence)
    return found


class _Lanes(dict[Found, int], Generic[Found]):
    """The lanes of several passages behind one another, joined when they are first looked up: a sentence asks for a
    dozen of a thousand."""

    def __init__(self, parts: Sequence[tuple[Mapping[Found, int], int]]) -> None:
        super().__init__()
        self._parts = parts

    def __missing__(self, found: Found) -> int:
        lanes = 0
        for part, shift in self._parts:
            if found in part:
                lanes |= part[found] << shift
        self[found] = lanes
        return lanes


@dataclass(frozen=True, kw_only=True)
class Tally:
    """How much of what is said each statement has, in its lane. `possible` are the statements that lack nothing which
    they must have."""

    possible: int
    scores: int


class Index:
    """The statements of a turn, found by what they hold."""

    def __init__(self, parts: Iterable[Postings]) -> None:
        behind = _behind_one_another(parts)
        self.evidence = tuple([each for part, _ in behind for each in part.evidence])
        self.rows = tuple([each for part, _ in behind for each in part.rows])
        self.denied = tuple([each for part, _ in behind for each in part.denied])
        self._senses = _Lanes[Sense]([(part.senses, shift) for part, shift in behind])
        self._values = _Lanes[Value]([(part.values, shift) for part, shift in behind])
        self._articles = _Lanes[str]([(part.articles, shift) for part, shift in behind])
        self._of_passage = {part.evidence[0].place[0]: (part.ones, shift) for part, shift in behind if part.evidence}
        self._free = sum([part.free << shift for part, shift in behind])
        self._listed = sum([part.listed << shift for part, shift in behind])
        self._brevity = sum([part.brevity << shift for part, shift in behind])
        self._denying = sum([part.denying << shift for part, shift in behind])
        self._ones = sum([part.ones << shift for part, shift in behind])
        self._low = self._ones * ((1 << HALF) - 1)

    def tally(self, said: Said) -> Tally:
        possible, total = self._free, 0
        for word in said.clause.words:
            found = self._found(word.senses)
            total += found
            if word.weight and (word.capital or word.weight > 1 or word in said.spoken_of):
                possible &= found | found >> HALF | (self._word_by_word(word) if word.parts else 0)
        values = [self._values[quantity.value] for quantity in said.clause.quantities]
        for found in values:
            possible &= found | found >> HALF
        return Tally(possible=possible, scores=self._scores(total, sum(values)))

    def listed(self, tally: Tally) -> int:
        return tally.possible & self._listed

    def asked(self, words: Iterable[Word]) -> int:
        """The scores of what a customer asked."""
        total = self._rarer_twice([word for word in words if word.weight])
        return _ASKED * (total & self._low) + _ASKED_ABOVE * (total >> HALF & self._low)

    def scores(self, clause: Clause) -> int:
        total = self._rarer_twice(clause.words)
        return self._scores(total, sum([self._values[quantity.value] for quantity in clause.quantities]))

    def beside(self, evidence: Evidence) -> int:
        """The scores of standing in the same passage, and right beside it."""
        passage, at = evidence.place
        ones, shift = self._of_passage[passage]
        near = (ones << shift) - (1 << shift + at * LANE)
        next_to = [at + off for off in (-1, 1) if ones >> max(0, at + off) * LANE & 1 and at + off >= 0]
        return _NEAR * near + sum([(_NEXT_TO - _NEAR) << shift + place * LANE for place in next_to])

    def alike(self, clause: Clause) -> int:
        """The scores of denying something as the clause does, or of denying nothing as it does."""
        return _ALIKE * (self._denying if clause.negations else self._ones ^ self._denying)

    def best(self, scores: int, likings: int = 0) -> tuple[Evidence, int] | None:
        """The statement with the highest score, and that score. Of those that are nearly equal the shortest is taken,
        or the one that `likings` favour, which do not count in the score; of those the first."""
        if not scores:
            return None
        numbers = self._numbers(scores + self._brevity + likings)
        at = numbers.index(max(numbers))
        return self.evidence[at], scores >> at * LANE & (1 << LANE) - 1

    def by_score(self, lanes: int, scores: int, most: int) -> list[Evidence]:
        """`most` of the statements that have a 1 in their lane, the highest score first."""
        if not lanes:
            return []
        numbers = self._numbers(scores)
        return [self.evidence[at] for at in nlargest(most, _places(lanes), key=numbers.__getitem__)]

    def of_article(self, article: str, senses: Iterable[Sense]) -> Iterator[Evidence]:
        """The statements of an article whose own words have one of the senses."""
        lanes = self._articles[article] & self._found(senses)
        return (self.evidence[at] for at in _places(lanes))

    def _found(self, senses: Iterable[Sense]) -> int:
        lanes, found = self._senses, 0
        for sense in senses:
            found |= lanes[sense]
        return found

    def _rarer_twice(self, words: Iterable[Word]) -> int:
        few, total = _RARE * len(self.evidence), 0
        for word in words:
            found = self._found(word.senses)
            total += found << (found.bit_count() <= few)
        return total

    def _numbers(self, scores: int) -> tuple[int, ...]:
        count = len(self.evidence)
        return struct.unpack(f"<{count}I", scores.to_bytes(count * LANE // 8, "little"))

    def _scores(self, words: int, values: int) -> int:
        own, above = words & self._low, words >> HALF & self._low
        return _OWN * own + _ABOVE * above + _VALUE * (values & self._low)

    def _word_by_word(self, word: Word) -> int:
        """Where a phrase stands in its parts."""
        stands = self._ones
        for part in word.parts:
            found = self._found(part)
            stands &= found | found >> HALF
        return stands


def _lanes_of(places: Iterable[int]) -> int:
    return sum([1 << at * LANE for at in places])


def _places(lanes: int) -> Iterator[int]:
    """Where there is a 1 among zeros and ones."""
    while lanes:
        lowest = lanes & -lanes
        yield (lowest.bit_length() - 1) // LANE
        lanes ^= lowest


def asked_weight(words: Sequence[Word], clause: Clause) -> int:
    """The highest score that a statement can reach with all that is said and asked in its own words."""
    return _OWN * len(clause.words) + _VALUE * len(clause.quantities) + _ASKED * len(words)
