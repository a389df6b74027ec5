"""The ports of writing: answerers draft sentences, readers turn them into values, wording says the fixed texts."""

from collections.abc import AsyncGenerator, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from app.domain.assessment import Assessment
from app.domain.checking import Checked, Draft, Value
from app.domain.customers import NewFact
from app.domain.knowledge import FoundPassage
from app.domain.turns import Turn


class ModelFailedError(Exception):
    """The model did not give a usable answer: unreachable, refused, too slow, cut off, or unreadable."""


@dataclass(frozen=True, kw_only=True)
class Usage:
    """One call of a model: tokens as its server counted them, 0 where it did not; which fields of the profile it was
    given."""

    model: str
    input_tokens: int
    output_tokens: int
    given: tuple[str, ...] = ()


@dataclass(kw_only=True)
class Writing:
    """One reply to be written, and the place where the answerer leaves its notes for the trace. `refused` are
    sentences of a first try that no passage carried."""

    turn: Turn
    assessment: Assessment
    passages: tuple[FoundPassage, ...]
    refused: tuple[str, ...] = ()
    usage: list[Usage] = field(default_factory=list[Usage])


class Answerer(Protocol):
    """Writes a reply from passages. Drafts come as soon as each is finished; `turn.shown` is never repeated. `waits`
    tells that its time is spent waiting for a server."""

    name: str
    waits: bool

    def write(self, writing: Writing) -> AsyncGenerator[Draft, None]:
        """Raises ModelFailedError at any point; what was drafted before stands."""
        ...


class Grounds(Protocol):
    """What carries the sentences of one reply."""

    def check(self, draft: Draft, language: str) -> Checked:
        """Whether a statement of the support says what the draft says, and what to quote where none does. CPU of some
        tenths of a millisecond."""
        ...


class Grounding(Protocol):
    """Reads what carries a reply: passages, each once, and attributes of the business."""

    def of(self, turn: Turn, passages: Sequence[FoundPassage]) -> Grounds: ...

    def to_be_read(self, passages: Sequence[FoundPassage]) -> int:
        """Characters of those that were not read before."""
        ...


class ValueReader(Protocol):
    """Reads a text into comparable values: amounts, dates, links, numbers."""

    def __call__(self, text: str) -> frozenset[Value]: ...


class CutSentence(Protocol):
    """A sentence as it was cut out of a text; `lead` is the white space that stood before it."""

    @property
    def text(self) -> str: ...

    @property
    def lead(self) -> str: ...


class SentenceSplitter(Protocol):
    """Cuts a text into its sentences, in order; abbreviations and decimal points end none."""

    def __call__(self, text: str, /) -> Sequence[CutSentence]: ...


class SentenceStream(Protocol):
    """Cuts a growing text into sentences."""

    def feed(self, delta: str, /) -> Sequence[CutSentence]:
        """The sentences that this piece finished."""
        ...

    def end(self) -> Sequence[CutSentence]:
        """What is left once no more text comes: a sentence without its end, or nothing."""
        ...


class Assessor(Protocol):
    """Reads what messages tell. CPU of about a millisecond; never raises for strange words."""

    def assess(self, messages: Sequence[str], before: Sequence[str] = ()) -> Assessment: ...


class FollowUps(Protocol):
    """Says a follow-up as a question that stands alone, where it only makes sense with the messages before."""

    def __call__(self, text: str, before: Sequence[str]) -> str: ...


class FactReader(Protocol):
    """Reads facts that a customer says of themselves: name, products, plan, preferences, contact, open problems."""

    def read(self, text: str, message_id: str) -> tuple[NewFact, ...]: ...


class Wording(Protocol):
    """The fixed texts that customers read, by key and language, with fields filled in."""

    def say(self, key: str, language: str = "en", **fields: str) -> str: ...
