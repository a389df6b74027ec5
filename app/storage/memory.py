"""Profiles: what the business set, what conversations told, how earlier ones went."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, delete, insert, select, update

from app.care.records import Unremembered
from app.domain.conversations import Author, Message
from app.domain.customers import (
    Assurance,
    Attribute,
    Fact,
    FactKind,
    Identity,
    NewFact,
    PastConversation,
    Profile,
)
from app.storage import tables as t
from app.storage.database import Database
from app.storage.inbox import find_or_add_customer
from app.storage.rows import AnyRow, Clock, NewId, message_from, stored, utc, utc_or_none

PAST = 3
VERIFIED_CHANNEL = "verified"


@dataclass(frozen=True)
class MemoryRecords:
    """Implements care.records.MemoryRecords."""

    database: Database
    clock: Clock
    new_id: NewId

    async def profile(self, customer_id: str) -> Profile:
        return await self.database.read(lambda c: read_profile(c, customer_id))

    async def set_attributes(self, external_id: str, attributes: Sequence[Attribute]) -> str:
        now = stored(self.clock())
        return await self.database.write(lambda c: self._set(c, external_id, attributes, now))

    async def unremembered(self, limit: int) -> Sequence[Unremembered]:
        return await self.database.read(lambda c: _unremembered(c, limit))

    async def remember(self, turn: Unremembered, facts: Sequence[NewFact]) -> None:
        now = stored(self.clock())
        await self.database.write(lambda c: self._remember(c, turn, facts, now))

    async def forget_fact(self, customer_id: str, fact_id: str) -> bool:
        mine = (t.facts.c.customer_id == customer_id) & (t.facts.c.id == fact_id)
        return await self.database.write(lambda c: c.execute(delete(t.facts).where(mine)).rowcount > 0)

    def _set(self, c: Connection, external_id: str, attributes: Sequence[Attribute], now: datetime) -> str:
        identity = Identity(channel=VERIFIED_CHANNEL, address=external_id, assurance=Assurance.VERIFIED)
        customer_id = find_or_add_customer(c, identity, now, self.new_id)
        for attribute in attributes:
            mine = (t.attributes.c.customer_id == customer_id) & (t.attributes.c.name == attribute.name)
            c.execute(delete(t.attributes).where(mine))
            if attribute.value:
                c.execute(insert(t.attributes).values(customer_id=customer_id, set_at=now, **asdict(attribute)))
        return customer_id

    def _remember(self, c: Connection, turn: Unremembered, facts: Sequence[NewFact], now: datetime) -> None:
        mine = t.turns.c.id == turn.turn_id
        first = update(t.turns).where(mine, t.turns.c.remembered_at.is_(None)).values(remembered_at=now)
        if c.execute(first).rowcount == 0:
            return
        for fact in facts:
            self._supersede(c, turn.customer_id, fact, now)

    def _supersede(self, c: Connection, customer_id: str, fact: NewFact, now: datetime) -> None:
        """The newer statement holds from now on; the older one stays, with its end."""
        same = (t.facts.c.customer_id == customer_id) & (t.facts.c.kind == fact.kind) & (t.facts.c.about == fact.about)
        held = same & t.facts.c.valid_to.is_(None)
        if c.execute(select(t.facts.c.value).where(held)).scalars().first() == fact.value:
            return
        c.execute(update(t.facts).where(held).values(valid_to=now))
        start: Mapping[str, Any] = {"id": self.new_id("fct"), "customer_id": customer_id, "valid_from": now}
        c.execute(insert(t.facts).values({**start, **asdict(fact)}))


def read_profile(c: Connection, customer_id: str, without: str = "") -> Profile:
    """What is known now; `without` names the conversation that is no past one."""
    set_ones = select(t.attributes.c.name, t.attributes.c.value).where(t.attributes.c.customer_id == customer_id)
    held = (t.facts.c.customer_id == customer_id) & t.facts.c.valid_to.is_(None)
    return Profile(
        customer_id=customer_id,
        assurance=_assurance(c, customer_id),
        attributes=tuple(Attribute(name=row.name, value=row.value) for row in c.execute(set_ones)),
        facts=tuple(_fact_from(row) for row in c.execute(select(t.facts).where(held).order_by(t.facts.c.valid_from))),
        past=_past(c, customer_id, without),
    )


def _assurance(c: Connection, customer_id: str) -> Assurance:
    found = c.execute(select(t.identities.c.assurance).where(t.identities.c.customer_id == customer_id)).scalars()
    return Assurance.VERIFIED if Assurance.VERIFIED in set(found) else Assurance.ANONYMOUS


def _fact_from(row: AnyRow) -> Fact:
    return Fact(
        id=row.id,
        kind=FactKind(row.kind),
        about=row.about,
        value=row.value,
        source_message_id=row.source_message_id,
        valid_from=utc(row.valid_from),
        valid_to=utc_or_none(row.valid_to),
    )


def _past(c: Connection, customer_id: str, without: str) -> tuple[PastConversation, ...]:
    others = (t.conversations.c.customer_id == customer_id) & (t.conversations.c.id != without)
    newest = (
        select(t.conversations.c.id, t.conversations.c.opened_at, t.messages.c.text, t.messages.c.outcome)
        .join(t.messages, t.messages.c.conversation_id == t.conversations.c.id)
        .where(others, t.messages.c.author == Author.CUSTOMER)
        .order_by(t.conversations.c.opened_at.desc(), t.messages.c.seq)
        .limit(PAST * 8)
    )
    firsts: dict[str, Any] = {}
    for row in c.execute(newest):
        firsts.setdefault(row.id, row)
    return tuple(
        PastConversation(id=row.id, opened_at=utc(row.opened_at), question=row.text, outcome=row.outcome or "open")
        for row in list(firsts.values())[:PAST]
    )


def _unremembered(c: Connection, limit: int) -> Sequence[Unremembered]:
    open_turns = (
        select(t.turns.c.id, t.turns.c.conversation_id, t.turns.c.covers_to, t.conversations.c.customer_id)
        .join(t.conversations, t.conversations.c.id == t.turns.c.conversation_id)
        .where(t.turns.c.remembered_at.is_(None))
        .order_by(t.turns.c.finished_at)
        .limit(limit)
    )
    return [
        Unremembered(turn_id=row.id, customer_id=row.customer_id, messages=_messages_of_turn(c, row))
        for row in c.execute(open_turns).all()
    ]


def _messages_of_turn(c: Connection, row: Any) -> tuple[Message, ...]:
    """The customer's messages that the turn met: those after the turn before it."""
    before = select(t.turns.c.covers_to).where(
        t.turns.c.conversation_id == row.conversation_id, t.turns.c.covers_to < row.covers_to
    )
    since = max(c.execute(before).scalars(), default=0)
    mine = (t.messages.c.conversation_id == row.conversation_id) & (t.messages.c.author == Author.CUSTOMER)
    met = select(t.messages).where(mine, t.messages.c.seq > since, t.messages.c.seq <= row.covers_to)
    return tuple(message_from(found) for found in c.execute(met.order_by(t.messages.c.seq)))
