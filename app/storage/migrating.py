"""Brings the schema forward: one process migrates, under a lock, the others wait for it."""

import asyncio
import logging
from pathlib import Path

from sqlalchemy import Connection, inspect, text

from app.storage.database import sqlite_engine

MIGRATIONS = Path(__file__).parents[2] / "migrations"
LOCK = 7_230_411


async def migrate(url: str) -> None:
    """Upgrades to the newest schema; does nothing where it stands already."""
    if url.startswith("sqlite:///"):
        await asyncio.to_thread(_migrate_sqlite, Path(url.removeprefix("sqlite:///")))
        return
    from sqlalchemy.ext.asyncio import create_async_engine

    engine = create_async_engine(url)
    async with engine.begin() as connection:
        await connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": LOCK})
        await connection.run_sync(_upgrade)
    await engine.dispose()


def _migrate_sqlite(path: Path) -> None:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    engine = sqlite_engine(path)
    with engine.connect() as connection, connection.begin():
        connection.exec_driver_sql("BEGIN IMMEDIATE")
        _upgrade(connection)
    engine.dispose()


def _newest() -> str:
    """Revisions are numbered, and the number begins the file's name."""
    return max(path.name.partition("_")[0] for path in (MIGRATIONS / "versions").glob("[0-9]*.py"))


def _upgrade(connection: Connection) -> None:
    """Alembic takes a while to load: it is only asked where something is to be done."""
    if inspect(connection).has_table("alembic_version"):
        held = connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one_or_none()
        if held == _newest():
            return
    from alembic import command
    from alembic.config import Config

    logging.getLogger("alembic").setLevel(logging.WARNING)
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
