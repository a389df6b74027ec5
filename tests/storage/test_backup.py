"""A backup holds everything, moves between the databases, and is restored as a whole or not at all."""

import asyncio
import json
import stat
import zipfile
from datetime import timedelta
from functools import partial
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, insert

from app.care.records import RecordsUnavailableError
from app.storage import tables as t
from app.storage.backup import NoRecordsError, back_up
from app.storage.database import Database, open_database
from app.storage.migrating import alone_on, held_revision, migrate, newest_revision
from app.storage.restoring import OthersConnectedError, RecordsHeldError, restore
from tests.storage.backups import NOW, put_back, records, save
from tests.storage.conftest import NewUrl, Rows, kept_rows, make_records

pytestmark = pytest.mark.processes

OF_GONE_PROCESSES = ("conversations", "deliveries", "chores")
KINDS = ["sqlite", "postgres"]


@pytest.mark.parametrize("to", KINDS)
@pytest.mark.parametrize("from_", KINDS)
def test_a_backup_of_either_database_is_restored_into_either(
    from_: str, to: str, new_url: NewUrl, tmp_path: Path
) -> None:
    before, source, target = records(new_url(from_)), tmp_path / "backup.zip", new_url(to)
    old_url = before.url

    save(old_url, source)
    put_back(target, source)

    assert without(kept_rows(target), *OF_GONE_PROCESSES) == without(before.rows, *OF_GONE_PROCESSES)
    assert asyncio.run(alone_on(target, held_revision)) == newest_revision()


async def test_a_backup_shows_one_moment_while_others_write(
    database: Database, records_url: str, tmp_path: Path
) -> None:
    """Each transition adds a customer with a conversation: of two moments there would be more of one."""
    await database.write(lambda c: c.execute(insert(t.customers), [a_customer(f"cus_{n}") for n in range(20_000)]))
    ended = asyncio.Event()

    async def write() -> int:
        for number in count():
            if ended.is_set():
                return number
            await database.write(partial(add_with_conversation, f"new_{number}"))
        raise AssertionError

    writing = asyncio.create_task(write())
    backup = await asyncio.to_thread(asyncio.run, back_up(records_url, tmp_path / "one.zip", careline="1", now=NOW))
    ended.set()
    written = await writing

    rows = {table.name: table.rows for table in backup.manifest.tables}
    assert written > 5
    assert rows["customers"] - 20_000 == rows["conversations"] < written


@pytest.mark.parametrize("to", KINDS)
def test_a_backup_of_an_earlier_schema_is_brought_forward(to: str, new_url: NewUrl, tmp_path: Path) -> None:
    old, target = new_url("sqlite"), new_url(to)
    before = make_records(old, "0001")

    save(old, tmp_path / "old.zip")
    put_back(target, tmp_path / "old.zip")

    after = kept_rows(target)
    assert [after[table] for table in ("messages", "events", "vectors")] == [
        before[table] for table in ("messages", "events", "vectors")
    ]
    assert after["deliveries"] == []


def test_leases_and_chores_of_processes_that_are_gone_are_cleared(new_url: NewUrl, tmp_path: Path) -> None:
    before = records(new_url("sqlite"))
    target = new_url("sqlite")

    save(before.url, tmp_path / "backup.zip")
    put_back(target, tmp_path / "backup.zip")

    after = kept_rows(target)
    assert [row["lease_owner"] for row in before.rows["conversations"]] == [None, "gone:1:ab"]
    assert [(row["lease_owner"], row["lease_until"]) for row in after["conversations"]] == [(None, None)] * 2
    assert [row["lease_token"] for row in after["conversations"]] == [5_000_000_000, 2]
    assert after["chores"] == []


def test_what_was_going_out_is_unknown_after_a_restore_and_the_rest_stays(new_url: NewUrl, tmp_path: Path) -> None:
    before = records(new_url("sqlite"))
    target = new_url("sqlite")

    save(before.url, tmp_path / "backup.zip")
    put_back(target, tmp_path / "backup.zip")

    old, new = before.rows["deliveries"], kept_rows(target)["deliveries"]
    assert [row["status"] for row in old] == ["sent", "sending", "due", "failed", "unknown"]
    assert [row["status"] for row in new] == ["sent", "unknown", "unknown", "failed", "unknown"]
    assert [(row["next_at"], row["owner"]) for row in new[1:3]] == [(None, None)] * 2
    assert all("may have gone out" in row["reason"] for row in new[1:3])
    assert [new[0], *new[3:]] == [old[0], *old[3:]]


