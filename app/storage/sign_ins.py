"""Sign-ins: opened after proof, looked up by the hash of the cookie's secret, ended here or everywhere."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, and_, delete, insert, select, update

from app.care.staff_records import Credentials, NewSignIn, Proven
from app.domain.agents import Agent
from app.domain.sign_ins import (
    LASTS,
    UNSEEN,
    SecondFactorError,
    SecondFactorStateError,
    SignedIn,
    SignIn,
    WrongCredentialsError,
)
from app.storage import tables as t
from app.storage.audit import AuditRecords
from app.storage.database import Database
from app.storage.rows import AnyRow, Clock, NewId, agent_from, stored, utc

MOST = 50
"""Browsers that one agent is signed in with; those last seen stay."""


@dataclass(frozen=True)
class SignInRecords:
    """Implements care.staff_records.SignInRecords."""

    database: Database
    clock: Clock
    new_id: NewId

    async def credentials(self, email: str) -> Credentials | None:
        return await self._credentials(t.agents.c.email == email)

    async def credentials_of(self, agent_id: str) -> Credentials | None:
        return await self._credentials(t.agents.c.id == agent_id)

    async def open(self, proven: Proven, new: NewSignIn) -> None:
        await self.database.write(lambda c: self._open(c, proven, new))

    async def signed_in(self, token_hash: str) -> SignedIn | None:
        now = stored(self.clock())
        whose = select(t.agents, t.sign_ins.c.id.label("sign_in_id")).join(t.sign_ins)
        wanted = whose.where(t.sign_ins.c.token_hash == token_hash, _lasting(now), t.agents.c.disabled_at.is_(None))

        def read(c: Connection) -> SignedIn | None:
            row = c.execute(wanted).one_or_none()
            return None if row is None else SignedIn(agent=agent_from(row), sign_in_id=row.sign_in_id)

        return await self.database.look(read)

    async def seen(self, signed_in: SignedIn) -> None:
        now = stored(self.clock())
        agent = update(t.agents).where(t.agents.c.id == signed_in.agent.id).values(seen_at=now)
        sign_in = update(t.sign_ins).where(t.sign_ins.c.id == signed_in.sign_in_id).values(seen_at=now)

        def transition(c: Connection) -> None:
            c.execute(agent)
            c.execute(sign_in)

        await self.database.write(transition)

    async def sign_ins(self, agent_id: str) -> Sequence[SignIn]:
        lasting = select(t.sign_ins).where(t.sign_ins.c.agent_id == agent_id, _lasting(stored(self.clock())))
        newest = lasting.order_by(t.sign_ins.c.seen_at.desc())
        return await self.database.read(lambda c: [_sign_in(row) for row in c.execute(newest)])

    async def end(self, agent: Agent, sign_in_id: str) -> bool:
        gone = delete(t.sign_ins).where(t.sign_ins.c.id == sign_in_id, t.sign_ins.c.agent_id == agent.id)

        def transition(c: Connection) -> bool:
            if not c.execute(gone).rowcount:
                return False
            self._audit.write(c, agent, "sign_in.ended", sign_in_id, {})
            return True

        return await self.database.write(transition)

    async def end_all(self, agent: Agent) -> None:
        def transition(c: Connection) -> None:
            end_sign_ins(c, agent.id)
            self._audit.write(c, agent, "sign_in.all_ended", agent.id, {})

        await self.database.write(transition)

    async def change_password(self, proven: Proven, new_hash: str, keep: str | None) -> None:
        def transition(c: Connection) -> None:
            row = _still(c, proven)
            c.execute(update(t.agents).where(t.agents.c.id == row.id).values(password_hash=new_hash))
            end_sign_ins(c, proven.agent.id, keep)
            self._audit.write(c, proven.agent, "password.changed", proven.agent.id, {})

        await self.database.write(transition)

    async def begin_second_factor(self, agent: Agent, secret: str) -> None:
        free = (t.agents.c.id == agent.id) & t.agents.c.totp_last_step.is_(None)
        change = update(t.agents).where(free).values(totp_secret=secret)
        if not await self.database.write(lambda c: c.execute(change).rowcount):
            raise SecondFactorStateError

    async def confirm_second_factor(self, agent: Agent, secret: str, step: int, keep: str | None) -> None:
        begun = (t.agents.c.totp_secret == secret) & t.agents.c.totp_last_step.is_(None)
        change = update(t.agents).where(t.agents.c.id == agent.id, begun).values(totp_last_step=step)

        def transition(c: Connection) -> None:
            if not c.execute(change).rowcount:
                raise SecondFactorStateError
            end_sign_ins(c, agent.id, keep)
            self._audit.write(c, agent, "second_factor.on", agent.id, {})

        await self.database.write(transition)

    async def end_second_factor(self, agent: Agent, keep: str | None) -> None:
        change = update(t.agents).where(t.agents.c.id == agent.id).values(totp_secret=None, totp_last_step=None)

        def transition(c: Connection) -> None:
            c.execute(change)
            end_sign_ins(c, agent.id, keep)
            self._audit.write(c, agent, "second_factor.off", agent.id, {})

        await self.database.write(transition)

    async def _credentials(self, whose: ColumnElement[bool]) -> Credentials | None:
        wanted = select(t.agents).where(whose, t.agents.c.disabled_at.is_(None))

        def read(c: Connection) -> Credentials | None:
            row = c.execute(wanted).one_or_none()
            return None if row is None else _credentials_from(row)

        return await self.database.look(read)

    def _open(self, c: Connection, proven: Proven, new: NewSignIn) -> None:
        """A code is used once: the step moves forward, or nothing is opened. Two with one code meet at this row."""
        row = _still(c, proven)
        if row.totp_last_step is not None:
            _use(c, row, proven.step)
        sign_in_id = insert_sign_in(c, self.new_id("sgi"), proven.agent.id, new, self.clock())
        self._audit.write(c, proven.agent, "sign_in.opened", sign_in_id, {"device": new.device})

    @property
    def _audit(self) -> AuditRecords:
        return AuditRecords(self.database, self.clock, self.new_id)


def insert_sign_in(c: Connection, sign_in_id: str, agent_id: str, new: NewSignIn, now: datetime) -> str:
    """Takes out what this browser had before, and what of the agent's ended or is too many."""
    c.execute(delete(t.sign_ins).where(t.sign_ins.c.token_hash == new.replaces))
    lasting = select(t.sign_ins.c.id).where(t.sign_ins.c.agent_id == agent_id, _lasting(stored(now)))
    kept = list(c.execute(lasting.order_by(t.sign_ins.c.seen_at.desc()).limit(MOST - 1)).scalars())
    c.execute(delete(t.sign_ins).where(t.sign_ins.c.agent_id == agent_id, t.sign_ins.c.id.not_in(kept)))
    times = {"created_at": stored(now), "seen_at": stored(now), "ends_at": stored(now + LASTS)}
    whose = {"id": sign_in_id, "agent_id": agent_id, "token_hash": new.token_hash, "device": new.device}
    c.execute(insert(t.sign_ins).values({**whose, **times}))
    return sign_in_id


