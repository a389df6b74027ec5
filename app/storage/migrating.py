"""Brings the schema forward: one process migrates, under a lock, the others wait for it."""

import asyncio
import logging
from pathlib import Path

from sqlalchemy import Connection, text
from sqlalchemy.ext.asyncio import create_async_engine

from app.storage.database import sqlite_engine

MIGRATIONS = Path(__file__).parents[2] / "migrations"
LOCK = 7_230_411


async def migrate(url: str) -> None:
    """Upgrades to the newest schema; does nothing where it stands already."""
    if url.startswith("sqlite:///"):
        await asyncio.to_thread(_migrate_sqlite, Path(url.removeprefix("sqlite:///")))
        return
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


def _upgrade(connection: Connection) -> None:
    from alembic import command
    from alembic.config import Config

    logging.getLogger("alembic").setLevel(logging.WARNING)
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
