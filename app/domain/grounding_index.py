"""Where the senses and values of a turn's support stand, for all statements at once.

One integer holds a lane of bits for each statement, with a number in each half of it: the low half counts in the
statement's own words, the high half in those above it. A word's lanes hold a 1 where it stands; adding up those of a
sentence's words counts for every statement what it has of them, some hundred statements in one addition."""

import struct
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from app.domain.checking import Value
from app.domain.claims import Clause, Sense, Word
from app.domain.grounding import Evidence, Said

HALF, LANE = 16, 32
"""Bits: a half holds more words than any sentence has."""

_OWN, _ABOVE, _VALUE = 50, 15, 100
"""What a word counts that stands in the statement itself or only above it, and a value."""
_ASKED, _ASKED_ABOVE = 30, 9
"""What a word counts that the customer asked about."""


@dataclass(frozen=True, kw_only=True)
class Postings:
    """The lanes of some statements: by their senses, values and articles; of those that no limit behind them narrows,
    and of those that are steps or items."""

    evidence: tuple[Evidence, ...] = ()
    senses: Mapping[Sense, int] = field(default_factory=dict[Sense, int])
    values: Mapping[Value, int] = field(default_factory=dict[Value, int])
    articles: Mapping[str, int] = field(default_factory=dict[str, int])
    free: int = 0
    listed: int = 0


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
    )


def joined(parts: Iterable[Postings]) -> Postings:
    """The postings of several passages behind one another."""
    evidence: list[Evidence] = []
    senses: dict[Sense, int] = {}
    values: dict[Value, int] = {}
    articles: dict[str, int] = {}
    free = listed = 0
    for part in parts:
        shift = len(evidence) * LANE
        evidence += part.evidence
        free, listed = free | part.free << shift, listed | part.listed << shift
        for sense, lanes in part.senses.items():
            senses[sense] = senses.get(sense, 0) | lanes << shift
        for value, lanes in part.values.items():
            values[value] = values.get(value, 0) | lanes << shift
        for article, lanes in part.articles.items():
            articles[article] = articles.get(article, 0) | lanes << shift
    return Postings(evidence=tuple(evidence), senses=senses, values=values, articles=articles, free=free, listed=listed)


@dataclass(frozen=True, kw_only=True)
class Tally:
    """How much of what is said each statement has, in its lane. `possible` are the statements that lack nothing which
    they must have."""

    possible: int
    scores: int


class Index:
    """The statements of a turn, found by what they hold."""

    def __init__(self, parts: Iterable[Postings]) -> None:
        self._all = joined(parts)
        self.evidence = self._all.evidence
        self.rows = tuple([each for each in self.evidence if each.subject])
        self._ones = _lanes_of(range(len(self.evidence)))
        self._low = self._ones * ((1 << HALF) - 1)

    def tally(self, said: Said) -> Tally:
        possible, total, senses = self._all.free, 0, self._all.senses
        for word in said.clause.words:
            found = 0
            for sense in word.senses:
                if sense in senses:
                    found |= senses[sense]
            total += found
            if word.weight and (word.capital or word.weight > 1 or word in said.spoken_of):
                possible &= found | found >> HALF | (self._word_by_word(word) if word.parts else 0)
        values = [self._all.values.get(quantity.value, 0) for quantity in said.clause.quantities]
        for found in values:
            possible &= found | found >> HALF
        return Tally(possible=possible, scores=self._scores(total, sum(values)))

    def listed(self, tally: Tally) -> int:
        return tally.possible & self._all.listed

    def asked(self, words: Iterable[Word]) -> int:
        """The scores of what a customer asked."""
        total = sum([self._found(word.senses) for word in words if word.weight])
        return _ASKED * (total & self._low) + _ASKED_ABOVE * (total >> HALF & self._low)

    def scores(self, clause: Clause) -> int:
        total = sum([self._found(word.senses) for word in clause.words])
        return self._scores(total, sum([self._all.values.get(quantity.value, 0) for quantity in clause.quantities]))

    def best(self, scores: int) -> tuple[Evidence, int] | None:
        """The statement with the highest score, the first of those that are equal."""
        if not scores:
            return None
        count = len(self.evidence)
        numbers = struct.unpack(f"<{count}I", scores.to_bytes(count * LANE // 8, "little"))
        most = max(numbers)
        return self.evidence[numbers.index(most)], most

    def by_score(self, lanes: int, scores: int) -> list[Evidence]:
        """The statements that have a 1 in their lane, the highest score first."""
        found = sorted(_places(lanes), key=lambda at: -(scores >> at * LANE & (1 << LANE) - 1))
        return [self.evidence[at] for at in found]

    def of_article(self, article: str, senses: Iterable[Sense]) -> Iterator[Evidence]:
        """The statements of an article whose own words have one of the senses."""
        lanes = self._all.articles.get(article, 0) & self._found(senses)
        return (self.evidence[at] for at in _places(lanes))

    def _found(self, senses: Iterable[Sense]) -> int:
        lanes, found = self._all.senses, 0
        for sense in senses:
            if sense in lanes:
                found |= lanes[sense]
        return found

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
