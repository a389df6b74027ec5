"""Invites: links that let somebody choose a password, once; the first administrator's has no agent yet."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, insert, select, update

from app.care.staff_records import Acceptance, NewSignIn
from app.domain.agents import Agent, AgentExistsError, AgentRole, UnknownAgentError
from app.domain.sign_ins import FIRST_ADMINISTRATOR, INVITED_FOR, Invited, InviteNotValidError
from app.storage import tables as t
from app.storage.audit import AuditRecords
from app.storage.database import Database
from app.storage.rows import Clock, NewId, agent_from, stored
from app.storage.sign_ins import end_sign_ins, insert_sign_in

STARTING_TOGETHER = timedelta(minutes=10)
"""Several processes that start print a link each; all of them work for so long."""

NO_KEY = "none:"
"""What stands in place of a key's hash for agents who have none. No hash begins with it."""


@dataclass(frozen=True)
class InviteRecords:
    """Implements care.staff_records.InviteRecords."""

    database: Database
    clock: Clock
    new_id: NewId

    async def invite(self, agent_id: str, token_hash: str, by: Agent | None) -> datetime:
        def transition(c: Connection) -> datetime:
            enabled = select(t.agents).where(t.agents.c.id == agent_id, t.agents.c.disabled_at.is_(None))
            row = c.execute(enabled.with_for_update()).one_or_none()
            if row is None:
                raise UnknownAgentError(agent_id)
            return self._invite(c, agent_from(row), token_hash, by)

        return await self.database.write(transition)

    async def invite_first(self, token_hash: str) -> bool:
        def transition(c: Connection) -> bool:
            _lock_first(c)
            if _administrator_can_sign_in(c):
                return False
            self._insert(c, None, token_hash, stored(self.clock() + STARTING_TOGETHER))
            return True

        return await self.database.write(transition)

    async def invited(self, token_hash: str) -> Invited | None:
        joined = t.invites.outerjoin(t.agents, t.agents.c.id == t.invites.c.agent_id)
        columns = (t.invites.c.agent_id, t.agents.c.name, t.agents.c.email)
        wanted = select(*columns).select_from(joined).where(self._valid(token_hash), t.agents.c.disabled_at.is_(None))

        def read(c: Connection) -> Invited | None:
            row = c.execute(wanted).one_or_none()
            if row is None:
                return None
            if row.agent_id is None:
                return None if _administrator_can_sign_in(c) else FIRST_ADMINISTRATOR
            return Invited(name=row.name, email=row.email, is_first=False)

        return await self.database.look(read)

    async def accept(self, acceptance: Acceptance, new: NewSignIn) -> None:
        await self.database.write(lambda c: self._accept(c, acceptance, new))

    async def reset(self, email: str, token_hash: str) -> Agent | None:
        wanted = select(t.agents).where(t.agents.c.email == email, t.agents.c.disabled_at.is_(None)).with_for_update()
        nothing = {"password_hash": None, "totp_secret": None, "totp_last_step": None}

        def transition(c: Connection) -> Agent | None:
            row = c.execute(wanted).one_or_none()
            if row is None:
                return None
            c.execute(update(t.agents).where(t.agents.c.id == row.id).values(nothing))
            end_sign_ins(c, row.id)
            self._audit.write(c, None, "agent.reset", row.id, {"agent": row.name})
            self._invite(c, agent_from(row), token_hash, None)
            return agent_from(row)

        return await self.database.write(transition)

    def _invite(self, c: Connection, agent: Agent, token_hash: str, by: Agent | None) -> datetime:
        self._audit.write(c, by, "invite.made", agent.id, {"agent": agent.name})
        return self._insert(c, agent.id, token_hash, stored(self.clock()))

    def _insert(self, c: Connection, agent_id: str | None, token_hash: str, earlier_until: datetime) -> datetime:
        """Earlier ones for the same person end at `earlier_until`."""
        same = _for(agent_id) & (t.invites.c.ends_at > earlier_until)
        c.execute(update(t.invites).where(same).values(ends_at=earlier_until))
        now = self.clock()
        values: dict[str, Any] = {"id": self.new_id("inv"), "agent_id": agent_id, "token_hash": token_hash}
        c.execute(insert(t.invites).values(values | {"created_at": stored(now), "ends_at": stored(now + INVITED_FOR)}))
        return now + INVITED_FOR

    def _accept(self, c: Connection, acceptance: Acceptance, new: NewSignIn) -> None:
        """One accepts: whoever else holds this link, or another for the same person, comes too late. The person is
        locked before the invites, here and in `invite`."""
        agent_id = self._whose(c, acceptance.invite_hash)
        agent = self._first(c, acceptance) if agent_id is None else self._known(c, agent_id)
        used = {"used_at": stored(self.clock())}
        if not c.execute(update(t.invites).where(self._valid(acceptance.invite_hash)).values(used)).rowcount:
            raise InviteNotValidError
        c.execute(update(t.invites).where(_for(agent_id), _open()).values(used))
        chosen = {"password_hash": acceptance.password_hash, "totp_secret": None, "totp_last_step": None}
        c.execute(update(t.agents).where(t.agents.c.id == agent.id).values(chosen))
        end_sign_ins(c, agent.id)
        insert_sign_in(c, self.new_id("sgi"), agent.id, new, self.clock())
        self._audit.write(c, agent, "invite.accepted", agent.id, {"device": new.device})

    def _whose(self, c: Connection, token_hash: str) -> str | None:
        row = c.execute(select(t.invites.c.agent_id).where(self._valid(token_hash))).one_or_none()
        if row is None:
            raise InviteNotValidError
        return row.agent_id

    def _known(self, c: Connection, agent_id: str) -> Agent:
        enabled = select(t.agents).where(t.agents.c.id == agent_id, t.agents.c.disabled_at.is_(None))
        row = c.execute(enabled.with_for_update()).one_or_none()
        if row is None:
            raise InviteNotValidError
        return agent_from(row)

    def _first(self, c: Connection, acceptance: Acceptance) -> Agent:
        _lock_first(c)
        if _administrator_can_sign_in(c):
            raise InviteNotValidError
        new_id, role = self.new_id("agt"), AgentRole.ADMINISTRATOR
        return insert_agent(c, new_id, acceptance.name, acceptance.email, role, self.clock())

    def _valid(self, token_hash: str) -> ColumnElement[bool]:
        return (t.invites.c.token_hash == token_hash) & _open() & (t.invites.c.ends_at > stored(self.clock()))

    @property
    def _audit(self) -> AuditRecords:
        return AuditRecords(self.database, self.clock, self.new_id)


