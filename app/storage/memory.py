"""Profiles: what the business set, what conversations told, how earlier ones went."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, delete, insert, select, update

from app.care.records import Unremembered
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
from app.storage import statements as sql
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

    async def remember(self, facts: Mapping[Unremembered, Sequence[NewFact]]) -> None:
        now = stored(self.clock())
        await self.database.write(lambda c: self._remember(c, facts, now))

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

    def _remember(self, c: Connection, facts: Mapping[Unremembered, Sequence[NewFact]], now: datetime) -> None:
        ids = [turn.turn_id for turn in facts]
        open_ones = update(t.turns).where(t.turns.c.id.in_(ids), t.turns.c.remembered_at.is_(None))
        first = set(c.execute(open_ones.values(remembered_at=now).returning(t.turns.c.id)).scalars())
        for turn, read in facts.items():
            for fact in read if turn.turn_id in first else ():
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
    mine = {"customer": customer_id}
    held = c.execute(sql.HELD_OF, {**mine, "without": without}).one()
    attributes = c.execute(sql.ATTRIBUTES_OF, mine) if held.has_attributes else ()
    facts = c.execute(sql.FACTS_OF, mine) if held.has_facts else ()
    return Profile(
        customer_id=customer_id,
        assurance=Assurance.VERIFIED if held.is_verified else Assurance.ANONYMOUS,
        attributes=tuple(Attribute(name=row.name, value=row.value) for row in attributes),
        facts=tuple(map(_fact_from, facts)),
        past=_past(c, customer_id, without) if held.has_past else (),
    )


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
    firsts: dict[str, Any] = {}
    for row in c.execute(sql.PAST_OF, {"customer": customer_id, "without": without, "most": PAST * 8}):
        firsts.setdefault(row.id, row)
    return tuple(
        PastConversation(id=row.id, opened_at=utc(row.opened_at), question=row.text, outcome=row.outcome or "open")
        for row in list(firsts.values())[:PAST]
    )


def _unremembered(c: Connection, limit: int) -> Sequence[Unremembered]:
    found: dict[str, Unremembered] = {}
    for row in c.execute(sql.UNREMEMBERED, {"most": limit}):
        turn = found.get(row.turn_id) or Unremembered(turn_id=row.turn_id, customer_id=row.customer_id, messages=())
        found[row.turn_id] = replace(turn, messages=(*turn.messages, message_from(row)))
    return list(found.values())
