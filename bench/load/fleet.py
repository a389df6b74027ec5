"""The service as one process or several, on the sample company's articles, with MiniLM and words as shipped."""

import asyncio
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import mkdtemp

import asyncpg

from bench.service import ROOT, Served, clean_environment
from tests.chaos.postgres import NoPostgresError, Postgres

ALONE = (("serve",),)
WEB_AND_WORKER = (("serve", "--no-worker"), ("worker",))
TWICE = (("serve",), ("serve",))
FOUR = (("serve", "--no-worker"), ("serve", "--no-worker"), ("worker",), ("worker",))
Roles = Sequence[Sequence[str]]

START_SECONDS = 60
NO_LIMIT = "100000000/minute"


@dataclass(frozen=True, kw_only=True)
class Fleet:
    """Processes of the service; customers ask those that are web processes."""

    served: Sequence[Served]
    web: Sequence[str]

    @property
    def processes(self) -> list[int]:
        return [each.process for each in self.served]


def settings_in(folder: Path, **more: str) -> dict[str, str]:
    """Only what load needs to be different: no limits for one address, a port of its own, a quiet log."""
    own = {
        "CARELINE_DATA_DIR": str(folder),
        "CARELINE_PORT": "0",
        "CARELINE_LOG_LEVEL": "ERROR",
        "CARELINE_RATE_PER_ADDRESS": NO_LIMIT,
        "CARELINE_RATE_PER_CUSTOMER": NO_LIMIT,
    }
    return clean_environment() | own | more


def take_in_articles(settings: Mapping[str, str], folder: str = "knowledge_base") -> None:
    command = [sys.executable, "-m", "app.cli", "ingest", folder]
    subprocess.run(command, cwd=ROOT, env=settings, check=True, capture_output=True, timeout=300)


@contextmanager
def fleet(settings: Mapping[str, str], roles: Roles) -> Iterator[Fleet]:
    """Started side by side, ended in order."""
    with processes([["app.cli", *role] for role in roles], settings) as served:
        web = [each.address for each, role in zip(served, roles, strict=True) if role[0] == "serve"]
        yield Fleet(served=served, web=web)


@contextmanager
def processes(commands: Sequence[Sequence[str]], settings: Mapping[str, str]) -> Iterator[list[Served]]:
    """Python modules with their words; each prints its address once it serves."""
    started = [
        subprocess.Popen([sys.executable, "-m", *words], cwd=ROOT, env=settings, stdout=subprocess.PIPE, text=True)
        for words in commands
    ]
    try:
        yield [Served(address=_address(process), process=process.pid) for process in started]
    finally:
        for process in started:
            process.terminate()
        for process in started:
            _end(process)


def _address(process: "subprocess.Popen[str]") -> str:
    assert process.stdout is not None
    for line in process.stdout:
        if found := re.search(r"http://[^/\s]+", line):
            return found[0]
    raise RuntimeError(f"{process.args!r} ended with {process.wait()} before it served")


def _end(process: "subprocess.Popen[str]") -> None:
    try:
        process.wait(30)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
    assert process.stdout is not None
    process.stdout.close()


@contextmanager
def records_in_files() -> Iterator[Path]:
    """A folder for records on SQLite, with the articles and their vectors in it."""
    folder = Path(mkdtemp(prefix="careline-bench-"))
    try:
        take_in_articles(settings_in(folder))
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def records_on_postgres() -> Iterator[str | None]:
    """The address of a database of our own with the articles in it: on the server that answers, else on one that is
    started for this; None where PostgreSQL's programs are not to be found."""
    try:
        server, own = _server()
    except NoPostgresError:
        yield None
        return
    name = f"careline_bench_{os.getpid()}"
    try:
        asyncio.run(_execute(f"{server}/postgres", f"CREATE DATABASE {name}"))
        url = f"{server.replace('postgresql:', 'postgresql+asyncpg:')}/{name}"
        take_in_articles(clean_environment() | {"CARELINE_DATABASE_URL": url})
        yield url
    finally:
        asyncio.run(_execute(f"{server}/postgres", f"DROP DATABASE IF EXISTS {name} WITH (FORCE)"))
        if own is not None:
            asyncio.run(own.stop())


def _server() -> tuple[str, Postgres | None]:
    given = os.environ.get("CARELINE_TEST_POSTGRES", "postgresql://postgres@127.0.0.1:5432/postgres")
    with suppress(OSError, asyncpg.PostgresError, TimeoutError):
        asyncio.run(_execute(given, "SELECT 1"))
        return given.rpartition("/")[0], None
    own = Postgres()
    asyncio.run(own.start())
    return own.url.replace("+asyncpg", "").rpartition("/")[0], own


async def _execute(address: str, statement: str) -> None:
    connection = await asyncpg.connect(address, timeout=5, command_timeout=30)
    try:
        await connection.execute(statement)
    finally:
        await connection.close()
