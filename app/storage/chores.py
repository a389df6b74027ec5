"""Chores as rows: one upsert takes a free one, and only one process wins."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import Connection, Dialect, delete, or_
from sqlalchemy.dialects import postgresql, sqlite

from app.storage import tables as t
from app.storage.database import Database
from app.storage.rows import Clock, stored


@dataclass(frozen=True)
class ChoreKeeper:
    """Implements care.chores.ChoreRecords."""

    database: Database
    clock: Clock

    async def hold(self, name: str, owner: str, seconds: float) -> bool:
        now = self.clock()
        row = {"name": name, "owner": owner, "until": stored(now + timedelta(seconds=seconds))}

        def transition(c: Connection) -> bool:
            put_in = _insert(c.dialect).values(row)
            free = or_(t.chores.c.owner == owner, t.chores.c.until <= stored(now))
            taken_over = {"owner": owner, "until": row["until"]}
            taken = put_in.on_conflict_do_update(index_elements=["name"], set_=taken_over, where=free)
            return c.execute(taken.returning(t.chores.c.owner)).one_or_none() is not None

        return await self.database.write(transition)

    async def let_go(self, name: str, owner: str) -> None:
        mine = delete(t.chores).where(t.chores.c.name == name, t.chores.c.owner == owner)
        await self.database.write(lambda c: c.execute(mine).rowcount)


def _insert(dialect: Dialect) -> Any:
    """Both databases know the upsert; SQLAlchemy has one for each."""
    return postgresql.insert(t.chores) if dialect.name == "postgresql" else sqlite.insert(t.chores)