def end_sign_ins(c: Connection, agent_id: str, keep: str | None = None) -> None:
    others = t.sign_ins.c.id != keep if keep else t.sign_ins.c.id.is_not(None)
    c.execute(delete(t.sign_ins).where(t.sign_ins.c.agent_id == agent_id, others))


def _still(c: Connection, proven: Proven) -> AnyRow:
    """What was proven outside of the transaction holds in it."""
    wanted = select(t.agents).where(t.agents.c.id == proven.agent.id, t.agents.c.disabled_at.is_(None))
    row = c.execute(wanted.with_for_update()).one_or_none()
    if row is None or row.password_hash != proven.password_hash:
        raise WrongCredentialsError
    return row


def _use(c: Connection, row: AnyRow, step: int | None) -> None:
    if step is None or step <= row.totp_last_step:
        raise SecondFactorError
    c.execute(update(t.agents).where(t.agents.c.id == row.id).values(totp_last_step=step))


def _lasting(now: datetime) -> ColumnElement[bool]:
    return and_(t.sign_ins.c.ends_at > now, t.sign_ins.c.seen_at > now - UNSEEN)


def _credentials_from(row: AnyRow) -> Credentials:
    return Credentials(
        agent=agent_from(row),
        password_hash=row.password_hash,
        totp_secret=row.totp_secret,
        last_step=row.totp_last_step,
    )


def _sign_in(row: AnyRow) -> SignIn:
    return SignIn(
        id=row.id,
        device=row.device,
        created_at=utc(row.created_at),
        seen_at=utc(row.seen_at),
        ends_at=utc(row.ends_at),
    )
