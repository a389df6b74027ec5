"""What a sentence states, as comparable parts: words by their senses, quantities with their bounds, negation, limits,
who acts. Values; `language` reads them."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from app.domain.checking import Value
from app.domain.remembered import remembered

Sense = str | int
"""A stem, or the number of a group of synonyms."""

THE_COMPANY = "the company"
EVERYTHING, EACH_ONE = "every-thing", "each-one"
"""The senses that stand for many words each: the company's names, "all" and "any", "each" and "per". What is said of
everything is said of each one."""


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


class Word(NamedTuple):
    """A word that says something, standing from `at` to `end`; a tuple, as dozens are made for each sentence.

    `weight` is what it counts if no support holds it; `capital`: written like a name within the text; `feeling`: a
    word of fellow feeling. `parts` are the senses of a phrase's weighty words."""

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


@dataclass(frozen=True, kw_only=True)
class Quantity:
    """A value with its bound; `partner` is the other end of a range. It stands at `at`, with its bound from `start` to
    `end`."""

    value: Value
    at: int
    start: int
    end: int
    bound: Bound = Bound.EXACT
    partner: Value | None = None

    @remembered
    def unit(self) -> str:
        """Values of one unit rival each other: £24 and £49, but not £24 and €28."""
        return f"{self.value.kind} {self.value.canonical.rpartition(' ')[0]}"


class Act(NamedTuple):
    """Who does what."""

    person: Person
    senses: frozenset[Sense]


@dataclass(frozen=True, kw_only=True)
class Clause:
    """A part of a sentence. `own` is whether it states something by itself rather than going on with the one before,
    `equal` whether it is joined on as an equal, `leans` whether it begins with a word like "it";
    `limits` whether it restricts what stands beside it, `feels` whether it begins with fellow feeling, `joins` whether
    it says one thing of two: "both", "as well as"."""

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

    @remembered
    def weighty(self) -> tuple[Word, ...]:
        return tuple([word for word in self.words if word.weight])

    @remembered
    def names(self) -> tuple[Word, ...]:
        return tuple([word for word in self.words if word.capital])

    @remembered
    def senses(self) -> frozenset[Sense]:
        return frozenset[Sense]().union(*[word.senses for word in self.words])

    @remembered
    def values(self) -> frozenset[Value]:
        return frozenset([quantity.value for quantity in self.quantities])

    @remembered
    def units(self) -> frozenset[str]:
        return frozenset([quantity.unit for quantity in self.quantities])


@dataclass(frozen=True, kw_only=True)
class Claim:
    """A sentence as its clauses, in order."""

    text: str
    clauses: tuple[Clause, ...] = ()


def together(clauses: Iterable[Clause]) -> Clause:
    """Several clauses as one statement."""
    parts = tuple(clauses)
    if len(parts) == 1:
        return parts[0]
    return Clause(
        words=tuple([word for part in parts for word in part.words]),
        quantities=tuple([quantity for part in parts for quantity in part.quantities]),
        negations=sum([part.negations for part in parts]),
        limits=any(part.limits for part in parts),
        own=True,
        acts=tuple([act for part in parts for act in part.acts]),
        modes=frozenset[Mode]().union(*[part.modes for part in parts]),
        leans=any(part.leans for part in parts),
        feels=any(part.feels for part in parts),
        joins=any(part.joins for part in parts),
    )
