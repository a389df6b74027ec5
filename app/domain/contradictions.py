"""Two articles that answer the same question differently: the newer valid one counts, else a person. Pure rules."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import combinations

from app.domain.knowledge import FoundPassage

NEAR = 0.33
"""How near a statement must be to the question, 0..1, to be an answer to it."""

NEAR_TOGETHER = 0.85
"""What the nearness of two statements to the question must come to together."""

ALIKE = 0.36
ALIKE_FOR_EACH = 0.06
"""How alike two statements must be, headings included, to be about the same matter; and how much more for each word of
the question that only one of them holds."""

BESIDE = 0.1
"""How much less near than the best statement of all the nearer of two contradicting ones may be."""

STANCES = frozenset({"yes", "no"})

SURELY_ALIKE = 0.68
"""How alike a "yes" and a "no" without dates must be: they bring in a person, and a false alarm costs an answer."""

ALIKE_UNDATED = 0.5
"""The same for two amounts without dates."""

OF_ONE_SIZE = 5.0
"""Undated amounts that differ by more than this factor are of different things: a machine and its lid seal."""

FEW = 2
"""Words of the question that one statement may hold more than the other."""

NO_ANSWER = 0.0
"""The score of a passage whose answer is out of date."""

_SAME_AMOUNT = 0.05
"""Two amounts that differ by no more than this share are the same: a month and 30 days."""


@dataclass(frozen=True, kw_only=True)
class Amount:
    """A comparable amount: `unit` tells which may be compared; `size` is None where only equality counts."""

    unit: str
    canonical: str
    size: float | None = None

    def agrees_with(self, other: "Amount") -> bool:
        if self.size is None or other.size is None:
            return self.canonical == other.canonical
        return abs(self.size - other.size) <= _SAME_AMOUNT * max(abs(self.size), abs(other.size))


@dataclass(frozen=True, kw_only=True)
class Stated:
    """The statement of a passage that answers best what is asked. `says` are its amounts of the kind that is asked
    for. `names` is what it is about by name, `places` those of them that tell a place or a model with a number;
    `circumstances` those under which it holds, by kind: ("place", "online"). `special`: it is an exception, or speaks
    of one. `asked` are the words of the question that it holds, `asked_above` with those of its headings."""

    found: FoundPassage
    text: str
    says: frozenset[Amount]
    names: frozenset[str] = frozenset()
    places: frozenset[str] = frozenset()
    circumstances: frozenset[tuple[str, str]] = frozenset()
    special: bool = False
    asked: frozenset[str] = frozenset()
    asked_above: frozenset[str] = frozenset()
    nearness: float = 0.0


@dataclass(frozen=True, kw_only=True)
class Contradiction:
    """Two statements that cannot both hold. `dated`: the dates of their articles tell which is the newer one."""

    older: Stated
    newer: Stated
    dated: bool


Likeness = Callable[[Stated, Stated], float]
"""How alike two statements are, 0..1."""

Resting = Callable[[FoundPassage, Stated], Sequence[str]]
"""The statements of a passage that rest on what this one says, as they stand in its text."""


def contradictions_among(stated: Sequence[Stated], alike: Likeness) -> tuple[Contradiction, ...]:
    """Of statements that answer one question, each the best of its passage. One of the two must be about the best
    answer of all: what stands beside it is not what was asked."""
    least = max((each.nearness for each in stated), default=0.0) - BESIDE
    pairs = (pair for pair in combinations(stated, 2) if max(each.nearness for each in pair) >= least)
    apart = (pair for pair in pairs if _answer_the_question(*pair) and contradict(*pair))
    found = (_in_order(*pair) for pair in apart if alike(*pair) >= ALIKE + ALIKE_FOR_EACH * _lacking(*pair))
    return tuple(each for each in found if each.dated or _is_beyond_doubt(each, alike))


def _is_beyond_doubt(found: Contradiction, alike: Likeness) -> bool:
    """Without dates a person decides, so the two must be of one thing: no rows of tables, which say more than their
    words, and no amounts of another order."""
    one, other = found.older, found.newer
    likeness = alike(one, other)
    if likeness < ALIKE_UNDATED or any(each.text.lstrip().startswith("|") for each in (one, other)):
        return False
    pairs = [(a, b) for a in one.says for b in other.says if a.unit == b.unit]
    if any(a.size is None or b.size is None for a, b in pairs):
        return likeness >= SURELY_ALIKE
    return any(_of_one_size(a.size or 0.0, b.size or 0.0) for a, b in pairs)


def _of_one_size(one: float, other: float) -> bool:
    return max(one, other) <= OF_ONE_SIZE * min(one, other)


def contradict(one: Stated, other: Stated) -> bool:
    """Different amounts of the same unit, with nothing that tells the two matters apart."""
    if one.found.passage.article_id == other.found.passage.article_id or one.special or other.special:
        return False
    return _differ(one.says, other.says) and not _told_apart(one, other) and not _of_different_parts(one, other)


def _answer_the_question(one: Stated, other: Stated) -> bool:
    return min(one.nearness, other.nearness) >= NEAR and one.nearness + other.nearness >= NEAR_TOGETHER


def settled(contradictions: Iterable[Contradiction]) -> tuple[Contradiction, ...]:
    """Those that dates decide."""
    return tuple(contradiction for contradiction in contradictions if contradiction.dated)


def undecided(contradictions: Sequence[Contradiction]) -> tuple[Contradiction, ...]:
    """Those that no date decides, between statements that no newer one has overruled."""
    overruled = {contradiction.older.found.passage.id for contradiction in settled(contradictions)}
    open_ones = (contradiction for contradiction in contradictions if not contradiction.dated)
    return tuple(c for c in open_ones if overruled.isdisjoint((c.older.found.passage.id, c.newer.found.passage.id)))


def without_contradicted(
    passages: Sequence[FoundPassage], decided: Iterable[Contradiction], resting: Resting
) -> tuple[FoundPassage, ...]:
    """The passages without what a newer article contradicts. What is left of such a passage stands last, for it does
    not answer this question any more; one that says nothing else is left out."""
    silenced = [contradiction.older for contradiction in decided]
    kept = (_without(found, [s for s in silenced if _same_article(found, s.found)], resting) for found in passages)
    left = (found for found in kept if found.passage.text.strip())
    return tuple(sorted(left, key=lambda found: found.score == NO_ANSWER))


def _without(found: FoundPassage, silenced: Sequence[Stated], resting: Resting) -> FoundPassage:
    text = found.passage.text
    for statement in (statement for stated in silenced for statement in resting(found, stated)):
        text = text.replace(statement, "", 1)
    if text == found.passage.text:
        return found
    return replace(found, passage=replace(found.passage, text=text), score=NO_ANSWER)


def _same_article(one: FoundPassage, other: FoundPassage) -> bool:
    return one.passage.article_id == other.passage.article_id


def _differ(one: frozenset[Amount], other: frozenset[Amount]) -> bool:
    """Where both state an amount, that both say "yes" beside it tells nothing."""
    pairs = [(a, b) for a in one for b in other if a.unit == b.unit]
    amounts = [(a, b) for a, b in pairs if a.canonical not in STANCES]
    return bool(pairs) and not any(a.agrees_with(b) for a, b in amounts or pairs)


def _told_apart(one: Stated, other: Stated) -> bool:
    """By products, by names that only the other has, or by circumstances of one kind."""
    products, others = frozenset(one.found.passage.products), frozenset(other.found.passage.products)
    if products and others and products.isdisjoint(others):
        return True
    if one.names - other.names and other.names - one.names:
        return True
    if _has_a_place_of_its_own(one, other) or _has_a_place_of_its_own(other, one):
        return True
    if _siblings(one.found.passage.title.split(), other.found.passage.title.split()):
        return True
    kinds = {kind for kind, _ in one.circumstances} & {kind for kind, _ in other.circumstances}
    return any(_of(kind, one).isdisjoint(_of(kind, other)) for kind in kinds)


def _siblings(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether two titles say the same of two things: "Washing the jacket", "Washing the trousers"; a year is none."""
    if len(one) != len(other) or len(one) < 2:
        return False
    apart = [pair for pair in zip(one, other, strict=True) if pair[0] != pair[1]]
    return len(apart) == 1 and not any(word.strip("().,").isdigit() for word in apart[0])


