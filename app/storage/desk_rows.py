"""Conversations as lists show them: each question is asked once for all rows of a page."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, func, select

from app.care.desk import CustomerCard, DeskConversation, LastWords
from app.domain.assessment import Feeling
from app.domain.conversations import Author, ConversationStatus
from app.domain.customers import Assurance, FactKind
from app.domain.handoffs import Handoff, HandoffStatus
from app.storage import tables as t
from app.storage.queue_steps import OPEN
from app.storage.rows import AnyRow, handoff_from, handoffs_with_agents, utc

LINE = 240
"""Characters of the last words."""

NAMES = ("name", "first_name")

OWN_CHANNELS = ("token", "verified")
"""Under these customers of the API and the widget are known."""

WIDGET = "widget"
"""How agents call them; another channel goes by the name that it was given."""


def with_people() -> Select[Any]:
    joined = t.conversations.join(t.customers, t.customers.c.id == t.conversations.c.customer_id).outerjoin(
        t.agents, t.agents.c.id == t.conversations.c.agent_id
    )
    joined = joined.outerjoin(t.endpoints, t.endpoints.c.id == t.conversations.c.channel)
    names = (t.agents.c.name.label("agent_name"), t.endpoints.c.name.label("channel_name"))
    return select(t.conversations, *names, t.customers.c.blocked_at.label("blocked_at")).select_from(joined)


def on_channel(name: str) -> ColumnElement[bool]:
    named = select(t.endpoints.c.id).where(t.endpoints.c.name == name)
    own = t.conversations.c.channel.in_(OWN_CHANNELS)
    return own if name == WIDGET else t.conversations.c.channel.in_(named)


@dataclass
class _Beside:
    """What was found for all rows, by the conversation's or the customer's id."""

    last: dict[str, LastWords] = field(default_factory=dict[str, LastWords])
    handoffs: dict[str, Handoff] = field(default_factory=dict[str, Handoff])
    tags: dict[str, list[str]] = field(default_factory=lambda: defaultdict[str, list[str]](list))
    names: dict[str, str] = field(default_factory=dict[str, str])
    said_names: dict[str, str] = field(default_factory=dict[str, str])
    verified: set[str] = field(default_factory=set[str])


def conversations_from(c: Connection, rows: Sequence[AnyRow]) -> list[DeskConversation]:
    """In the order of the rows, which `with_people` selected."""
    if not rows:
        return []
    conversations, customers = [row.id for row in rows], list({row.customer_id for row in rows})
    beside = _Beside()
    _read_last(c, conversations, beside)
    _read_names(c, customers, beside)
    for row in c.execute(handoffs_with_agents().where(t.handoffs.c.conversation_id.in_(conversations), _is_open())):
        beside.handoffs[row.conversation_id] = handoff_from(row)
    tagged = t.conversation_tags.c.conversation_id.in_(conversations)
    for row in c.execute(select(t.conversation_tags).where(tagged).order_by(t.conversation_tags.c.tag)):
        beside.tags[row.conversation_id].append(row.tag)
    return [_conversation(row, beside) for row in rows]


def _is_open() -> Any:
    return t.handoffs.c.status.in_(OPEN)


def _read_last(c: Connection, conversations: Sequence[str], beside: _Beside) -> None:
    inner = t.messages.alias("newer")
    newest = select(func.max(inner.c.seq)).where(inner.c.conversation_id == t.messages.c.conversation_id)
    text = func.substr(t.messages.c.text, 1, LINE).label("line")
    wanted = select(t.messages.c.conversation_id, t.messages.c.author, t.messages.c.at, text).where(
        t.messages.c.conversation_id.in_(conversations), t.messages.c.seq == newest.scalar_subquery()
    )
    for row in c.execute(wanted):
        words = LastWords(author=Author(row.author), text=row.line, at=utc(row.at))
        beside.last[row.conversation_id] = words
    arrived = t.files.c.conversation_id.in_(conversations) & t.files.c.arrived_at.is_not(None)
    for row in c.execute(select(t.files).where(arrived).order_by(t.files.c.arrived_at)):
        sent = LastWords(author=Author(row.author), text=row.name, at=utc(row.arrived_at))
        said = beside.last.get(row.conversation_id, sent)
        beside.last[row.conversation_id] = max(said, sent, key=lambda last: last.at)


def _read_names(c: Connection, customers: Sequence[str], beside: _Beside) -> None:
    """The company's word counts more than the customer's own; a whole name more than a first one."""
    set_ones = t.attributes.c.customer_id.in_(customers) & t.attributes.c.name.in_(NAMES)
    for row in c.execute(select(t.attributes).where(set_ones).order_by(t.attributes.c.name)):
        beside.names[row.customer_id] = row.value
    said = (t.facts.c.kind == FactKind.IDENTITY) & (t.facts.c.about == "name") & t.facts.c.valid_to.is_(None)
    for row in c.execute(select(t.facts).where(t.facts.c.customer_id.in_(customers), said)):
        beside.said_names[row.customer_id] = row.value
    verified = t.identities.c.assurance == Assurance.VERIFIED
    known = select(t.identities.c.customer_id).where(t.identities.c.customer_id.in_(customers), verified)
    beside.verified.update(c.execute(known).scalars())


def _conversation(row: AnyRow, beside: _Beside) -> DeskConversation:
    handoff = beside.handoffs.get(row.id)
    waits = handoff is not None and handoff.status is HandoffStatus.WAITING
    return DeskConversation(
        id=row.id,
        status=ConversationStatus(row.status),
        channel=_channel(row),
        customer=_customer(row, beside),
        opened_at=utc(row.opened_at),
        last_at=utc(row.last_at or row.opened_at),
        agent_id=row.agent_id,
        agent_name=row.agent_name,
        last=beside.last.get(row.id),
        waiting_since=handoff.created_at if handoff and waits else None,
        reason=handoff.reason if handoff else None,
        evidence=handoff.evidence if handoff else "",
        feeling=_feeling(handoff.brief.feeling if handoff and waits else row.feeling),
        tags=tuple(beside.tags.get(row.id, ())),
        muted=row.muted_at is not None,
        spam=row.spam_at is not None,
    )


def _channel(row: AnyRow) -> str:
    return row.channel_name or (WIDGET if row.channel in OWN_CHANNELS else row.channel)


def _customer(row: AnyRow, beside: _Beside) -> CustomerCard:
    """Of a verified customer the id is proven, and with it what the company set: a name of their own is not."""
    claims: Mapping[str, str] = row.claimed
    own = beside.said_names.get(row.customer_id) or claims.get("name")
    known = beside.names.get(row.customer_id)
    assurance = Assurance.CLAIMED if known or own else Assurance.ANONYMOUS
    if row.customer_id in beside.verified and (known or not own):
        assurance = Assurance.VERIFIED
    blocked = row.blocked_at is not None
    return CustomerCard(id=row.customer_id, name=known or own, assurance=assurance, blocked=blocked)


def _feeling(found: str | None) -> Feeling | None:
    return Feeling(found) if found in _FEELINGS else None


_FEELINGS = frozenset(Feeling)
