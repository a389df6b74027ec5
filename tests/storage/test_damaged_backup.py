"""A file that is no whole backup of this or an earlier Careline is refused, and nothing is changed by it."""

import hashlib
import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from app.storage.archives import DamagedBackupError, NewerBackupError, UnusableBackupError
from app.storage.migrating import BrokenReferencesError
from tests.storage.backups import put_back, records, save
from tests.storage.conftest import NewUrl, kept_rows

pytestmark = pytest.mark.processes

Change = Callable[[dict[str, bytes]], None]


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
