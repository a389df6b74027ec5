"""What the assistant says: sentences with citations, and how a turn came out. Pure values."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Outcome(StrEnum):
    """How a customer's message was met. `PENDING` is only ever a view: the turn is still at work."""

    ANSWERED = "answered"
    ASKED_BACK = "asked_back"
    NOT_KNOWN = "not_known"
    HANDED_OFF = "handed_off"
    WAITING = "waiting"
    WITH_AGENT = "with_agent"
    CLOSED = "closed"
    PENDING = "pending"


@dataclass(frozen=True, kw_only=True)
class Citation:
    """The source of a sentence, as the customer may open it."""

    passage_id: str
    article_id: str
    title: str
    address: str | None = None


@dataclass(frozen=True, kw_only=True)
class Sentence:
    """One finished sentence; `lead` is the white space that stands before it in the reply."""

    text: str
    lead: str = ""
    citations: tuple[Citation, ...] = ()


def joined(sentences: Iterable[Sentence]) -> str:
    """The reply as one text: every sentence behind its lead."""
    return "".join(sentence.lead + sentence.text for sentence in sentences).strip()


def citations_of(sentences: Iterable[Sentence]) -> tuple[Citation, ...]:
    """Each cited passage once, in the order of first use."""
    seen = {citation.passage_id: citation for sentence in sentences for citation in sentence.citations}
    return tuple(seen.values())
