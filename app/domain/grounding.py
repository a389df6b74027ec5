"""What carries sentences and what came of comparing one with it. Values; `grounding_match` compares them."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from app.domain.claims import Clause, Quantity, Sense, Word
from app.domain.remembered import remembered

NOTHING: frozenset[Sense] = frozenset()


class Doubt(StrEnum):
    """Why a statement of the support does not carry what is said."""

    NOT_SAID = "not_said"
    VALUE = "value"
    BOUND = "bound"
    NEGATION = "negation"
    OPPOSITE = "opposite"
    DROPPED_LIMIT = "dropped_limit"
    OTHER_SUBJECT = "other_subject"
    OTHER_ACTOR = "other_actor"
    OBLIGATION = "obligation"
    RIVAL = "rival"
    ORDER = "order"


Doubts = Sequence[tuple[Doubt, str]]
"""Each with the words that raise it."""

Place = tuple[str, int]
"""A passage's id and which of its statements it is."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Segment:
    """A clause of a statement with its senses ready to compare; `offered` holds those of its phrases' parts too,
    `column` those of the column that a cell stands in."""

    clause: Clause
    offered: frozenset[Sense]
    stems: frozenset[Sense]
    column: frozenset[Sense] = NOTHING


@dataclass(frozen=True, kw_only=True, eq=False)
class Evidence:
    """One statement of the support. `context` is what stands above it: titles, headings, the line that introduces it.
    `subject` is a row's label; `number` which step it is; `restricted` that the next statement limits it."""

    place: Place
    article: str
    segments: tuple[Segment, ...]
    context: frozenset[Sense] = NOTHING
    context_quantities: tuple[Quantity, ...] = ()
    subject: frozenset[Sense] = NOTHING
    number: int | None = None
    restricted: bool = False

    @remembered
    def own(self) -> frozenset[Sense]:
        """The senses of its own words, without those above it."""
        return offered_by(self.segments)

    @remembered
    def whole(self) -> frozenset[Sense]:
        return self.own | self.context

    @remembered
    def quantities(self) -> tuple[Quantity, ...]:
        return tuple([quantity for segment in self.segments for quantity in segment.clause.quantities])

    @remembered
    def stems(self) -> tuple[str, ...]:
        return tuple([word.stem for segment in self.segments for word in segment.clause.words])

    @remembered
    def has_columns(self) -> bool:
        return any(segment.column for segment in self.segments)


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What the customer asked: the senses of their words, and which of the support's names they named."""

    senses: frozenset[Sense] = NOTHING
    names: frozenset[Sense] = NOTHING
    words: tuple[Word, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Strictness:
    """How sure is sure enough. `left` is the weight of unheld words that is let pass for each word that is held;
    `told` the share of a statement's words that must be taken up, `own` that of a clause's words which must be
    the statement's own, `kept` the share of a limit's words that must be said, `asked` of the question's where "it"
    stands for them."""

    left: float = 0.0
    told: float = 0.3
    own: float = 0.7
    kept: float = 0.5
    asked: float = 0.34


@dataclass(frozen=True, kw_only=True)
class Said:
    """One thing that a sentence states, made of `parts`. `sentence` are the senses of the whole sentence, `names` those
    that the support knows; `alone` whether the sentence states nothing else."""

    clause: Clause
    parts: tuple[Clause, ...]
    sentence: frozenset[Sense]
    asked: Asked
    names: frozenset[Sense]
    strict: Strictness
    alone: bool = True

    @remembered
    def mine(self) -> frozenset[Sense]:
        """What is said or was asked."""
        return self.sentence | self.asked.senses

    @remembered
    def spoken_of(self) -> tuple[Word, ...]:
        """The first weighty word of each part: what it is about."""
        return tuple([part.weighty[0] for part in self.parts if part.weighty])


@dataclass(frozen=True, kw_only=True)
class Match:
    """How a statement fits what is said: the doubts, none where it carries it."""

    evidence: Evidence
    doubts: Doubts = ()

    @property
    def holds(self) -> bool:
        return not self.doubts


def offered_by(segments: Sequence[Segment]) -> frozenset[Sense]:
    return NOTHING.union(*[segment.offered for segment in segments])


def counted(words: Sequence[Word], senses: frozenset[Sense]) -> int:
    """How many of the words stand there."""
    return len(words) - len(missing_of(words, senses))


def share(words: Sequence[Word], senses: frozenset[Sense]) -> float:
    return counted(words, senses) / len(words) if words else 0.0


def missing_of(words: Sequence[Word], senses: frozenset[Sense]) -> list[Word]:
    return [w for w in words if w.senses.isdisjoint(senses) and not (w.parts and w.stands_in(senses))]