@pytest.mark.parametrize("kind", KINDS)
def test_records_are_replaced_only_when_that_is_said(kind: str, new_url: NewUrl, tmp_path: Path) -> None:
    before = records(new_url(kind))
    save(before.url, tmp_path / "backup.zip")
    execute(before.url, "UPDATE customers SET created_at = '2027-01-01 00:00:00.000000'")
    changed = kept_rows(before.url)

    with pytest.raises(RecordsHeldError, match="customers"):
        put_back(before.url, tmp_path / "backup.zip")
    refused = kept_rows(before.url)
    put_back(before.url, tmp_path / "backup.zip", replace=True)

    assert refused == changed
    assert kept_rows(before.url)["customers"] == before.rows["customers"] != changed["customers"]


@pytest.mark.parametrize("kind", KINDS)
def test_a_migrated_database_that_holds_nothing_is_filled(kind: str, new_url: NewUrl, tmp_path: Path) -> None:
    before = records(new_url("sqlite"))
    target = new_url(kind)
    asyncio.run(migrate(target))

    save(before.url, tmp_path / "backup.zip")
    put_back(target, tmp_path / "backup.zip")

    assert kept_rows(target)["events"] == before.rows["events"]


def test_postgresql_is_not_restored_under_a_process_that_uses_it(new_url: NewUrl, tmp_path: Path) -> None:
    before = records(new_url("postgres"))
    save(before.url, tmp_path / "backup.zip")

    async def restore_beside_another() -> None:
        other = open_database(before.url)
        assert await other.answers()
        try:
            await restore(before.url, tmp_path / "backup.zip", replace=True)
        finally:
            await other.close()

    with pytest.raises(OthersConnectedError, match="stop web and worker"):
        asyncio.run(restore_beside_another())

    assert kept_rows(before.url) == before.rows


def test_a_backup_is_readable_by_its_owner_alone_and_says_what_it_is(new_url: NewUrl, tmp_path: Path) -> None:
    before = records(new_url("sqlite"))

    save(before.url, tmp_path / "backup.zip")

    manifest = json.loads(zipfile.ZipFile(tmp_path / "backup.zip").read("manifest.json"))
    counts = {table["name"]: table["rows"] for table in manifest["tables"]}
    assert stat.S_IMODE((tmp_path / "backup.zip").stat().st_mode) == 0o600
    assert (manifest["format"], manifest["schema_revision"]) == ("careline-backup", newest_revision())
    assert counts == {name: len(rows) for name, rows in before.rows.items()}


def test_a_backup_that_fails_leaves_the_one_before_and_nothing_else(new_url: NewUrl, tmp_path: Path) -> None:
    before, folder = records(new_url("sqlite")), tmp_path / "backups"
    folder.mkdir()
    save(before.url, folder / "backup.zip")
    whole = (folder / "backup.zip").read_bytes()
    execute(before.url, "UPDATE events SET at = 'no time' WHERE kind = 'done'")

    with pytest.raises(RecordsUnavailableError):
        save(before.url, folder / "backup.zip")

    assert [path.name for path in folder.iterdir()] == ["backup.zip"]
    assert (folder / "backup.zip").read_bytes() == whole


def test_in_a_folder_the_newest_backups_stay_and_other_files_too(new_url: NewUrl, tmp_path: Path) -> None:
    before, folder = records(new_url("sqlite")), tmp_path / "backups"
    folder.mkdir()
    (folder / "careline-before-the-move.zip").write_text("mine")

    for day in range(4):
        asyncio.run(back_up(before.url, folder, careline="1", now=NOW + timedelta(days=day), keep=2))

    assert sorted(path.name for path in folder.iterdir()) == [
        "careline-20260304-090000.zip",
        "careline-20260305-090000.zip",
        "careline-before-the-move.zip",
    ]


def test_where_no_records_are_there_is_nothing_to_back_up(empty_url: str, tmp_path: Path) -> None:
    with pytest.raises(NoRecordsError):
        save(empty_url, tmp_path / "backup.zip")

    assert not (tmp_path / "backup.zip").exists()
    assert list((tmp_path / "new-0").iterdir()) == []


def a_customer(id: str) -> dict[str, Any]:
    return {"id": id, "created_at": NOW.replace(tzinfo=None)}


def add_with_conversation(id: str, c: Connection) -> None:
    at = NOW.replace(tzinfo=None)
    row = {"id": id, "customer_id": id, "channel": "api", "status": "with_assistant", "opened_at": at}
    c.execute(insert(t.customers), a_customer(id))
    c.execute(insert(t.conversations), row)


def execute(url: str, statement: str) -> None:
    asyncio.run(alone_on(url, lambda c: c.exec_driver_sql(statement).rowcount))


def without(rows: Rows, *tables: str) -> Rows:
    return {table: rows[table] for table in rows if table not in tables}
