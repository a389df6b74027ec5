"""What a sentence states, as comparable parts: words by their senses, quantities with their bounds, negation, limits,
who acts. Values; `language` reads them."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from app.domain.checking import Value

Sense = str | int
"""A stem, or the number of a group of synonyms."""


class Bound(StrEnum):
    """Which side of a quantity is meant: "up to 7 days" is another statement than "7 days"."""

    EXACT = "exact"
    WITHIN = "within"
    AT_MOST = "at_most"
    AT_LEAST = "at_least"
    LESS_THAN = "less_than"
    MORE_THAN = "more_than"
    ABOUT = "about"


class Person(StrEnum):
    """Who acts or is acted for: the customer, the company, or the one who speaks."""

    CUSTOMER = "customer"
    COMPANY = "company"
    SPEAKER = "speaker"


class Mode(StrEnum):
    """Whether something must, may or should be."""

    MUST = "must"
    MAY = "may"
    SHOULD = "should"


@dataclass(frozen=True, kw_only=True, slots=True)
class Word:
    """A word that says something, standing from `at` to `end`, `weight` what it counts if no support holds it. `capital`: written like a name within the text; `feeling`: a word
    of fellow feeling. `parts` are the senses of a phrase's weighty words."""

    stem: str
    senses: frozenset[Sense]
    opposites: frozenset[Sense]
    at: int
    end: int
    weight: float = 1.0
    capital: bool = False
    feeling: bool = False
    parts: tuple[frozenset[Sense], ...] = ()

    def stands_in(self, senses: frozenset[Sense]) -> bool:
        """Whether it is said there, in these or like words; a phrase also word by word."""
        if not self.senses.isdisjoint(senses):
            return True
        return bool(self.parts) and not any(part.isdisjoint(senses) for part in self.parts)


@dataclass(frozen=True, kw_only=True, slots=True)
class Quantity:
    """A value with its bound; `partner` is the other end of a range. It stands at `at`, with its bound from `start` to
    `end`."""

    value: Value
    at: int
    start: int
    end: int
    bound: Bound = Bound.EXACT
    partner: Value | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Act:
    """Who does what."""

    person: Person
    senses: frozenset[Sense]


@dataclass(frozen=True, kw_only=True, slots=True)
class Clause:
    """A part of a sentence. `own` is whether it states something by itself rather than going on with the one before,
    `equal` whether it is joined on as an equal;
    `limits` whether it restricts what stands beside it, `feels` whether it
    begins with fellow feeling, `joins` whether it says one thing of two: "both", "as well as"."""

    words: tuple[Word, ...] = ()
    quantities: tuple[Quantity, ...] = ()
    negations: int = 0
    limits: bool = False
    own: bool = False
    equal: bool = False
    acts: tuple[Act, ...] = ()
    modes: frozenset[Mode] = frozenset()
    leans: bool = False
    feels: bool = False
    joins: bool = False

    @property
    def says_something(self) -> bool:
        return bool(self.words or self.quantities or self.negations)


@dataclass(frozen=True, kw_only=True, slots=True)
class Claim:
    """A sentence as its clauses, in order."""

    text: str
    clauses: tuple[Clause, ...] = ()

    def senses(self) -> frozenset[Sense]:
        return senses_of(word for clause in self.clauses for word in clause.words)


def senses_of(words: Iterable[Word]) -> frozenset[Sense]:
    return frozenset(sense for word in words for sense in word.senses)


def together(clauses: Iterable[Clause]) -> Clause:
    """Several clauses as one statement."""
    parts = tuple(clauses)
    return Clause(
        words=tuple(word for part in parts for word in part.words),
        quantities=tuple(quantity for part in parts for quantity in part.quantities),
        negations=sum(part.negations for part in parts),
        limits=any(part.limits for part in parts),
        own=True,
        acts=tuple(act for part in parts for act in part.acts),
        modes=frozenset[Mode]().union(*(part.modes for part in parts)),
        leans=any(part.leans for part in parts),
        feels=any(part.feels for part in parts),
        joins=any(part.joins for part in parts),
    )
