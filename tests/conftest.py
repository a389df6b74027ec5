"""Records in a real database file, and in PostgreSQL where one answers; migrated once, emptied for each test."""

import asyncio
import os
import shutil
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from app.storage.database import Database, SqliteDatabase, open_database
from app.storage.migrating import migrate
from app.storage.tables import metadata
from tests.fakes.parts import FakeClock

SERVER = os.environ.get("CARELINE_TEST_POSTGRES", "postgresql://postgres@127.0.0.1:5432/postgres")

_DELETIONS = " ".join(f"DELETE FROM {table.name};" for table in reversed(metadata.sorted_tables))
EMPTIED = f"DO $$ BEGIN {_DELETIONS} END $$"
"""A hundred times quicker than TRUNCATE, which makes new files for each table and index."""


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("records") / "migrated.db"
    asyncio.run(migrate(f"sqlite:///{path}"))
    return path


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    """A database of our own on the server; tests that need one are skipped by name where none answers."""
    with postgres_database("test") as url:
        yield url


@contextmanager
def postgres_database(purpose: str) -> Iterator[str]:
    """Of the newest schema, and gone afterwards."""
    name = f"careline_{purpose}_{os.getpid()}"
    try:
        asyncio.run(_execute(SERVER, f"CREATE DATABASE {name}"))
    except OSError as error:
        where = f"no PostgreSQL answers at {SERVER.rpartition('@')[2]}: {error}"
        pytest.fail(where) if "CARELINE_TEST_POSTGRES_REQUIRED" in os.environ else pytest.skip(where)
    url = SERVER.replace("postgresql://", "postgresql+asyncpg://").rpartition("/")[0] + f"/{name}"
    asyncio.run(migrate(url))
    yield url
    asyncio.run(_execute(SERVER, f"DROP DATABASE {name} WITH (FORCE)"))


@pytest.fixture
async def sqlite(migrated_file: Path, tmp_path: Path) -> AsyncIterator[SqliteDatabase]:
    path = tmp_path / "careline.db"
    shutil.copy(migrated_file, path)
    database = SqliteDatabase(path)
    yield database
    await database.close()


@pytest.fixture(params=["sqlite", "postgres"])
def records_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "postgres":
        return request.getfixturevalue("postgres_url")
    path = tmp_path / "careline.db"
    shutil.copy(request.getfixturevalue("migrated_file"), path)
    return f"sqlite:///{path}"


@pytest.fixture
async def database(records_url: str) -> AsyncIterator[Database]:
    opened = open_database(records_url)
    if not records_url.startswith("sqlite"):
        await opened.write(lambda c: c.exec_driver_sql(EMPTIED).rowcount)
    yield opened
    await opened.close()


async def _execute(url: str, statement: str) -> None:
    import asyncpg

    connection = await asyncpg.connect(url, timeout=3)
    await connection.execute(statement)
    await connection.close()
