"""Deliveries are written in the transaction of the event that they tell of: the one is never without the other."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, insert, or_, select

from app.domain.conversations import AgentSaid, Event, MessageReceived, SentenceShown, TurnDone
from app.domain.deliveries import DeliveryStatus, EndpointKind
from app.domain.publishing import MESSAGE, Data, Thread, channel_message, published
from app.storage import tables as t
from app.storage.rows import AnyRow, NewId

_ANY_ENDPOINT = "SELECT 1 FROM endpoints WHERE disabled_at IS NULL LIMIT 1"
"""Plain, for it is asked twice a turn, and most companies have none."""

_ENDPOINTS = select(t.endpoints.c.id, t.endpoints.c.kind, t.endpoints.c.kinds).where(
    t.endpoints.c.disabled_at.is_(None),
    or_(t.endpoints.c.kind == EndpointKind.EVENTS, t.endpoints.c.id == bindparam("channel")),
)
_RECIPIENT = select(t.identities.c.address).where(
    t.identities.c.customer_id == bindparam("customer"), t.identities.c.channel == bindparam("channel")
)
_NOTICES = select(t.events.c.body).where(
    t.events.c.conversation_id == bindparam("conversation"),
    t.events.c.kind == "message",
    t.events.c.seq > bindparam("after"),
    t.events.c.seq <= bindparam("to"),
)
_LAST_DONE = (
    select(t.events.c.seq)
    .where(
        t.events.c.conversation_id == bindparam("conversation"),
        t.events.c.kind == "done",
        t.events.c.seq < bindparam("before"),
    )
    .order_by(t.events.c.seq.desc())
    .limit(1)
)
_INSERT = insert(t.deliveries)


def publish(c: Connection, conversation: AnyRow, events: Sequence[Event], new_id: NewId, now: datetime) -> bool:
    """One row for each endpoint that is to hear of an event; whether there are any."""
    told = [event for event in events if not isinstance(event.body, SentenceShown)]
    if not told or c.exec_driver_sql(_ANY_ENDPOINT).first() is None:
        return False
    endpoints = c.execute(_ENDPOINTS, {"channel": conversation.channel}).all()
    thread = Thread(conversation_id=conversation.id, customer_id=conversation.customer_id, channel=conversation.channel)
    rows: list[dict[str, Any]] = []
    for endpoint in endpoints:
        for event in told:
            contents = _contents(c, endpoint, event, thread)
            rows += [_row(new_id, endpoint.id, event, kind, body, now) for kind, body in contents]
    if rows:
        c.execute(_INSERT, rows)
    return bool(rows)


def _contents(c: Connection, endpoint: Any, event: Event, thread: Thread) -> list[tuple[str, Data]]:
    if endpoint.kind == EndpointKind.EVENTS:
        return [(kind, body) for kind, body in published(event, thread) if not endpoint.kinds or kind in endpoint.kinds]
    if not isinstance(event.body, TurnDone | AgentSaid):
        return []
    message = channel_message(event, _addressed(c, event, thread))
    return [(MESSAGE, message)] if message else []


def _addressed(c: Connection, event: Event, thread: Thread) -> Thread:
    """With the customer's address on the channel, and the notice that is due with this reply."""
    mine = {"customer": thread.customer_id, "channel": thread.channel}
    recipient = c.execute(_RECIPIENT, mine).scalars().first() or ""
    return replace(thread, recipient=recipient, notice=_notice(c, event) if isinstance(event.body, TurnDone) else "")


def _notice(c: Connection, event: Event) -> str:
    """That an AI answers is said with the first reply; a handed-off message's notice was not missed before."""
    place = {"conversation": event.conversation_id}
    after = c.execute(_LAST_DONE, {**place, "before": event.seq}).scalars().first() or 0
    found = c.execute(_NOTICES, {**place, "after": after, "to": event.seq}).scalars()
    return next((notice for body in found if (notice := MessageReceived(**body).notice)), "")


def _row(new_id: NewId, endpoint_id: str, event: Event, kind: str, body: Data, now: datetime) -> dict[str, Any]:
    place = {"id": new_id("dlv"), "endpoint_id": endpoint_id, "conversation_id": event.conversation_id}
    what = {"seq": event.seq, "kind": kind, "body": body, "status": DeliveryStatus.DUE}
    return {**place, **what, "created_at": now, "next_at": now}
