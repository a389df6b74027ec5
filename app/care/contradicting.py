"""What of found passages may be said: of articles that contradict each other the newer one, else a person decides;
nothing that speaks to an AI."""

import asyncio
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from app.domain.contradictions import (
    Contradiction,
    Stated,
    contradictions_among,
    settled,
    undecided,
    without_contradicted,
)
from app.domain.decisions import Answer, Decision, HandOff
from app.domain.handoffs import HandoffReason
from app.domain.knowledge import FoundPassage
from app.domain.turns import Turn

QUOTED = 200
"""Characters of a statement that a brief quotes."""


class StatementReader(Protocol):
    """Reads what passages state on a question. Blocking; a passage that was read before costs next to nothing."""

    def stated(self, question: str, passages: Sequence[FoundPassage]) -> Sequence[Stated]:
        """At most one statement of a passage, the one that answers best; empty where there is nothing to compare."""
        ...

    def alike(self, one: Stated, other: Stated) -> float:
        """How alike two statements are, 0..1."""
        ...

    def resting(self, found: FoundPassage, stated: Stated) -> Sequence[str]:
        """The statements of the passage that rest on what this one of its article says."""
        ...


class NoComparing:
    """Where nothing is compared."""

    def stated(self, question: str, passages: Sequence[FoundPassage]) -> Sequence[Stated]:
        return ()

    def alike(self, one: Stated, other: Stated) -> float:
        return 0.0

    def resting(self, found: FoundPassage, stated: Stated) -> Sequence[str]:
        return ()


ForReaders = Callable[[FoundPassage], FoundPassage]
"""A passage without what speaks to an AI instead of a reader; as it was where nothing does."""


def quotable(passages: Iterable[FoundPassage], for_readers: ForReaders) -> tuple[FoundPassage, ...]:
    """What of the passages may be given to answerers."""
    return tuple(kept for found in passages if (kept := for_readers(found)).passage.text.strip())


@dataclass(frozen=True, kw_only=True)
class Weighed:
    """The decision once contradictions were looked for, and those that were found."""

    decision: Decision
    contradictions: tuple[Contradiction, ...] = ()


async def weighed(turn: Turn, decision: Answer, reader: StatementReader) -> Weighed:
    """The same answer where the articles agree."""
    return await asyncio.to_thread(_weigh, turn, decision, reader)


def _weigh(turn: Turn, decision: Answer, reader: StatementReader) -> Weighed:
    stated = reader.stated(turn.text, decision.passages)
    found = contradictions_among(stated, reader.alike)
    if not found:
        return Weighed(decision=decision)
    if doubtful := undecided(found):
        doubts = tuple(dict.fromkeys(_quoted(each) for pair in doubtful for each in (pair.older, pair.newer)))
        person = HandOff(reason=HandoffReason.CONTRADICTION, evidence=turn.text, doubts=doubts)
        return Weighed(decision=person, contradictions=found)
    left = without_contradicted(decision.passages, settled(found), reader.resting)
    return Weighed(decision=Answer(passages=left), contradictions=found)


def _quoted(stated: Stated) -> str:
    words = " ".join(stated.text.split())
    return f"{stated.found.passage.title}: {words[:QUOTED]}"
