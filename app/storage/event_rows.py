"""Events to rows and back: one name per kind, plain JSON inside."""

from collections.abc import Callable, Mapping
from dataclasses import asdict
from typing import Any

from app.domain.conversations import (
    AgentSaid,
    Author,
    Claimed,
    Closed,
    EventBody,
    FileAdded,
    HandedOff,
    MessageReceived,
    Reopened,
    Returned,
    SentenceShown,
    TurnDone,
)
from app.domain.handoffs import Brief, HandoffReason
from app.domain.replies import Citation, Outcome, Sentence

KINDS: dict[type[EventBody], str] = {
    MessageReceived: "message",
    SentenceShown: "sentence",
    HandedOff: "handoff",
    TurnDone: "done",
    AgentSaid: "agent_message",
    Claimed: "claimed",
    Returned: "returned",
    Closed: "closed",
    Reopened: "reopened",
    FileAdded: "file",
}

Row = Mapping[str, Any]


def encode(body: EventBody) -> tuple[str, dict[str, Any]]:
    return KINDS[type(body)], asdict(body)


def decode(kind: str, row: Row) -> EventBody:
    return _DECODERS[kind](row)


def citations_from(rows: list[Row]) -> tuple[Citation, ...]:
    return tuple(Citation(**row) for row in rows)


def brief_from(row: Row) -> Brief:
    lists: Row = {name: tuple(row.get(name, ())) for name in ("tried", "facts", "claimed", "doubts")}
    return Brief(**{**row, **lists})


def sentence_from(row: Row) -> Sentence:
    return Sentence(text=row["text"], lead=row["lead"], citations=citations_from(row["citations"]))


def _sentence_shown(row: Row) -> SentenceShown:
    return SentenceShown(turn_id=row["turn_id"], covers_to=row["covers_to"], sentence=sentence_from(row["sentence"]))


def _handed_off(row: Row) -> HandedOff:
    return HandedOff(
        handoff_id=row["handoff_id"],
        reason=HandoffReason(row["reason"]),
        evidence=row["evidence"],
        brief=brief_from(row["brief"]),
        position=row.get("position"),
    )


def _turn_done(row: Row) -> TurnDone:
    typed: Row = {"outcome": Outcome(row["outcome"]), "citations": citations_from(row["citations"])}
    return TurnDone(**{**row, **typed})


def _file_added(row: Row) -> FileAdded:
    typed: Row = {"author": Author(row["author"])}
    return FileAdded(**{**row, **typed})


_DECODERS: dict[str, Callable[[Row], EventBody]] = {
    "message": lambda row: MessageReceived(**row),
    "sentence": _sentence_shown,
    "handoff": _handed_off,
    "done": _turn_done,
    "agent_message": lambda row: AgentSaid(**row),
    "claimed": lambda row: Claimed(**row),
    "returned": lambda row: Returned(**row),
    "closed": lambda row: Closed(**row),
    "reopened": lambda _row: Reopened(),
    "file": _file_added,
}
