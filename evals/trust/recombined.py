"""Lies from tables, whose every word stands in the articles: a value told of an item that it does not belong to."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from random import Random
from typing import TypeVar

from app.domain.knowledge import Passage
from evals.trust.asking import question_for
from evals.trust.material import Material, Point, comparable
from evals.trust.values import keys_in, share, values_in, weighty
from evals.trust.wording import can_be_framed, framed, is_noun, lowered, named, raised, with_synonyms


@dataclass(frozen=True, kw_only=True)
class Drafted:
    """A lie before it is numbered; `passage` holds the truth that it goes against."""

    passage: Passage
    question: str
    lie: str
    truth: str


T = TypeVar("T")

Maker = Callable[[Material, Random], Iterator[Drafted]]
"""Tells lies of one kind in a random order, until nothing fits any more."""


def shuffled(things: Iterable[T], random: Random) -> list[T]:
    listed = list(things)
    random.shuffle(listed)
    return listed


def other_row(material: Material, random: Random) -> Iterator[Drafted]:
    """Another row's value, or where columns are the items, another column's."""
    for point in _framable(material, random):
        others = [q for q in material.points if _stands_beside(point, q) and differ(point.value, q.value)]
        for other in random.sample(others, min(2, len(others))):
            if not is_true_of(material, point, other.value):
                yield _about(point, with_synonyms(framed(point, other.value, random), random, 1))


def other_column(material: Material, random: Random) -> Iterator[Drafted]:
    """The same item's value of another attribute."""
    for point in _framable(material, random):
        others = [
            q
            for q in material.points
            if q.article == point.article and q.item == point.item and q.attribute != point.attribute
            if _of_one_unit(point, q) and differ(point.value, q.value)
        ]
        for other in random.sample(others, min(1, len(others))):
            if not is_true_of(material, point, other.value, but=other):
                yield _about(point, with_synonyms(framed(point, other.value, random), random, 1))


_BOTH = (
    "{A} and {b} have the same {attr}: {value}.",
    "Both {a} and {b} come with {value} as the {attr}.",
    "Whether {a} or {b}, the {attr} is {value}.",
    "The {attr} is {value} for {a} as well as for {b}.",
)


def both(material: Material, random: Random) -> Iterator[Drafted]:
    """One item's value told of two."""
    for point, other in _pairs(material, random):
        frame = random.choice(_BOTH)
        said = _filled(frame, point, other, value=lowered(random.choice((point, other)).value))
        yield _about(point, said)


_EVERY = (
    "The {attr} is {value}, whichever you choose.",
    "The {attr} is always {value}, for {a} and for all the others.",
    "It is {value} everywhere: the {attr} does not differ.",
    "{A} is no exception: the {attr} is {value} for all of them.",
)


def every_one(material: Material, random: Random) -> Iterator[Drafted]:
    """One item's value told of all."""
    for point, other in _pairs(material, random):
        yield _about(point, _filled(random.choice(_EVERY), point, other, value=lowered(other.value)))


_COMPARED = (
    "The {attr} of {a} is {more} than that of {b}.",
    "{A} has the {more} {attr} of the two, compared with {b}.",
    "Compared with {b}, {a} has a {more} {attr}.",
)


def comparison(material: Material, random: Random) -> Iterator[Drafted]:
    """Two items compared the wrong way round; no value is named."""
    for point, other in _pairs(material, random):
        mine, theirs = values_in(point.value), values_in(other.value)
        if not mine or mine[0].number is None or theirs[0].number is None or mine[0].unit != theirs[0].unit:
            continue
        more = "higher" if mine[0].number < theirs[0].number else "lower"
        yield _about(point, _filled(random.choice(_COMPARED), point, other, more=more))


def half_true(material: Material, random: Random) -> Iterator[Drafted]:
    """What is true of one item, and in the same breath the same of another."""
    for point, other in _pairs(material, random):
        true, false = framed(point, point.value, random), framed(other, point.value, random)
        joint = random.choice((", and ", "; ", ", while "))
        yield _about(other, f"{true.removesuffix('.')}{joint}{lowered(false)}")


_CROSSED = (
    "The {attr} is {theirs} for {a} and {mine} for {b}.",
    "{A} has {theirs} as the {attr}, {b} has {mine}.",
    "With {a} it is {theirs}, with {b} {mine}: that is the {attr}.",
)


def crossed(material: Material, random: Random) -> Iterator[Drafted]:
    """Two items' values, each told of the other."""
    for point, other in _pairs(material, random):
        mine, theirs = lowered(point.value), lowered(other.value)
        yield _about(point, _filled(random.choice(_CROSSED), point, other, mine=mine, theirs=theirs))


def differ(one: str, other: str) -> bool:
    """Whether no reader could take one for the other."""
    first, second = one.casefold(), other.casefold()
    if first in second or second in first:
        return False
    keys, others = keys_in(one), keys_in(other)
    if keys and others:
        return not (keys <= others or others <= keys)
    return share(weighty(one), weighty(other)) < 0.6


def is_true_of(material: Material, point: Point, value: str, but: Point | None = None) -> bool:
    """Whether any table gives the item this value for an attribute that may be taken for this one."""
    item, attribute, keys = weighty(point.item), weighty(point.attribute), keys_in(value)
    return any(
        share(item, weighty(q.item)) > 0.9
        and (share(attribute, weighty(q.attribute)) >= 0.5 or share(weighty(q.attribute), attribute) >= 0.5)
        and (keys <= keys_in(q.value) if keys else value.casefold() in q.value.casefold())
        for q in material.points
        if q is not but
    )


def _framable(material: Material, random: Random) -> list[Point]:
    return shuffled((p for p in material.points if can_be_framed(p) and p.value not in ("Yes", "No")), random)


def _pairs(material: Material, random: Random) -> Iterator[tuple[Point, Point]]:
    """Two items of a table with different values of one attribute, neither true of the other item."""
    for point in _framable(material, random):
        others = [q for q in material.points if _stands_beside(point, q) and differ(point.value, q.value)]
        if not is_noun(point) or not others:
            continue
        other = random.choice(others)
        if not is_true_of(material, point, other.value) and not is_true_of(material, other, point.value):
            yield point, other


def _stands_beside(point: Point, other: Point) -> bool:
    same = point.table == other.table and point.attribute == other.attribute and point.item != other.item
    return same and comparable(point.value, other.value) and other.value not in ("Yes", "No")


def _of_one_unit(point: Point, other: Point) -> bool:
    mine, theirs = values_in(point.value), values_in(other.value)
    return bool(mine and theirs) and (mine[0].kind, mine[0].unit) == (theirs[0].kind, theirs[0].unit)


def _filled(frame: str, point: Point, other: Point, **more: str) -> str:
    a, b = named(point.item), named(other.item)
    return raised(frame.format(a=a, A=raised(a), b=b, B=raised(b), attr=lowered(point.attribute), **more))


def _about(point: Point, lie: str) -> Drafted:
    return Drafted(passage=point.passage, question=question_for(point), lie=lie, truth=point.line)
