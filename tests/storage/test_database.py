"""One writer on SQLite: commits together, tells nobody of success before the commit, keeps errors apart."""

import asyncio
from pathlib import Path

import pytest
from sqlalchemy import Connection, func, insert, select

from app.care.records import RecordsUnavailableError
from app.storage import tables as t
from app.storage.database import SqliteDatabase
from tests.fakes.parts import FakeClock


class RefusedError(Exception):
    """A rule said no."""


async def test_a_failing_transition_leaves_nothing_and_its_neighbours_are_kept(sqlite: SqliteDatabase) -> None:
    results = await asyncio.gather(
        sqlite.write(lambda c: _add(c, "cus_1")),
        sqlite.write(_add_and_refuse),
        sqlite.write(lambda c: _add(c, "cus_3")),
        return_exceptions=True,
    )

    assert isinstance(results[1], RefusedError)
    assert await sqlite.read(_ids) == ["cus_1", "cus_3"]


async def test_a_broken_constraint_is_told_as_unavailable_without_the_values(sqlite: SqliteDatabase) -> None:
    await sqlite.write(lambda c: _add(c, "cus_secret"))

    with pytest.raises(RecordsUnavailableError) as told:
        await sqlite.write(lambda c: _add(c, "cus_secret"))

    assert "cus_secret" not in str(told.value)


async def test_many_writers_at_once_are_all_kept(sqlite: SqliteDatabase) -> None:
    await asyncio.gather(*(sqlite.write(lambda c, n=n: _add(c, f"cus_{n:03}")) for n in range(200)))

    assert len(await sqlite.read(_ids)) == 200


async def test_a_second_process_may_write_beside_it(sqlite: SqliteDatabase, tmp_path: Path) -> None:
    other = SqliteDatabase(tmp_path / "careline.db")

    await asyncio.gather(
        *(base.write(lambda c, n=n: _add(c, f"cus_{n}")) for n, base in enumerate([sqlite, other] * 20))
    )

    assert await other.read(lambda c: c.execute(select(func.count()).select_from(t.customers)).scalar_one()) == 40
    await other.close()


async def test_a_database_that_cannot_be_opened_is_told_as_unavailable(tmp_path: Path) -> None:
    (tmp_path / "folder.db").mkdir()
    broken = SqliteDatabase(tmp_path / "folder.db")

    with pytest.raises(RecordsUnavailableError):
        await broken.write(lambda c: _add(c, "cus_1"))
    with pytest.raises(RecordsUnavailableError):
        await broken.read(_ids)
    await broken.close()


async def test_the_writer_goes_on_after_a_batch_that_failed_as_a_whole(sqlite: SqliteDatabase) -> None:
    with pytest.raises(RecordsUnavailableError):
        await sqlite.write(_add_and_break)

    await sqlite.write(lambda c: _add(c, "cus_3"))

    assert await sqlite.read(_ids) == ["cus_3"]


async def test_glances_and_looks_between_writes_see_all_that_is_committed(sqlite: SqliteDatabase) -> None:
    for number in range(5):
        await sqlite.write(lambda c, number=number: _add(c, f"cus_{number}"))

        assert len(await sqlite.glance(_ids)) == number + 1
        assert len(await sqlite.look(_ids)) == number + 1


async def test_a_glance_that_fails_is_told_as_unavailable_and_the_next_one_holds(sqlite: SqliteDatabase) -> None:
    with pytest.raises(RecordsUnavailableError):
        await sqlite.glance(lambda c: c.exec_driver_sql("SELECT nothing FROM nowhere"))

    assert await sqlite.glance(_ids) == []


def _add(c: Connection, id: str) -> None:
    c.execute(insert(t.customers).values(id=id, created_at=FakeClock().now.replace(tzinfo=None)))


def _add_and_refuse(c: Connection) -> None:
    _add(c, "cus_2")
    raise RefusedError


def _add_and_break(c: Connection) -> None:
    _add(c, "cus_2")
    c.exec_driver_sql("SELECT nothing FROM nowhere")


def _ids(c: Connection) -> list[str]:
    return list(c.execute(select(t.customers.c.id).order_by(t.customers.c.id)).scalars())
