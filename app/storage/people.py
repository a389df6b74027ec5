"""Agents, business keys, and whose secret a hash is."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, insert, select, update

from app.domain.agents import Agent, AgentExistsError, AgentRole, BusinessKey, Scope
from app.domain.customers import Identity
from app.storage import tables as t
from app.storage.database import Database
from app.storage.rows import AnyRow, Clock, NewId, agent_from, stored, utc


@dataclass(frozen=True)
class PeopleRecords:
    """Implements care.records.AgentRecords and CallerRecords."""

    database: Database
    clock: Clock
    new_id: NewId

    async def customer_by(self, identity: Identity) -> str | None:
        mine = (t.identities.c.channel == identity.channel) & (t.identities.c.address == identity.address)
        return await self.database.look(
            lambda c: c.execute(select(t.identities.c.customer_id).where(mine)).scalar_one_or_none()
        )

    async def agent_by(self, key_hash: str) -> Agent | None:
        found = await self._agents(_enabled().where(t.agents.c.key_hash == key_hash))
        return found[0] if found else None

    async def key_by(self, key_hash: str) -> BusinessKey | None:
        valid = (t.keys.c.key_hash == key_hash) & t.keys.c.revoked_at.is_(None)

        def read(c: Connection) -> BusinessKey | None:
            row = c.execute(select(t.keys).where(valid)).one_or_none()
            return None if row is None else key_from(row)

        return await self.database.look(read)

    async def add_agent(self, name: str, email: str, role: AgentRole, key_hash: str) -> Agent:
        now = stored(self.clock())
        return await self.database.write(lambda c: self._add_agent(c, name, email, role, key_hash, now))

    async def agents(self) -> Sequence[Agent]:
        return await self._agents(_enabled().order_by(t.agents.c.name))

    async def set_duty(self, agent_id: str, on_duty: bool) -> None:
        await self._touch(agent_id, {"on_duty": on_duty})

    async def seen(self, agent_id: str) -> None:
        await self._touch(agent_id, {})

    async def on_duty(self) -> int:
        now = self.clock()
        return sum(agent.is_on_duty(now) for agent in await self.agents())

    async def add_key(self, name: str, scopes: Sequence[str], key_hash: str) -> BusinessKey:
        values = {
            "id": self.new_id("key"), "name": name, "scopes": list(scopes), "key_hash": key_hash,
            "created_at": stored(self.clock()),
        }  # fmt: skip
        row = await self.database.write(lambda c: c.execute(insert(t.keys).values(values).returning(t.keys)).one())
        return key_from(row)

    async def _agents(self, wanted: Select[Any]) -> list[Agent]:
        return await self.database.read(lambda c: [agent_from(row) for row in c.execute(wanted)])

    async def _touch(self, agent_id: str, values: dict[str, Any]) -> None:
        change = update(t.agents).where(t.agents.c.id == agent_id).values(seen_at=stored(self.clock()), **values)
        await self.database.write(lambda c: c.execute(change).rowcount)

    def _add_agent(self, c: Connection, name: str, email: str, role: AgentRole, key_hash: str, now: datetime) -> Agent:
        if c.execute(select(t.agents.c.id).where(t.agents.c.email == email)).first():
            raise AgentExistsError(email)
        values = {"id": self.new_id("agt"), "name": name, "email": email, "role": role}
        insertion = insert(t.agents).values(values | {"key_hash": key_hash, "created_at": now})
        return agent_from(c.execute(insertion.returning(t.agents)).one())


def _enabled() -> Select[Any]:
    return select(t.agents).where(t.agents.c.disabled_at.is_(None))


def key_from(row: AnyRow) -> BusinessKey:
    scopes = frozenset(Scope(scope) for scope in row.scopes)
    return BusinessKey(id=row.id, name=row.name, scopes=scopes, created_at=utc(row.created_at))
