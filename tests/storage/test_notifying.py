"""Wake-ups between processes: heard elsewhere within moments, and again after the connection was lost."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from app.storage.database import PostgresDatabase
from app.storage.notifying import PostgresWakeups

DROP_THE_OTHERS = """
SELECT pg_terminate_backend(pid) FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid()
"""


@pytest.fixture
async def two(postgres_url: str) -> AsyncIterator[tuple[PostgresWakeups, PostgresWakeups]]:
    wakeups = PostgresWakeups(postgres_url, "web"), PostgresWakeups(postgres_url, "worker")
    for each in wakeups:
        each.start()
    yield wakeups
    for each in wakeups:
        await each.stop()


async def test_what_one_process_tells_rings_in_the_other(two: tuple[PostgresWakeups, PostgresWakeups]) -> None:
    web, worker = two
    await _connected(web, worker)

    with worker.watch("cnv_1") as heard, worker.watch("cnv_2") as silent:
        web.tell("cnv_1")

        assert await heard.heard(2) == []
        assert await silent.heard(0.1) is None


async def test_who_watches_all_hears_the_names_that_another_process_tells(
    two: tuple[PostgresWakeups, PostgresWakeups],
) -> None:
    web, worker = two
    await _connected(web, worker)

    with worker.watch_all() as heard:
        web.tell("cnv_1")
        web.tell("cnv_2")
        names: set[str] = set()
        while len(names) < 2:
            names |= await heard.heard(2) or pytest.fail("nothing was told")

    assert names == {"cnv_1", "cnv_2"}


async def test_hundreds_of_conversations_are_told_in_a_few_notifications(
    two: tuple[PostgresWakeups, PostgresWakeups],
) -> None:
    web, worker = two
    await _connected(web, worker)
    names = [f"cnv_{number:028d}" for number in range(450)]

    with worker.watch(names[0]) as first, worker.watch(names[-1]) as last:
        for name in names:
            web.tell(name)

        assert await first.heard(2) == []
        assert await last.heard(2) == []


async def test_dropped_connections_come_back_and_readers_look(
    two: tuple[PostgresWakeups, PostgresWakeups], postgres_url: str
) -> None:
    web, worker = two
    await _connected(web, worker)
    database = PostgresDatabase(postgres_url)

    with worker.watch("cnv_1") as bell:
        await database.write(lambda c: c.exec_driver_sql(DROP_THE_OTHERS).all())
        assert await bell.heard(3) == []
        await _connected(web, worker)
        web.tell("cnv_1")
        assert await bell.heard(2) == []

    await database.close()


async def test_an_address_with_options_serves_records_and_wake_ups_alike(postgres_url: str) -> None:
    wakeups = PostgresWakeups(f"{postgres_url}?ssl=prefer", "web"), PostgresWakeups(postgres_url, "worker")
    for each in wakeups:
        each.start()

    await _connected(*wakeups)
    with wakeups[0].watch("cnv_1") as bell:
        wakeups[1].tell("cnv_1")
        assert await bell.heard(2) == []

    for each in wakeups:
        await each.stop()


async def _connected(web: PostgresWakeups, worker: PostgresWakeups) -> None:
    """Once a telling is heard, both are."""
    with worker.watch("hello") as bell:
        for _ in range(50):
            web.tell("hello")
            if await bell.heard(0.1) is not None:
                break
        else:
            raise AssertionError("the two never met")
    await asyncio.sleep(0.05)
