"""Records in a real database file, and in PostgreSQL where one answers; migrated once, emptied for each test."""

import asyncio
import gc
import os
import shutil
from collections.abc import AsyncIterator, Callable, Generator, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from filelock import FileLock

from app.storage.database import Database, SqliteDatabase, open_database
from app.storage.migrating import migrate
from app.storage.tables import metadata
from tests.fakes.parts import FakeClock

SYSTEM = Path(__file__).with_name("system")
SERVER = os.environ.get("CARELINE_TEST_POSTGRES", "postgresql://postgres@127.0.0.1:5432/postgres")

LONGEST = ("readme", "postgres", "model", "conversation", "bad_input")
"""Files of tests/system that take as long as hundreds of other tests: each begins before those, so that at the end
nobody waits for one of them."""

_DELETIONS = " ".join(f"DELETE FROM {table.name};" for table in reversed(metadata.sorted_tables))
EMPTIED = f"DO $$ BEGIN {_DELETIONS} END $$"
"""A hundred times quicker than TRUNCATE, which makes new files for each table and index."""


def pytest_configure(config: pytest.Config) -> None:
    """Files are given out in the order of LONGEST; pytest-xdist would begin with those of the most tests."""
    config.option.loadscopereorder = False


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    first = {SYSTEM / f"test_{name}.py": place for place, name in enumerate(LONGEST)}
    items.sort(key=lambda item: first.get(item.path, len(first)))


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """What is read here stays to the end: garbage is not looked for among it, now or later."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.freeze()
        gc.enable()


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """What is left out as a whole is not read either: it imports for a second what nothing else needs."""
    left_out = [marker for marker in ("processes", "browser") if f"not {marker}" in config.option.markexpr]
    if collection_path.is_dir():
        return (collection_path.name in left_out) or None
    marks = [f"pytestmark = pytest.mark.{marker}\n" for marker in left_out if collection_path.suffix == ".py"]
    return any(mark in collection_path.read_text() for mark in marks) or None


@pytest.fixture(scope="session", autouse=True)
def one_authority(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """In the place of all that the machine trusts, which each client reads anew, for 30 ms: nothing here calls a server
    whose certificate one of those signed."""
    import certifi

    first, end, _ = certifi.contents().partition("-----END CERTIFICATE-----")
    path = tmp_path_factory.mktemp("trusted") / "authority.pem"
    path.write_text(first + end)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SSL_CERT_FILE", str(path))
        yield


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


def made_once(name: str, make: Callable[[Path], None], factory: pytest.TempPathFactory) -> Path:
    """A folder that one of pytest's processes makes and all read; `make` fills it. The others wait meanwhile."""
    own = factory.getbasetemp()
    shared = own.parent if "PYTEST_XDIST_WORKER" in os.environ else own
    folder, begun = shared / name, shared / f"{name}-begun"
    with FileLock(shared / f"{name}.lock"):
        if not folder.exists():
            shutil.rmtree(begun, ignore_errors=True)
            begun.mkdir()
            make(begun)
            begun.rename(folder)
    return folder


@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    def make(folder: Path) -> None:
        asyncio.run(migrate(f"sqlite:///{folder / 'migrated.db'}"))

    return made_once("records", make, tmp_path_factory) / "migrated.db"


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    """A database of our own on the server; tests that need one are skipped by name where none answers."""
    with postgres_database("test") as url:
        yield url


@contextmanager
def postgres_database(purpose: str) -> Iterator[str]:
    """Of the newest schema, and gone afterwards; its commits need outlive no power cut."""
    name = f"careline_{purpose}_{os.getpid()}"
    try:
        asyncio.run(_execute(SERVER, f"CREATE DATABASE {name}"))
        asyncio.run(_execute(SERVER, f"ALTER DATABASE {name} SET synchronous_commit = off"))
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
