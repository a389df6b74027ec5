"""Rows to values, shared by the records."""

from collections.abc import Callable, Mapping
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, func, insert, select

from app.domain.agents import Agent, AgentRole
from app.domain.conversations import Author, Conversation, ConversationStatus, Event, EventBody, Message, SentenceShown
from app.domain.handoffs import Handoff, HandoffReason, HandoffStatus, NewHandoff
from app.domain.replies import Outcome
from app.storage import statements as sql
from app.storage import tables as t
from app.storage.event_rows import brief_from, citations_from, decode, encode

Clock = Callable[[], datetime]
NewId = Callable[[str], str]
AnyRow = Row[Any]


def stored(moment: datetime) -> datetime:
    """UTC without zone, as the tables keep it."""
    return moment.astimezone(UTC).replace(tzinfo=None)


def utc(moment: datetime) -> datetime:
    return moment.replace(tzinfo=UTC)


def utc_or_none(moment: datetime | None) -> datetime | None:
    return None if moment is None else utc(moment)


def conversation_from(row: AnyRow) -> Conversation:
    return Conversation(
        id=row.id,
        customer_id=row.customer_id,
        channel=row.channel,
        status=ConversationStatus(row.status),
        opened_at=utc(row.opened_at),
        closed_at=utc_or_none(row.closed_at),
        previous_id=row.previous_id,
        agent_id=row.agent_id,
        misses=row.misses,
        asked_back=row.asked_back,
        person_offered=row.person_offered,
    )


def message_from(row: AnyRow) -> Message:
    return Message(
        id=row.id,
        conversation_id=row.conversation_id,
        seq=row.seq,
        author=Author(row.author),
        text=row.text,
        at=utc(row.at),
        outcome=None if row.outcome is None else Outcome(row.outcome),
        agent_name=row.agent_name,
        citations=citations_from(row.citations),
    )


def agent_from(row: AnyRow) -> Agent:
    return Agent(
        id=row.id,
        name=row.name,
        email=row.email,
        role=AgentRole(row.role),
        on_duty=row.on_duty,
        seen_at=utc_or_none(row.seen_at),
        second_factor=row.totp_last_step is not None,
    )


def handoff_from(row: AnyRow, position: int | None = None) -> Handoff:
    return Handoff(
        id=row.id,
        conversation_id=row.conversation_id,
        reason=HandoffReason(row.reason),
        evidence=row.evidence,
        brief=brief_from(row.brief),
        status=HandoffStatus(row.status),
        created_at=utc(row.created_at),
        position=position,
        agent_id=row.agent_id,
        agent_name=row.agent_name,
        contact=row.contact,
    )


def handoffs_with_agents() -> Select[Any]:
    joined = t.handoffs.outerjoin(t.agents, t.agents.c.id == t.handoffs.c.agent_id)
    return select(t.handoffs, t.agents.c.name.label("agent_name")).select_from(joined)


def queue_position(c: Connection, created_at: datetime) -> int:
    """1 for the head of the queue."""
    waiting = t.handoffs.c.status == HandoffStatus.WAITING
    older = select(func.count()).select_from(t.handoffs).where(waiting, t.handoffs.c.created_at < created_at)
    return int(c.execute(older).scalar_one()) + 1


def append_events(c: Connection, conversation: str, last_seq: int, at: datetime, *bodies: EventBody) -> list[Event]:
    """Writes events numbered up to `last_seq`, and gives them as they will be read."""
    first = last_seq - len(bodies) + 1
    events = [
        Event(conversation_id=conversation, seq=first + place, at=utc(at), body=body)
        for place, body in enumerate(bodies)
    ]
    if events:
        c.execute(sql.INSERT_EVENT, [_event_row(event, at) for event in events])
    return events


def _event_row(event: Event, at: datetime) -> dict[str, Any]:
    kind, content = encode(event.body)
    return {"conversation_id": event.conversation_id, "seq": event.seq, "kind": kind, "at": at, "body": content}


def sentences_since_last_turn(c: Connection, conversation: str) -> list[SentenceShown]:
    """What a turn that never ended has shown, oldest first."""
    shown: list[SentenceShown] = []
    for row in c.execute(sql.SENTENCES_AND_ENDS, {"conversation": conversation}):
        body = decode(row.kind, row.body)
        if not isinstance(body, SentenceShown):
            break
        shown.append(body)
    return shown[::-1]


def insert_handoff(
    c: Connection, handoff_id: str, conversation_id: str, new: NewHandoff, contact: str | None, now: datetime
) -> str:
    """Puts a handoff at the end of the queue."""
    place: Mapping[str, Any] = {"id": handoff_id, "conversation_id": conversation_id, "contact": contact}
    state: Mapping[str, Any] = {"status": HandoffStatus.WAITING, "created_at": now}
    c.execute(insert(t.handoffs).values({**asdict(new), **place, **state}))
    return handoff_id
