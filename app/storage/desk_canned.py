"""Replies that are kept ready; every change stands in the audit."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from sqlalchemy import Connection, delete, insert, select, update

from app.care.desk import CannedReply, CannedReplyExistsError, CannedText
from app.domain.agents import Agent
from app.storage import tables as t
from app.storage.audit import AuditRecords
from app.storage.database import Database
from app.storage.rows import AnyRow, Clock, NewId, stored, utc

T = TypeVar("T")


@dataclass(frozen=True)
class CannedRecords:
    """Implements care.desk.CannedRecords."""

    database: Database
    audit: AuditRecords
    clock: Clock
    new_id: NewId

    async def canned(self) -> Sequence[CannedReply]:
        by_name = select(t.canned_replies).order_by(t.canned_replies.c.name)
        return await self.database.read(lambda c: [_canned_from(row) for row in c.execute(by_name)])

    async def add(self, new: CannedText, agent: Agent) -> CannedReply:
        return await self._write(lambda c, now: self._add(c, new, agent, now))

    async def change(self, canned_id: str, to: CannedText, agent: Agent) -> CannedReply | None:
        return await self._write(lambda c, now: self._change(c, canned_id, to, agent, now))

    async def remove(self, canned_id: str, agent: Agent) -> bool:
        return await self._write(lambda c, _now: self._remove(c, canned_id, agent))

    async def _write(self, transition: Callable[[Connection, datetime], T]) -> T:
        now = stored(self.clock())
        return await self.database.write(lambda c: transition(c, now))

    def _add(self, c: Connection, new: CannedText, agent: Agent, now: datetime) -> CannedReply:
        _demand_free(c, new.name, "")
        values = {"id": self.new_id("can"), **_values(new, agent, now)}
        row = c.execute(insert(t.canned_replies).values(values).returning(t.canned_replies)).one()
        self.audit.write(c, agent, "canned.added", row.id, {"name": new.name})
        return _canned_from(row)

    def _change(self, c: Connection, canned_id: str, to: CannedText, agent: Agent, now: datetime) -> CannedReply | None:
        """What it was before stands in the audit: it is the company's own words."""
        before = c.execute(select(t.canned_replies).where(t.canned_replies.c.id == canned_id)).one_or_none()
        if before is None:
            return None
        _demand_free(c, to.name, canned_id)
        mine = update(t.canned_replies).where(t.canned_replies.c.id == canned_id)
        row = c.execute(mine.values(_values(to, agent, now)).returning(t.canned_replies)).one()
        was = {"name": before.name, "text": before.text}
        self.audit.write(c, agent, "canned.changed", canned_id, {"name": to.name, "before": was})
        return _canned_from(row)

    def _remove(self, c: Connection, canned_id: str, agent: Agent) -> bool:
        gone = delete(t.canned_replies).where(t.canned_replies.c.id == canned_id).returning(t.canned_replies)
        row = c.execute(gone).one_or_none()
        if row is not None:
            was = {"name": row.name, "text": row.text}
            self.audit.write(c, agent, "canned.removed", canned_id, {"before": was})
        return row is not None


def _demand_free(c: Connection, name: str, own_id: str) -> None:
    taken = select(t.canned_replies.c.id).where(t.canned_replies.c.name == name, t.canned_replies.c.id != own_id)
    if c.execute(taken).first():
        raise CannedReplyExistsError(name)


def _values(text: CannedText, agent: Agent, now: datetime) -> dict[str, object]:
    return {"name": text.name, "text": text.text, "changed_by": agent.name, "changed_at": now}


def _canned_from(row: AnyRow) -> CannedReply:
    return CannedReply(
        id=row.id,
        name=row.name,
        text=row.text,
        changed_by=row.changed_by,
        changed_at=utc(row.changed_at),
    )
