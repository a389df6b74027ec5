"""All records into one file, as they stood at one moment, while others go on writing; either database."""

import asyncio
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, MetaData, Table, select

from app.care.records import RecordsUnavailableError
from app.storage.archives import Manifest, NewArchive, new_archive
from app.storage.database import CONNECT_SECONDS, GONE, reason_of, sqlite_engine
from app.storage.migrating import held_revision, refuse_newer, tables_at

AT_A_TIME = 500
NAMED_BY_TIME = re.compile(r"careline-\d{8}-\d{6}\.zip")


class NoRecordsError(RecordsUnavailableError):
    """There is nothing to back up at this address."""


@dataclass(frozen=True, kw_only=True)
class Backup:
    """A whole one, and where it is."""

    path: Path
    manifest: Manifest


async def back_up(url: str, target: Path, *, careline: str, now: datetime, keep: int | None = None) -> Backup:
    """Into the file `target`, or into a file named by the time if it is a folder; of those the `keep` newest stay."""
    path = _path_for(target, now)

    def write(connection: Connection) -> Manifest:
        with new_archive(path) as archive:
            return _write_all(connection, archive, careline, now)

    try:
        manifest = await _at_one_moment(url, write)
    except (*GONE, TypeError, ValueError) as error:
        raise RecordsUnavailableError(reason_of(error)) from error
    if path != target and keep is not None:
        _remove_older(target, keep)
    return Backup(path=path, manifest=manifest)


def _path_for(target: Path, now: datetime) -> Path:
    return target / f"careline-{now:%Y%m%d-%H%M%S}.zip" if target.is_dir() else target


async def _at_one_moment(url: str, write: Callable[[Connection], Manifest]) -> Manifest:
    if url.startswith("sqlite:///"):
        return await asyncio.to_thread(_read_sqlite, Path(url.removeprefix("sqlite:///")), write)
    from sqlalchemy.ext.asyncio import create_async_engine

    engine = create_async_engine(url, connect_args={"timeout": CONNECT_SECONDS})
    snapshot = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
    try:
        async with engine.connect() as connection:
            return await (await connection.execution_options(**snapshot)).run_sync(write)
    finally:
        await engine.dispose()


def _read_sqlite(path: Path, write: Callable[[Connection], Manifest]) -> Manifest:
    """One read transaction beside the writer: it sees the records as they stood when it began."""
    if not path.exists():
        raise NoRecordsError(f"there are no records at {path}")
    engine = sqlite_engine(path)
    try:
        with engine.connect() as connection, connection.begin():
            connection.exec_driver_sql("BEGIN")
            return write(connection)
    finally:
        engine.dispose()


def _write_all(connection: Connection, archive: NewArchive, careline: str, now: datetime) -> Manifest:
    revision = held_revision(connection)
    if revision is None:
        raise NoRecordsError("there are no records at this address yet")
    refuse_newer(revision)
    found = tables_of(connection, tables_at(revision))
    tables = tuple(archive.add_table(table.name, _rows(connection, table)) for table in found)
    manifest = Manifest(schema_revision=revision, made_at=now, careline=careline, tables=tables)
    archive.add_manifest(manifest)
    return manifest


def tables_of(connection: Connection, names: Iterable[str]) -> list[Table]:
    """As they are in this database, whatever its revision; parents before their children."""
    found = MetaData()
    found.reflect(connection, only=sorted(names))
    return found.sorted_tables


def _rows(connection: Connection, table: Table) -> Iterator[dict[str, Any]]:
    stream = connection.execution_options(yield_per=AT_A_TIME).execute(select(table))
    names = list(stream.keys())
    for row in stream:
        yield dict(zip(names, row, strict=True))


def _remove_older(folder: Path, keep: int) -> None:
    """Only files that a backup made here; the newest of them stay."""
    mine = sorted(path for path in folder.iterdir() if NAMED_BY_TIME.fullmatch(path.name))
    for path in mine[: -keep or None]:
        path.unlink()
