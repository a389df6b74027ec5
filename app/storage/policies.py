"""Policies as rows, one a version: the primary key lets two changes of the same version not both be."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, and_, func, insert, select

from app.care.policies import PolicyChangedError, PolicyVersion
from app.domain.agents import Agent
from app.domain.policies import Body
from app.storage import tables as t
from app.storage.audit import AuditRecords
from app.storage.database import Database
from app.storage.rows import AnyRow, Clock, stored, utc

COUNT = select(func.count()).select_from(t.policies)


@dataclass(frozen=True)
class PolicyRecords:
    """Implements care.policies.PolicyRecords."""

    database: Database
    clock: Clock
    audit: AuditRecords

    async def count(self) -> int:
        return await self.database.glance(lambda c: int(c.execute(COUNT).scalar_one()))

    async def newest(self) -> Sequence[PolicyVersion]:
        last = select(t.policies.c.name, func.max(t.policies.c.version).label("version")).group_by(t.policies.c.name)
        newest = last.subquery()
        mine = and_(newest.c.name == t.policies.c.name, newest.c.version == t.policies.c.version)
        return await self._read(select(t.policies).join(newest, mine).order_by(t.policies.c.name))

    async def versions(self, name: str, limit: int) -> Sequence[PolicyVersion]:
        mine = select(t.policies).where(t.policies.c.name == name)
        return await self._read(mine.order_by(t.policies.c.version.desc()).limit(limit))

    async def version(self, name: str, version: int) -> PolicyVersion | None:
        found = await self._read(select(t.policies).where(t.policies.c.name == name, t.policies.c.version == version))
        return found[0] if found else None

    async def add(self, based_on: PolicyVersion, body: Body, agent: Agent) -> None:
        await self.database.write(lambda c: self._add(c, based_on, body, agent))

    async def _read(self, wanted: Any) -> list[PolicyVersion]:
        return await self.database.read(lambda c: [_policy(row) for row in c.execute(wanted)])

    def _add(self, c: Connection, based_on: PolicyVersion, body: Body, agent: Agent) -> None:
        name, before = based_on.name, based_on.version
        held = c.execute(select(func.max(t.policies.c.version)).where(t.policies.c.name == name)).scalar_one()
        if (held or 0) != before:
            raise PolicyChangedError(name)
        values = {"name": name, "version": before + 1, "body": dict(body), "agent_name": agent.name}
        c.execute(insert(t.policies).values(values | {"at": stored(self.clock())}))
        self.audit.write(c, agent, "policy.changed", name, {"version": before + 1})


def _policy(row: AnyRow) -> PolicyVersion:
    return PolicyVersion(name=row.name, version=row.version, body=row.body, agent_name=row.agent_name, at=utc(row.at))
