"""A backup holds everything, moves between the databases, and is restored as a whole or not at all."""

import asyncio
import hashlib
import json
import stat
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from app.care.records import RecordsUnavailableError
from app.storage.archives import DamagedBackupError, NewerBackupError, UnusableBackupError
from app.storage.backup import NoRecordsError, back_up
from app.storage.database import open_database
from app.storage.migrating import BrokenReferencesError, alone_on, held_revision, migrate, newest_revision
from app.storage.restoring import OthersConnectedError, RecordsHeldError, restore
from tests.storage.conftest import NewUrl, Rows, kept_rows, make_records

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
OF_GONE_PROCESSES = ("conversations", "deliveries", "chores")
KINDS = ["sqlite", "postgres"]
Change = Callable[[dict[str, bytes]], None]


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


def cut_off(files: dict[str, bytes]) -> None:
    files["events.jsonl"] = files["events.jsonl"].rpartition(b"\n{")[0] + b"\n"


def changed_word(files: dict[str, bytes]) -> None:
    files["messages.jsonl"] = files["messages.jsonl"].replace(b"7.95", b"9.95")


def no_manifest(files: dict[str, bytes]) -> None:
    del files["manifest.json"]


def no_events(files: dict[str, bytes]) -> None:
    del files["events.jsonl"]


def more_than_said(files: dict[str, bytes]) -> None:
    files["../careline.db"] = b"{}"


def another_thing(files: dict[str, bytes]) -> None:
    files.clear()
    files["photo.txt"] = b"not a backup"


def newer_format(files: dict[str, bytes]) -> None:
    in_manifest(files, version=2)


def newer_schema(files: dict[str, bytes]) -> None:
    in_manifest(files, schema_revision="9999")


def of_another_schema(files: dict[str, bytes]) -> None:
    in_manifest(files, schema_revision="0001")


def twice_the_same(files: dict[str, bytes]) -> None:
    """Checksums and all: only the database can tell."""
    with_rows(files, "messages", files["messages.jsonl"] * 2)


def of_no_conversation(files: dict[str, bytes]) -> None:
    with_rows(files, "conversations", b"")


def other_columns(files: dict[str, bytes]) -> None:
    with_rows(files, "chores", b'{"name":"watchdog","until":null,"shell":"x"}\n')


@pytest.mark.parametrize(
    ("damage", "error"),
    [
        (cut_off, DamagedBackupError),
        (changed_word, DamagedBackupError),
        (no_manifest, DamagedBackupError),
        (no_events, DamagedBackupError),
        (more_than_said, DamagedBackupError),
        (another_thing, DamagedBackupError),
        (newer_format, NewerBackupError),
        (newer_schema, NewerBackupError),
        (of_another_schema, DamagedBackupError),
    ],
)
def test_a_file_that_is_not_a_whole_backup_of_this_or_an_earlier_careline_changes_nothing(
    damage: Change, error: type[Exception], new_url: NewUrl, tmp_path: Path
) -> None:
    before = records(new_url("sqlite"))
    save(before.url, tmp_path / "backup.zip")

    with pytest.raises(error):
        put_back(before.url, repacked(tmp_path / "backup.zip", damage), replace=True)

    assert kept_rows(before.url) == before.rows


@pytest.mark.parametrize("damage", [twice_the_same, of_no_conversation, other_columns])
def test_rows_that_the_database_refuses_change_nothing(damage: Change, empty_url: str, tmp_path: Path) -> None:
    before = records(empty_url)
    save(before.url, tmp_path / "backup.zip")

    with pytest.raises((DamagedBackupError, BrokenReferencesError)):
        put_back(before.url, repacked(tmp_path / "backup.zip", damage), replace=True)

    assert kept_rows(before.url) == before.rows


@pytest.mark.parametrize("share", [0.0, 0.3, 0.99])
def test_a_file_that_was_cut_off_is_refused(share: float, new_url: NewUrl, tmp_path: Path) -> None:
    before = records(new_url("sqlite"))
    save(before.url, tmp_path / "backup.zip")
    whole = (tmp_path / "backup.zip").read_bytes()
    (tmp_path / "cut.zip").write_bytes(whole[: int(len(whole) * share)])

    with pytest.raises(UnusableBackupError, match=r"cut\.zip"):
        put_back(before.url, tmp_path / "cut.zip", replace=True)

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


class Kept:
    """Records of the newest schema, with rows in every table that has a file of them."""

    def __init__(self, url: str) -> None:
        make_records(url, "0002")
        asyncio.run(migrate(url))
        self.url, self.rows = url, kept_rows(url)


def records(url: str) -> Kept:
    return Kept(url)


def save(url: str, file: Path) -> None:
    asyncio.run(back_up(url, file, careline="1", now=NOW))


def put_back(url: str, file: Path, *, replace: bool = False) -> None:
    asyncio.run(restore(url, file, replace=replace))


def execute(url: str, statement: str) -> None:
    asyncio.run(alone_on(url, lambda c: c.exec_driver_sql(statement).rowcount))


def without(rows: Rows, *tables: str) -> Rows:
    return {table: rows[table] for table in rows if table not in tables}


def repacked(source: Path, change: Change) -> Path:
    with zipfile.ZipFile(source) as whole:
        files = {name: whole.read(name) for name in whole.namelist()}
    change(files)
    target = source.with_name("changed.zip")
    with zipfile.ZipFile(target, "w") as changed:
        for name, content in files.items():
            changed.writestr(name, content)
    return target


def in_manifest(files: dict[str, bytes], **values: Any) -> None:
    files["manifest.json"] = json.dumps({**json.loads(files["manifest.json"]), **values}).encode()


def with_rows(files: dict[str, bytes], table: str, content: bytes) -> None:
    """The rows with a manifest that says so."""
    files[f"{table}.jsonl"] = content
    entry = {"name": table, "rows": content.count(b"\n"), "sha256": hashlib.sha256(content).hexdigest()}
    tables = json.loads(files["manifest.json"])["tables"]
    in_manifest(files, tables=[entry if each["name"] == table else each for each in tables])
