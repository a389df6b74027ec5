"""Records of every revision are brought forward whole, by one of many processes, and never half."""

import asyncio
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection

from app.care.records import RecordsUnavailableError
from app.storage.migrating import (
    MIGRATIONS,
    BrokenReferencesError,
    NewerRecordsError,
    alone_on,
    held_revision,
    migrate,
    newest_revision,
    upgrade,
)
from app.storage.tables import metadata
from tests.storage.conftest import NewUrl, Rows, kept_rows, make_records
from tests.system.conftest import ROOT, environment, start, stop

pytestmark = pytest.mark.processes

TOKEN = "cst_" + "t" * 43
OPEN = "cnv_019c00000000aaaaaaaaaaaaaaaa"
EARLIER = ["0001", "0002"]


@pytest.mark.parametrize("revision", EARLIER)
def test_every_row_of_an_earlier_revision_is_there_after_the_upgrade(empty_url: str, revision: str) -> None:
    before = make_records(empty_url, revision)

    asyncio.run(migrate(empty_url))

    assert of_the_same_columns(kept_rows(empty_url), before) == before


@pytest.mark.parametrize("revision", EARLIER)
def test_the_upgraded_schema_is_the_one_that_the_tables_describe(empty_url: str, revision: str) -> None:
    make_records(empty_url, revision)

    asyncio.run(migrate(empty_url))

    assert asyncio.run(alone_on(empty_url, difference)) == []


@pytest.mark.parametrize("revision", EARLIER)
def test_the_service_starts_on_earlier_records_and_goes_on_with_an_open_conversation(
    empty_url: str, revision: str, tmp_path: Path
) -> None:
    make_records(empty_url, revision)
    running = start(environment(tmp_path, CARELINE_DATABASE_URL=empty_url, CARELINE_EMBEDDER="none"))

    try:
        with running.client(TOKEN) as customer:
            answer = customer.post("/v1/chat", json={"text": "And to Germany?", "conversation": OPEN})
            messages = customer.get(f"/v1/conversations/{OPEN}").json()["messages"]
    finally:
        stop(running)

    assert (answer.status_code, answer.json()["conversation"]) == (200, OPEN)
    assert [message["author"] for message in messages[:3]] == ["customer", "assistant", "customer"]
    assert messages[1]["text"] == "Delivery to Spain costs £7.95."


def test_processes_that_migrate_at_the_same_time_all_end_well(empty_url: str, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "app.cli", "migrate"]
    settings = environment(tmp_path, CARELINE_DATABASE_URL=empty_url)

    started = [subprocess.Popen(command, cwd=ROOT, env=settings, stderr=subprocess.PIPE, text=True) for _ in range(3)]
    errors = [process.communicate(timeout=60)[1] for process in started]

    assert [process.returncode for process in started] == [0, 0, 0], errors
    assert asyncio.run(alone_on(empty_url, difference)) == []


def test_a_migration_that_fails_leaves_schema_and_rows_as_they_were(empty_url: str, tmp_path: Path) -> None:
    before = make_records(empty_url, newest_with_rows())
    asyncio.run(migrate(empty_url))
    whole = kept_rows(empty_url)
    broken = one_more(
        tmp_path,
        "op.create_table('half', sa.Column('id', sa.Integer(), primary_key=True))",
        "op.execute('DELETE FROM events')",
        "op.add_column('customers', sa.Column('more', sa.Integer()))",
        "op.execute('INSERT INTO half (no_such_column) VALUES (1)')",
    )

    with pytest.raises(RecordsUnavailableError, match="no_such_column"):
        asyncio.run(migrate(empty_url, broken))

    assert before["events"] != []
    assert kept_rows(empty_url) == whole
    assert asyncio.run(alone_on(empty_url, difference)) == []
    assert asyncio.run(alone_on(empty_url, held_revision)) == newest_revision()


def test_a_table_that_is_made_anew_keeps_the_rows_that_belong_to_its_own(new_url: NewUrl, tmp_path: Path) -> None:
    url = new_url("sqlite")
    make_records(url, newest_with_rows())
    asyncio.run(migrate(url))
    before = kept_rows(url)
    anew = one_more(
        tmp_path,
        "with op.batch_alter_table('customers', recreate='always') as batch:",
        "    batch.alter_column('created_at', nullable=True)",
    )

    asyncio.run(alone_on(url, lambda c: upgrade(c, "9999", anew)))

    asyncio.run(alone_on(url, lambda c: c.exec_driver_sql("UPDATE alembic_version SET version_num = ?", (newest(),))))
    assert before["messages"] != []
    assert kept_rows(url) == before


def test_a_migration_that_would_leave_rows_without_their_own_changes_nothing(new_url: NewUrl, tmp_path: Path) -> None:
    url = new_url("sqlite")
    make_records(url, newest_with_rows())
    asyncio.run(migrate(url))
    before = kept_rows(url)
    orphaning = one_more(tmp_path, "op.execute('DELETE FROM customers')")

    with pytest.raises(BrokenReferencesError, match="conversations without customers"):
        asyncio.run(migrate(url, orphaning))

    assert kept_rows(url) == before


def test_records_of_a_newer_revision_are_refused_and_left_alone(empty_url: str, tmp_path: Path) -> None:
    newer = one_more(tmp_path, "op.create_table('later', sa.Column('id', sa.Integer(), primary_key=True))")
    asyncio.run(migrate(empty_url, newer))

    with pytest.raises(NewerRecordsError, match=f"9999.*{newest()}"):
        asyncio.run(migrate(empty_url))

    assert asyncio.run(alone_on(empty_url, held_revision)) == "9999"


def test_serving_newer_records_ends_with_a_clear_line(new_url: NewUrl, tmp_path: Path) -> None:
    url = new_url("sqlite")
    asyncio.run(migrate(url, one_more(tmp_path, "pass")))
    command = [sys.executable, "-m", "app.cli", "serve"]
    settings = environment(tmp_path / "data", CARELINE_DATABASE_URL=url)

    done = subprocess.run(command, cwd=ROOT, env=settings, capture_output=True, text=True, timeout=60)

    assert done.returncode == 1
    assert done.stderr.strip().startswith("The records cannot be used: they have the schema 9999")
    assert "Traceback" not in done.stderr


def newest() -> str:
    return newest_revision()


def newest_with_rows() -> str:
    return EARLIER[-1]


def difference(c: Connection) -> Any:
    return compare_metadata(MigrationContext.configure(c, opts={"compare_type": True}), metadata)


def of_the_same_columns(rows: Rows, before: Rows) -> Rows:
    """Without the tables and columns that came later."""
    columns = {table: before[table][0].keys() for table in before}
    return {table: [{name: row[name] for name in columns[table]} for row in rows[table]] for table in before}


def one_more(folder: Path, *lines: str) -> Path:
    """The migrations with one more behind the newest, which does what the lines say."""
    copy = folder / "migrations"
    shutil.copytree(MIGRATIONS, copy, ignore=shutil.ignore_patterns("__pycache__"))
    body = "\n".join(f"    {line}" for line in lines)
    head = f"import sqlalchemy as sa\nfrom alembic import op\nrevision = '9999'\ndown_revision = '{newest()}'\n"
    (copy / "versions" / "9999_one_more.py").write_text(f"{head}\n\ndef upgrade():\n{body}\n")
    return copy
