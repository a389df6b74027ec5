"""Records to be backed up, and the two ways between them and a file."""

import asyncio
from datetime import UTC, datetime
from pathlib import Path

from app.storage.backup import back_up
from app.storage.migrating import migrate
from app.storage.restoring import restore
from tests.storage.conftest import kept_rows, make_records

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


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
