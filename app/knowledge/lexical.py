"""Search by words: BM25 over stemmed terms, held in memory, and what each term weighs."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, reduce
from math import log
from typing import TYPE_CHECKING

from app.care.lookup import Terms
from app.care.other_words import Renaming, Way, Ways, ways_of
from app.domain.knowledge import Passage

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

SATURATION = 2.0
"""BM25's k1: how soon more of the same word stops counting."""

LENGTH_SHARE = 0.6
"""BM25's b: how far a long passage is held against its words."""

TITLE_TIMES = 2
"""A word of the title path counts as often as so many of the text."""

WEIGHTY_TERMS = 6
"""A passage is expected to hold so many of the question's weightiest terms; longer messages say things twice."""

OTHERWISE = 0.7
"""What a passage's other word for a term of the question counts, against the term itself."""

RATHER = 10
"""What a company says in more than one passage is its own word and called nothing else. Where it says one once, and
another so many times as often, it calls the thing so. What phrases mean, the number of their words does not tell."""

NO_WAYS: Ways = {}


@dataclass(frozen=True, kw_only=True)
class TermCounts:
    """The terms of one passage by their numbers, and how often each stands there."""

    terms: "NDArray[np.int32]"
    counts: "NDArray[np.int32]"


@dataclass(frozen=True, kw_only=True)
class Said:
    """The rows that say something, in order, and how strongly each."""

    rows: "NDArray[np.int32]"
    strengths: "NDArray[np.float64]"

    def where_also(self, other: "Said") -> "Said":
        """Where both are said, as strongly as the weaker."""
        import numpy as np

        both = _among(self.rows, other.rows)
        rows = self.rows[both]
        theirs = other.strengths[np.searchsorted(other.rows, rows)]
        return Said(rows=rows, strengths=np.minimum(self.strengths[both], theirs))


Sayings = Callable[[str], Said]


class TermBook:
    """Numbers of all terms, and each passage's terms, kept from version to version: only new passages are split."""

    def __init__(self, terms: Terms) -> None:
        self._terms = terms
        self._numbers: dict[str, int] = {}
        self._passages: dict[str, TermCounts] = {}

    def counted(self, passages: Sequence[Passage]) -> list[TermCounts]:
        """One for each passage, in order."""
        for passage in passages:
            if passage.id not in self._passages:
                self._passages[passage.id] = self._count(passage)
        return [self._passages[passage.id] for passage in passages]

    def forget_all_but(self, passages: Sequence[Passage]) -> None:
        kept = {passage.id for passage in passages}
        self._passages = {id: counts for id, counts in self._passages.items() if id in kept}

    def number(self, term: str) -> int | None:
        return self._numbers.get(term)

    def _count(self, passage: Passage) -> TermCounts:
        import numpy as np

        counts = Counter(self._terms(passage.text, passage.language))
        for term in self._terms(passage.title, passage.language):
            counts[term] += TITLE_TIMES
        numbers = [self._numbers.setdefault(term, len(self._numbers)) for term in counts]
        return TermCounts(terms=np.array(numbers, np.int32), counts=np.array(list(counts.values()), np.int32))