def insert_agent(c: Connection, agent_id: str, name: str, email: str, role: AgentRole, now: datetime) -> Agent:
    """One without a key. Raises AgentExistsError."""
    if c.execute(select(t.agents.c.id).where(t.agents.c.email == email)).first():
        raise AgentExistsError(email)
    values = {"id": agent_id, "name": name, "email": email, "role": role, "key_hash": f"{NO_KEY}{agent_id}"}
    insertion = insert(t.agents).values(values | {"created_at": stored(now)})
    return agent_from(c.execute(insertion.returning(t.agents)).one())


def _lock_first(c: Connection) -> None:
    """All links for the first administrator, in one order: of two people one becomes it."""
    c.execute(select(t.invites.c.id).where(_for(None)).order_by(t.invites.c.id).with_for_update()).all()


def _open() -> ColumnElement[bool]:
    return t.invites.c.used_at.is_(None)


def _for(agent_id: str | None) -> ColumnElement[bool]:
    return t.invites.c.agent_id.is_(None) if agent_id is None else t.invites.c.agent_id == agent_id


def _administrator_can_sign_in(c: Connection) -> bool:
    able = (t.agents.c.role == AgentRole.ADMINISTRATOR) & t.agents.c.password_hash.is_not(None)
    return c.execute(select(t.agents.c.id).where(able, t.agents.c.disabled_at.is_(None)).limit(1)).first() is not None
