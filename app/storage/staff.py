"""Agents and keys as administrators change them; each change is noted in its own transaction."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, delete, exists, func, insert, or_, select, update

from app.domain.agents import (
    Agent,
    AgentChange,
    AgentExistsError,
    AgentRole,
    BusinessKey,
    Colleague,
    LastAdministratorError,
    UnknownAgentError,
)
from app.domain.conversations import ConversationStatus
from app.storage import tables as t
from app.storage.audit import AuditRecords
from app.storage.database import Database
from app.storage.invites import NO_KEY, insert_agent
from app.storage.leaving import put_back_in_queue
from app.storage.people import key_from
from app.storage.rows import AnyRow, Clock, NewId, agent_from, stored
from app.storage.sign_ins import end_sign_ins


@dataclass(frozen=True)
class StaffRecords:
    """Implements care.staff_records.StaffRecords."""

    database: Database
    clock: Clock
    new_id: NewId

    async def colleagues(self) -> Sequence[Colleague]:
        wanted = _colleagues(stored(self.clock())).order_by(t.agents.c.name, t.agents.c.id)
        return await self.database.read(lambda c: [self._colleague(row) for row in c.execute(wanted)])

    async def add(self, name: str, email: str, role: AgentRole, by: Agent | None) -> Agent:
        def transition(c: Connection) -> Agent:
            added = insert_agent(c, self.new_id("agt"), name, email, role, self.clock())
            self._audit.write(c, by, "agent.added", added.id, {"agent": name, "role": role})
            return added

        return await self.database.write(transition)

    async def change(self, agent_id: str, change: AgentChange, by: Agent | None) -> Colleague:
        return await self.database.write(lambda c: self._change(c, agent_id, change, by))

    async def keys(self) -> Sequence[BusinessKey]:
        valid = select(t.keys).where(t.keys.c.revoked_at.is_(None)).order_by(t.keys.c.created_at)
        return await self.database.read(lambda c: [key_from(row) for row in c.execute(valid)])

    async def add_key(self, name: str, scopes: Sequence[str], key_hash: str, by: Agent) -> BusinessKey:
        values = {"id": self.new_id("key"), "name": name, "scopes": list(scopes), "key_hash": key_hash}
        insertion = insert(t.keys).values(values | {"created_at": stored(self.clock())}).returning(t.keys)

        def transition(c: Connection) -> BusinessKey:
            key = key_from(c.execute(insertion).one())
            self._audit.write(c, by, "key.made", key.id, {"name": name, "scopes": list(scopes)})
            return key

        return await self.database.write(transition)

    async def revoke_key(self, key_id: str, by: Agent) -> bool:
        valid = (t.keys.c.id == key_id) & t.keys.c.revoked_at.is_(None)
        revocation = update(t.keys).where(valid).values(revoked_at=stored(self.clock())).returning(t.keys.c.name)

        def transition(c: Connection) -> bool:
            name = c.execute(revocation).scalar_one_or_none()
            if name is None:
                return False
            self._audit.write(c, by, "key.revoked", key_id, {"name": name})
            return True

        return await self.database.write(transition)

    def _change(self, c: Connection, agent_id: str, change: AgentChange, by: Agent | None) -> Colleague:
        if change.may_take_an_administrator:
            keep_an_administrator(c, agent_id)
        row = c.execute(select(t.agents).where(t.agents.c.id == agent_id).with_for_update()).one_or_none()
        if row is None:
            raise UnknownAgentError(agent_id)
        _check_free(c, agent_id, change.email)
        now = stored(self.clock())
        if told := _told(row, change):
            c.execute(update(t.agents).where(t.agents.c.id == agent_id).values(_changed(row, change, now)))
            self._audit.write(c, by, "agent.changed", agent_id, {"agent": row.name, **told})
        if change.disabled:
            take_access(c, agent_id)
            put_back_in_queue(c, agent_id, now, self.new_id)
        return self._colleague(c.execute(_colleagues(now).where(t.agents.c.id == agent_id)).one())

    def _colleague(self, row: AnyRow) -> Colleague:
        agent = agent_from(row)
        present = row.disabled_at is None and agent.is_present(self.clock())
        return Colleague(
            agent=agent,
            present=present,
            viewing=row.viewing_id if present else None,
            in_hand=row.in_hand,
            is_disabled=row.disabled_at is not None,
            is_invited=row.is_invited,
        )

    @property
    def _audit(self) -> AuditRecords:
        return AuditRecords(self.database, self.clock, self.new_id)


def keep_an_administrator(c: Connection, agent_id: str) -> None:
    """All administrators' rows are locked in one order: of two who take each other's role away, one is refused."""
    able = or_(t.agents.c.password_hash.is_not(None), t.agents.c.key_hash.not_like(f"{NO_KEY}%"))
    enabled = and_(t.agents.c.role == AgentRole.ADMINISTRATOR, t.agents.c.disabled_at.is_(None), able)
    locked = select(t.agents.c.id).where(enabled).order_by(t.agents.c.id).with_for_update()
    if set(c.execute(locked).scalars()) == {agent_id}:
        raise LastAdministratorError


def take_access(c: Connection, agent_id: str) -> None:
    """Sign-ins and open invites of an agent who was disabled."""
    end_sign_ins(c, agent_id)
    c.execute(delete(t.invites).where(t.invites.c.agent_id == agent_id, t.invites.c.used_at.is_(None)))
    c.execute(update(t.agents).where(t.agents.c.id == agent_id).values(on_duty=False))


def _colleagues(now: datetime) -> Select[Any]:
    in_hand = select(func.count()).select_from(t.conversations).where(_held_by(t.agents.c.id)).scalar_subquery()
    invited = exists().where(t.invites.c.agent_id == t.agents.c.id, _waits(now)).label("is_invited")
    return select(t.agents, in_hand.label("in_hand"), invited)


def _held_by(agent_id: ColumnElement[str]) -> ColumnElement[bool]:
    return and_(t.conversations.c.agent_id == agent_id, t.conversations.c.status == ConversationStatus.WITH_AGENT)


def _waits(now: datetime) -> ColumnElement[bool]:
    return and_(t.invites.c.used_at.is_(None), t.invites.c.ends_at > now)


def _check_free(c: Connection, agent_id: str, email: str | None) -> None:
    if email and c.execute(select(t.agents.c.id).where(t.agents.c.email == email, t.agents.c.id != agent_id)).first():
        raise AgentExistsError(email)


def _changed(row: AnyRow, change: AgentChange, now: datetime) -> dict[str, Any]:
    given = {"name": change.name, "email": change.email, "role": change.role}
    values: dict[str, Any] = {name: value for name, value in given.items() if value is not None}
    if change.disabled is not None and change.disabled != (row.disabled_at is not None):
        values["disabled_at"] = now if change.disabled else None
    return values


def _told(row: AnyRow, change: AgentChange) -> dict[str, object]:
    """What is otherwise, and how it was."""
    before = {"name": row.name, "email": row.email, "role": row.role, "disabled": row.disabled_at is not None}
    told: dict[str, object] = {}
    for name, value in vars(change).items():
        if value is not None and value != before[name]:
            told |= {name: value, f"{name}_before": before[name]}
    return told