class LexicalIndex:
    """BM25 of one set of passages; rows are their places in the order given."""

    def __init__(self, book: TermBook, passages: Sequence[Passage]) -> None:
        import numpy as np

        counted = book.counted(passages)
        self._book = book
        self._size = len(passages)
        nothing = np.zeros(0, np.int32)
        terms = np.concatenate([nothing, *(each.terms for each in counted)])
        counts = np.concatenate([nothing, *(each.counts for each in counted)])
        rows = np.repeat(np.arange(self._size, dtype=np.int32), [len(each.terms) for each in counted])
        order = np.argsort(terms, kind="stable")
        self._found_in = np.bincount(terms) if len(terms) else nothing
        self._ends = np.cumsum(self._found_in)
        self._rows = rows[order]
        self._strengths = _strengths(counts, rows, self._size)[order]

    def weight(self, term: str) -> float:
        """How telling the term is here: the rarer, the more; an unknown one most of all."""
        return self._rarity(self._passages_with(term))

    def ways(self, renamings: Sequence[Renaming]) -> Ways:
        """Those that passages go, and much rather than the customer's."""
        return ways_of(renamings, self._goes)

    def _goes(self, renaming: Renaming, way: Way) -> bool:
        own = 0 if renaming.is_phrase else self._usual(renaming.terms)
        return own <= 1 and self._usual(way) >= max(1, RATHER * own)

    def _usual(self, way: Way) -> int:
        """In how many passages the rarest of its terms stands."""
        return min(map(self._passages_with, way), default=0)

    def sayings(self, ways: Ways = NO_WAYS) -> Sayings:
        """By what each term of one question is said here, each looked for once."""

        @cache
        def said(term: str) -> Said:
            return self._said(term, ways)

        return said

    def scores(self, asked: Mapping[str, float], sayings: Sayings) -> "NDArray[np.float64]":
        """BM25 of every row for terms with their weights, as a share of what a passage could be expected to reach:
        around 1 for one that holds the weighty terms of the question, 0 for one that holds none."""
        import numpy as np

        scores = np.zeros(self._size)
        weights: list[float] = []
        for term, weight in asked.items():
            said = sayings(term)
            weights.append(weight * self._rarity(len(said.rows)))
            scores[said.rows] += weights[-1] * said.strengths
        reach = sum(sorted(weights, reverse=True)[:WEIGHTY_TERMS])
        return scores / reach if reach else scores

    def coverage(self, asked: Mapping[str, float], rows: "NDArray[np.intp]", sayings: Sayings) -> "NDArray[np.float64]":
        """The share 0..1 of the asked terms' weight that each of the rows holds."""
        import numpy as np

        held = np.zeros(len(rows))
        total = 0.0
        for term, weight in asked.items():
            said = sayings(term)
            telling = weight * self._rarity(len(said.rows))
            total += telling
            held += telling * _among(rows, said.rows)
        return held / total if total else held

    def _said(self, term: str, ways: Ways) -> Said:
        """By which rows, in its own words or in others."""
        import numpy as np

        if term not in ways:
            return self._said_so(term)
        strengths = self.strengths(term)
        for way in map(self._said_together, ways[term]):
            strengths[way.rows] = np.maximum(strengths[way.rows], OTHERWISE * way.strengths)
        rows = np.flatnonzero(strengths).astype(np.int32)
        return Said(rows=rows, strengths=strengths[rows])

    def _said_so(self, term: str) -> Said:
        place = self._place(term)
        return Said(rows=self._rows[place], strengths=self._strengths[place])

    def _said_together(self, way: Way) -> Said:
        rarest, *others = sorted(map(self._said_so, way), key=lambda said: len(said.rows))
        return reduce(Said.where_also, others, rarest)

    def _rarity(self, found_in: int) -> float:
        return log(1 + (self._size - found_in + 0.5) / (found_in + 0.5))

    def strengths(self, term: str) -> "NDArray[np.float64]":
        """How strongly each row says the term, 0 where it does not; without the term's own weight."""
        import numpy as np

        strengths = np.zeros(self._size)
        place = self._place(term)
        strengths[self._rows[place]] = self._strengths[place]
        return strengths

    def _passages_with(self, term: str) -> int:
        number = self._book.number(term)
        return 0 if number is None or number >= len(self._found_in) else int(self._found_in[number])

    def _place(self, term: str) -> slice:
        number = self._book.number(term)
        if number is None or number >= len(self._ends):
            return slice(0, 0)
        end = int(self._ends[number])
        return slice(end - int(self._found_in[number]), end)


def _among(rows: "NDArray[np.intp] | NDArray[np.int32]", sorted_rows: "NDArray[np.int32]") -> "NDArray[np.bool_]":
    """Which of the rows are among the sorted ones."""
    import numpy as np

    if not len(sorted_rows):
        return np.zeros(len(rows), np.bool_)
    at = np.searchsorted(sorted_rows, rows)
    return sorted_rows[np.minimum(at, len(sorted_rows) - 1)] == rows


def _strengths(counts: "NDArray[np.int32]", rows: "NDArray[np.int32]", size: int) -> "NDArray[np.float64]":
    """BM25's weight of each term in its passage, without the term's own weight."""
    import numpy as np

    lengths = np.bincount(rows, weights=counts, minlength=size)
    usual = float(lengths.mean()) if size else 1.0
    slack = SATURATION * (1 - LENGTH_SHARE + LENGTH_SHARE * lengths / (usual or 1.0))
    return counts * (SATURATION + 1) / (counts + slack[rows])
