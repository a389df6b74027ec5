"""A backup as a file: a zip of one JSONL file per table, and a manifest of what must be in them."""

import base64
import contextlib
import hashlib
import json
import os
import tempfile
import zlib
from collections.abc import Generator, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice
from pathlib import Path
from typing import IO, Any, Literal
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile

from pydantic import BaseModel, ConfigDict, Field, ValidationError

VERSION = 1
MANIFEST = "manifest.json"
LARGEST_MANIFEST = 1_000_000
LARGEST_ROW = 100_000_000
QUICK = 3
"""Of zlib's nine levels: text still shrinks to a fifth, in half the time."""

FOREIGN = (BadZipFile, zlib.error, EOFError, RuntimeError, AttributeError, KeyError, TypeError, ValueError)
"""What reading may raise where a file is not what it says it is."""

Row = Mapping[str, Any]


class UnusableBackupError(Exception):
    """The file cannot be restored. Nothing was changed."""


class DamagedBackupError(UnusableBackupError):
    """The file is not a whole backup of Careline: cut off, changed, or something else."""


class NewerBackupError(UnusableBackupError):
    """A newer Careline made the backup."""


class TableManifest(BaseModel):
    """What the file of one table must hold. `sha256` is of its lines, before they were packed."""

    model_config = ConfigDict(frozen=True)

    name: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    rows: int = Field(ge=0)
    sha256: str = Field(pattern=r"^[0-9a-f]{64}$")


class Manifest(BaseModel):
    """What a backup is. `schema_revision` is the one its rows have; `careline` the version that made it."""

    model_config = ConfigDict(frozen=True)

    format: Literal["careline-backup"] = "careline-backup"
    version: int = VERSION
    schema_revision: str = Field(pattern=r"^[0-9]+$")
    made_at: datetime
    careline: str
    tables: tuple[TableManifest, ...]

    @property
    def rows(self) -> int:
        return sum(table.rows for table in self.tables)


@dataclass(frozen=True)
class NewArchive:
    """A backup that is being written, as a stream."""

    file: ZipFile

    def add_table(self, name: str, rows: Iterable[Row]) -> TableManifest:
        digest, count = hashlib.sha256(), 0
        with self.file.open(_entry(name), "w", force_zip64=True) as entry:
            for count, row in enumerate(rows, 1):  # noqa: B007 the last number is the count
                line = json.dumps(row, default=_encoded, separators=(",", ":")).encode() + b"\n"
                digest.update(line)
                entry.write(line)
        return TableManifest(name=name, rows=count, sha256=digest.hexdigest())

    def add_manifest(self, manifest: Manifest) -> None:
        self.file.writestr(MANIFEST, manifest.model_dump_json(indent=2) + "\n")


@dataclass(frozen=True)
class Archive:
    """A backup whose manifest, checksums and format were found right."""

    file: ZipFile
    manifest: Manifest

    def rows(self, table: str, most: int) -> Iterator[list[dict[str, Any]]]:
        """In their order, some at a time."""
        with _read(self.file, table) as lines:
            while batch := [json.loads(line) for line in islice(lines, most)]:
                yield batch


@contextmanager
def new_archive(target: Path) -> Generator[NewArchive, None, None]:
    """Readable by its owner alone. It has its name only once it is whole and on disk; else nothing is left of it."""
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.", suffix=".partial")
    try:
        with os.fdopen(handle, "wb") as file:
            with ZipFile(file, "w", ZIP_DEFLATED, compresslevel=QUICK) as archive:
                yield NewArchive(archive)
            file.flush()
            os.fsync(file.fileno())
        os.replace(name, target)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(name)
        raise
    _sync_folder(target.parent)


@contextmanager
def open_archive(source: Path) -> Generator[Archive, None, None]:
    """Checked from end to end before anything is made of it: DamagedBackupError, NewerBackupError."""
    try:
        file = ZipFile(source)
    except FOREIGN as error:
        raise DamagedBackupError(f"{source.name} is not a backup, or not a whole one: {error}") from error
    with file:
        try:
            archive = Archive(file, _manifest(file))
            _check(archive)
        except FOREIGN as error:
            raise DamagedBackupError(f"{source.name} is damaged: {error}") from error
        yield archive


def decoded(kind: type, value: Any) -> Any:
    """A value as its column takes it."""
    if value is None or not isinstance(value, str):
        return value
    if kind is bytes:
        return base64.b64decode(value, validate=True)
    return kind.fromisoformat(value) if kind in (datetime, date) else value


def _encoded(value: object) -> str:
    match value:
        case datetime() | date():
            return value.isoformat()
        case bytes():
            return base64.b64encode(value).decode()
        case _:
            raise TypeError(f"{type(value).__name__} has no place in a backup")


def _manifest(file: ZipFile) -> Manifest:
    with file.open(MANIFEST) as entry:
        content: dict[str, Any] = json.loads(entry.read(LARGEST_MANIFEST))
    if content.get("format") == "careline-backup" and content.get("version") != VERSION:
        raise NewerBackupError(f"the backup has the format {content.get('version')}, and this Careline knows {VERSION}")
    try:
        return Manifest.model_validate(content)
    except ValidationError as error:
        raise DamagedBackupError(f"the manifest does not hold: {error.errors()[0]['loc']}") from error


def _check(archive: Archive) -> None:
    tables = archive.manifest.tables
    if sorted(archive.file.namelist()) != sorted([MANIFEST, *(_entry(table.name) for table in tables)]):
        raise DamagedBackupError("the backup holds other files than its manifest says")
    for table in tables:
        digest, count = hashlib.sha256(), 0
        with _read(archive.file, table.name) as lines:
            for line in lines:
                digest.update(line)
                count += 1
        if (count, digest.hexdigest()) != (table.rows, table.sha256):
            raise DamagedBackupError(f"the rows of {table.name} are not the ones that were backed up")


@contextmanager
def _read(file: ZipFile, table: str) -> Generator[Iterator[bytes], None, None]:
    with file.open(_entry(table)) as entry:
        yield _lines(entry)


def _lines(entry: IO[bytes]) -> Iterator[bytes]:
    """No longer ones than a row can be: a foreign file must not fill the memory."""
    while line := entry.readline(LARGEST_ROW):
        yield line


def _entry(table: str) -> str:
    return f"{table}.jsonl"


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
