"""Databases that hold nothing yet, and rows as earlier revisions kept them."""

import asyncio
import json
import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, select

from app.storage.backup import tables_of
from app.storage.migrating import alone_on, held_revision, tables_at, upgrade
from tests.conftest import SERVER, _execute

PAYLOADS = Path(__file__).parents[1] / "payloads"
Rows = Mapping[str, list[dict[str, Any]]]
NewUrl = Callable[[str], str]


@pytest.fixture
def new_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[NewUrl]:
    """Gives the address of a new, empty database of the kind asked for: sqlite or postgres."""
    with ExitStack() as databases:

        def make(kind: str) -> str:
            number = len(list(tmp_path.glob("new-*")))
            folder = tmp_path / f"new-{number}"
            folder.mkdir()
            if kind == "sqlite":
                return f"sqlite:///{folder / 'careline.db'}"
            server = request.getfixturevalue("postgres_url").rpartition("/")[0]
            name = f"careline_test_{os.getpid()}_{number}"
            databases.enter_context(database_on_server(name))
            return f"{server}/{name}"

        yield make


@pytest.fixture(params=["sqlite", "postgres"])
def empty_url(request: pytest.FixtureRequest, new_url: NewUrl) -> str:
    return new_url(request.param)


@contextmanager
def database_on_server(name: str) -> Iterator[None]:
    asyncio.run(_execute(SERVER, f"DROP DATABASE IF EXISTS {name} WITH (FORCE)"))
    asyncio.run(_execute(SERVER, f"CREATE DATABASE {name}"))
    yield
    asyncio.run(_execute(SERVER, f"DROP DATABASE {name} WITH (FORCE)"))


def rows_of(revision: str) -> Rows:
    return json.loads((PAYLOADS / f"records_{revision}.json").read_text())


def make_records(url: str, revision: str) -> Rows:
    """The schema of a revision, and in every table of it the rows of its file, by plain SQL."""
    rows = rows_of(revision)

    def make(c: Connection) -> None:
        upgrade(c, revision)
        assert rows.keys() == tables_at(revision)
        for table in tables_of(c, rows):
            for row in rows[table.name]:
                values = ", ".join(literal(c, value) for value in row.values())
                columns = ", ".join(f'"{name}"' for name in row)
                c.exec_driver_sql(f"INSERT INTO {table.name} ({columns}) VALUES ({values})".replace("%", "%%"))

    asyncio.run(alone_on(url, make))
    return rows


def literal(c: Connection, value: object) -> str:
    match value:
        case None:
            return "NULL"
        case bool() | int():
            return str(value).lower()
        case str() if value.startswith("\\x") and c.dialect.name == "sqlite":
            return f"X'{value[2:]}'"
        case str():
            return f"'{value.replace(chr(39), chr(39) * 2)}'"
        case _:
            return literal(c, json.dumps(value))


def kept_rows(url: str) -> Rows:
    """Every row of every table, as the files write them, in the order of the files."""

    def read(c: Connection) -> Rows:
        tables = tables_of(c, tables_at(held_revision(c) or ""))
        return {
            t.name: [written(row) for row in c.execute(select(t).order_by(*t.primary_key)).mappings()] for t in tables
        }

    return asyncio.run(alone_on(url, read))


def written(row: Mapping[str, Any]) -> dict[str, Any]:
    return {name: _written(value) for name, value in row.items()}


def _written(value: Any) -> Any:
    match value:
        case datetime():
            return value.isoformat(sep=" ", timespec="microseconds")
        case date():
            return value.isoformat()
        case bytes():
            return "\\x" + value.hex()
        case _:
            return value
