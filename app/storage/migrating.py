"""Brings the schema forward: one process migrates, under a lock, the others wait for it."""

import asyncio
import logging
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import TypeVar

from sqlalchemy import Connection, create_engine, inspect, text

from app.care.records import RecordsUnavailableError
from app.storage.database import CONNECT_SECONDS, GONE, reason_of, sqlite_engine

T = TypeVar("T")

MIGRATIONS = Path(__file__).parents[2] / "migrations"
LOCK = 7_230_411
WAIT_MILLISECONDS = 600_000
"""For another process that migrates or restores: a big table takes its time."""


class NewerRecordsError(RecordsUnavailableError):
    """The records have a schema that this Careline does not know: a newer one made it."""


class BrokenReferencesError(RecordsUnavailableError):
    """Rows would have been left without the rows they belong to. Nothing was changed."""


async def migrate(url: str, migrations: Path = MIGRATIONS) -> None:
    """Upgrades to the newest schema; does nothing where it stands already. NewerRecordsError if it is beyond that."""
    await alone_on(url, lambda connection: upgrade(connection, newest_revision(migrations), migrations))


async def alone_on(url: str, work: Callable[[Connection], T]) -> T:
    """Runs `work` in one transaction that may change the schema. All of it is kept, or nothing."""
    try:
        if url.startswith("sqlite:///"):
            return await asyncio.to_thread(_alone_on_sqlite, Path(url.removeprefix("sqlite:///")), work)
        return await _alone_on_postgres(url, work)
    except GONE as error:
        raise RecordsUnavailableError(reason_of(error)) from error


async def _alone_on_postgres(url: str, work: Callable[[Connection], T]) -> T:
    from sqlalchemy.ext.asyncio import create_async_engine

    engine = create_async_engine(url, connect_args={"timeout": CONNECT_SECONDS})
    try:
        async with engine.begin() as connection:
            await connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": LOCK})
            return await connection.run_sync(work)
    finally:
        await engine.dispose()


def _alone_on_sqlite(path: Path, work: Callable[[Connection], T]) -> T:
    """Foreign keys rest meanwhile: a table that is made anew is dropped, and would take its children along."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    engine = sqlite_engine(path)
    try:
        with engine.connect() as connection, connection.begin():
            connection.exec_driver_sql(f"PRAGMA busy_timeout={WAIT_MILLISECONDS}")
            connection.exec_driver_sql("PRAGMA foreign_keys=OFF")
            connection.exec_driver_sql("BEGIN IMMEDIATE")
            before = connection.exec_driver_sql("SELECT total_changes()").scalar_one()
            done = work(connection)
            if connection.exec_driver_sql("SELECT total_changes()").scalar_one() != before:
                _check_references(connection)
            return done
    finally:
        engine.dispose()


def _check_references(connection: Connection) -> None:
    lost = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
    if lost:
        tables = ", ".join(sorted({f"{row[0]} without {row[2]}" for row in lost}))
        raise BrokenReferencesError(f"{len(lost)} rows would lose what they belong to: {tables}")


def revisions(migrations: Path = MIGRATIONS) -> frozenset[str]:
    """Revisions are numbered, and the number begins the file's name."""
    return frozenset(path.name.partition("_")[0] for path in (migrations / "versions").glob("[0-9]*.py"))


def newest_revision(migrations: Path = MIGRATIONS) -> str:
    return max(revisions(migrations))


def held_revision(connection: Connection) -> str | None:
    """None where no Careline has made a schema yet."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one_or_none()


@cache
def tables_at(revision: str) -> frozenset[str]:
    """The names of the tables that a revision has: its migrations tell, run on a database in memory."""
    engine = create_engine("sqlite://")
    try:
        with engine.connect() as connection, connection.begin():
            upgrade(connection, revision)
            return frozenset(inspect(connection).get_table_names()) - {"alembic_version"}
    finally:
        engine.dispose()


def upgrade(connection: Connection, revision: str, migrations: Path = MIGRATIONS) -> None:
    """Alembic takes a while to load: it is only asked where something is to be done."""
    held = held_revision(connection)
    if held == revision:
        return
    refuse_newer(held, migrations)
    from alembic import command
    from alembic.config import Config

    logging.getLogger("alembic").setLevel(logging.WARNING)
    config = Config()
    config.set_main_option("script_location", str(migrations))
    config.attributes["connection"] = connection
    command.upgrade(config, revision)


def refuse_newer(held: str | None, migrations: Path = MIGRATIONS) -> None:
    if held is not None and held not in revisions(migrations):
        newest = newest_revision(migrations)
        raise NewerRecordsError(
            f"they have the schema {held}, and this Careline knows {newest} at most. Run the Careline that made them."
        )