def _has_a_place_of_its_own(one: Stated, other: Stated) -> bool:
    """Whether one is about a model or a place that the other article's passage does not know."""
    return any(name not in other.found.passage.words for name in one.places)


def _of_different_parts(one: Stated, other: Stated) -> bool:
    """Each holds words of the question that the other lacks, or one of them many more. A "yes" and a "no" are put in
    so many ways that this tells nothing of them."""
    if any(amount.size is None and amount.canonical in STANCES for amount in one.says):
        return False
    return bool(one.asked - other.asked and other.asked - one.asked) or _lacking(one, other) > FEW


def _lacking(one: Stated, other: Stated) -> int:
    """Words of the question, headings included, that one of them holds more than the other."""
    return max(len(one.asked_above - other.asked_above), len(other.asked_above - one.asked_above))


def _of(kind: str, stated: Stated) -> frozenset[str]:
    return frozenset(which for what, which in stated.circumstances if what == kind)


def _in_order(one: Stated, other: Stated) -> Contradiction:
    """An article that tells no day is no older and no newer than another one."""
    first, second = one.found.valid_from, other.found.valid_from
    if first is None or second is None or first == second:
        return Contradiction(older=one, newer=other, dated=False)
    older, newer = sorted((one, other), key=lambda stated: stated.found.valid_from or date.min)
    return Contradiction(older=older, newer=newer, dated=True)
