"""A backup into an empty database, or in place of what is there: all of it or nothing, then on to the newest schema."""

from collections.abc import Mapping
from pathlib import Path
from time import monotonic, sleep
from typing import Any

from sqlalchemy import JSON, Connection, Table, delete, func, insert, select, text, update
from sqlalchemy.exc import SQLAlchemyError

from app.care.records import RecordsUnavailableError
from app.domain.deliveries import DeliveryStatus
from app.storage import tables as t
from app.storage.archives import FOREIGN, Archive, DamagedBackupError, Manifest, NewerBackupError, decoded, open_archive
from app.storage.backup import AT_A_TIME, tables_of
from app.storage.database import reason_of
from app.storage.migrating import (
    alone_on,
    held_revision,
    newest_revision,
    refuse_newer,
    revisions,
    tables_at,
    upgrade,
)

MADE_BY_ITSELF = {"knowledge_version", "chores"}
SECONDS_TO_LEAVE = 2.0
MAY_HAVE_GONE_OUT = "due at the time of the backup that was restored: it may have gone out since"


class RecordsHeldError(RecordsUnavailableError):
    """The database holds records, and nobody said that they are to be replaced."""


class OthersConnectedError(RecordsUnavailableError):
    """Other processes use the database."""


async def restore(url: str, source: Path, *, replace: bool) -> Manifest:
    """Leaves the database as it was, with the reason in the error, unless all of the backup is in it."""
    with open_archive(source) as archive:
        _check_schema(archive.manifest)
        return await alone_on(url, lambda connection: _restore(connection, archive, replace))


def _check_schema(manifest: Manifest) -> None:
    held = manifest.schema_revision
    if held not in revisions():
        made_by = f"Careline {manifest.careline} made the backup with the schema {held}"
        raise NewerBackupError(f"{made_by}, and this one knows {newest_revision()} at most")
    if frozenset(table.name for table in manifest.tables) != tables_at(held):
        raise DamagedBackupError(f"the backup has not the tables of the schema {held}")


def _restore(connection: Connection, archive: Archive, replace: bool) -> Manifest:
    if connection.dialect.name == "postgresql":
        _refuse_others(connection)
    revision = archive.manifest.schema_revision
    _clear(connection, replace)
    upgrade(connection, revision)
    for table in tables_of(connection, tables_at(revision)):
        _fill(connection, table, archive)
    upgrade(connection, newest_revision())
    _leave_the_past(connection)
    return archive.manifest


def _refuse_others(connection: Connection) -> None:
    """A connection that was just closed may be there for a moment still."""
    others = text(
        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
        " AND pid <> pg_backend_pid() AND coalesce(backend_type, 'client backend') = 'client backend'"
    )
    until = monotonic() + SECONDS_TO_LEAVE
    while count := connection.execute(others).scalar_one():
        if monotonic() > until:
            raise OthersConnectedError(f"{count} other connections use the database: stop web and worker processes")
        connection.execute(text("SELECT pg_stat_clear_snapshot()"))
        sleep(0.1)


def _clear(connection: Connection, replace: bool) -> None:
    """Takes out Careline's own tables; what else is in the database is none of our business."""
    held = held_revision(connection)
    if held is None:
        return
    refuse_newer(held)
    tables = tables_of(connection, tables_at(held))
    holding = [table.name for table in tables if table.name not in MADE_BY_ITSELF and _holds_rows(connection, table)]
    if holding and not replace:
        raise RecordsHeldError(f"there are records already ({', '.join(holding)}); --replace takes them out")
    for table in reversed(tables):
        table.drop(connection)
    connection.execute(text("DROP TABLE alembic_version"))


def _holds_rows(connection: Connection, table: Table) -> bool:
    return connection.execute(select(table).limit(1)).first() is not None


def _fill(connection: Connection, table: Table, archive: Archive) -> None:
    kinds = {column.name: column.type.python_type for column in table.columns}
    statement = insert(_with_nulls(table))
    try:
        for batch in archive.rows(table.name, AT_A_TIME):
            connection.execute(statement, [_values(row, kinds, table.name) for row in batch])
    except (SQLAlchemyError, *FOREIGN) as error:
        raise DamagedBackupError(f"{table.name} cannot be put in: {reason_of(error)}") from error
    if connection.dialect.name == "postgresql":
        _count_on(connection, table)


def _with_nulls(table: Table) -> Table:
    """None stays SQL's NULL where a JSON column may have none; else it is JSON's null."""
    for column in table.columns:
        if isinstance(column.type, JSON):
            column.type = JSON(none_as_null=bool(column.nullable))
    return table


def _values(row: Mapping[str, Any], kinds: Mapping[str, type], table: str) -> dict[str, Any]:
    if row.keys() != kinds.keys():
        raise DamagedBackupError(f"a row of {table} has other columns than its schema")
    return {name: decoded(kinds[name], value) for name, value in row.items()}


def _count_on(connection: Connection, table: Table) -> None:
    """Numbers that the database gives go on behind the highest that was put in."""
    for column in table.primary_key.columns:
        if column.type.python_type is int:
            sequence = func.pg_get_serial_sequence(table.name, column.name)
            connection.execute(select(func.setval(sequence, select(func.max(column)).scalar_subquery())))


def _leave_the_past(connection: Connection) -> None:
    """Leases and chores were of processes that are gone. What was going out then may have arrived: an agent decides."""
    leased = t.conversations.c.lease_owner.is_not(None) | t.conversations.c.lease_until.is_not(None)
    connection.execute(update(t.conversations).where(leased).values(lease_owner=None, lease_until=None))
    connection.execute(delete(t.chores))
    open_ones = t.deliveries.c.status.in_((DeliveryStatus.DUE, DeliveryStatus.SENDING))
    unknown = {"status": DeliveryStatus.UNKNOWN, "next_at": None, "owner": None, "reason": MAY_HAVE_GONE_OUT}
    connection.execute(update(t.deliveries).where(open_ones).values(**unknown))
