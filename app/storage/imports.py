"""Imports as rows; one is due until its run has ended, so that a run that died is begun again."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, delete, insert, select, update

from app.care.importing import ImportExistsError
from app.domain.agents import Agent
from app.domain.imports import Import, ImportKind, ImportStatus, NewImport
from app.storage import tables as t
from app.storage.database import Database
from app.storage.rows import AnyRow, Clock, NewId, stored, utc, utc_or_none

MOST_IMPORTS = 200


@dataclass(frozen=True)
class ImportRecords:
    """Implements care.importing.ImportRecords."""

    database: Database
    clock: Clock
    new_id: NewId

    async def imports(self) -> Sequence[Import]:
        newest = select(t.imports).order_by(t.imports.c.created_at.desc(), t.imports.c.id.desc()).limit(MOST_IMPORTS)
        return await self.database.read(lambda c: [_import(row) for row in c.execute(newest)])

    async def add(self, new: NewImport, agent: Agent) -> Import:
        now = stored(self.clock())
        values: dict[str, Any] = {"id": self.new_id("imp"), "address": new.address, "kind": new.kind}
        values |= {"every_hours": new.every_hours, "next_at": now, "status": ImportStatus.WAITING}
        values |= {"created_at": now, "created_by": agent.name}
        return await self.database.write(lambda c: _add(c, values))

    async def delete(self, import_id: str) -> bool:
        gone = delete(t.imports).where(t.imports.c.id == import_id)
        return await self.database.write(lambda c: c.execute(gone).rowcount > 0)

    async def again(self, import_id: str) -> bool:
        now = stored(self.clock())
        return await self.database.write(lambda c: _again(c, import_id, now))

    async def due(self) -> Import | None:
        now = stored(self.clock())
        first = select(t.imports).where(t.imports.c.next_at <= now).order_by(t.imports.c.next_at, t.imports.c.id)

        def read(c: Connection) -> Import | None:
            row = c.execute(first.limit(1)).one_or_none()
            return None if row is None else _import(row)

        return await self.database.look(read)

    async def note(self, import_id: str, pages: int) -> bool:
        return await self._change(import_id, {"status": ImportStatus.RUNNING, "pages": pages, "problem": ""})

    async def end(self, import_id: str, status: ImportStatus, pages: int, problem: str) -> None:
        now = stored(self.clock())

        def transition(c: Connection) -> None:
            mine = t.imports.c.id == import_id
            hours = c.execute(select(t.imports.c.every_hours).where(mine)).scalar_one_or_none()
            next_at = now + timedelta(hours=hours) if hours else None
            values = {"status": status, "pages": pages, "problem": problem, "ended_at": now, "next_at": next_at}
            c.execute(update(t.imports).where(mine).values(values))

        await self.database.write(transition)

    async def _change(self, import_id: str, values: dict[str, Any]) -> bool:
        change = update(t.imports).where(t.imports.c.id == import_id).values(values)
        return await self.database.write(lambda c: c.execute(change).rowcount > 0)


def _add(c: Connection, values: dict[str, Any]) -> Import:
    if c.execute(select(t.imports.c.id).where(t.imports.c.address == values["address"])).first():
        raise ImportExistsError(values["address"])
    return _import(c.execute(insert(t.imports).values(values).returning(t.imports)).one())


def _again(c: Connection, import_id: str, now: datetime) -> bool:
    mine = t.imports.c.id == import_id
    status = c.execute(select(t.imports.c.status).where(mine)).scalar_one_or_none()
    if status not in (None, ImportStatus.RUNNING):
        c.execute(update(t.imports).where(mine).values(next_at=now, status=ImportStatus.WAITING))
    return status is not None


def _import(row: AnyRow) -> Import:
    return Import(
        id=row.id,
        address=row.address,
        kind=ImportKind(row.kind),
        every_hours=row.every_hours,
        status=ImportStatus(row.status),
        pages=row.pages,
        problem=row.problem,
        created_at=utc(row.created_at),
        created_by=row.created_by,
        ended_at=utc_or_none(row.ended_at),
        next_at=utc_or_none(row.next_at),
    )
