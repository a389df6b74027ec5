"""What agents did: notes that stand in the same transaction as the change, where there is one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, insert, select

from app.care.staff_records import Audited
from app.domain.agents import Agent
from app.storage import tables as t
from app.storage.database import Database
from app.storage.rows import AnyRow, Clock, NewId, stored, utc

COMMAND_LINE = "command line"
"""Who did it where no agent is known."""


@dataclass(frozen=True)
class AuditRecords:
    """Implements care.staff_records.AuditRecords."""

    database: Database
    clock: Clock
    new_id: NewId

    async def note(self, agent: Agent, action: str, object_id: str, details: Mapping[str, object]) -> None:
        await self.database.write(lambda c: self.write(c, agent, action, object_id, details))

    def write(
        self, c: Connection, agent: Agent | None, action: str, object_id: str, details: Mapping[str, object]
    ) -> None:
        """Within a transition."""
        who = {"agent_id": agent.id, "agent_name": agent.name} if agent else {"agent_name": COMMAND_LINE}
        what = {"action": action, "object_id": object_id, "details": dict(details)}
        c.execute(insert(t.audit).values({"id": self.new_id("aud"), "at": stored(self.clock()), **who, **what}))

    async def noted(self, before: str | None, limit: int) -> Sequence[Audited]:
        newest = select(t.audit).order_by(t.audit.c.id.desc()).limit(limit)
        wanted = newest.where(t.audit.c.id < before) if before else newest
        return await self.database.read(lambda c: [_audited(row) for row in c.execute(wanted)])


def _audited(row: AnyRow) -> Audited:
    return Audited(
        id=row.id,
        at=utc(row.at),
        agent_id=row.agent_id,
        agent_name=row.agent_name,
        action=row.action,
        object_id=row.object_id,
        details=row.details,
    )
