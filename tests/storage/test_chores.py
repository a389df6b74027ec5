"""Chores: one process at a time has one, an owner that died loses it, on both databases."""

import asyncio

import pytest

from app.storage.chores import ChoreKeeper
from app.storage.database import Database, open_database
from tests.fakes.parts import FakeClock


@pytest.fixture
def chores(database: Database, clock: FakeClock) -> ChoreKeeper:
    return ChoreKeeper(database, clock)


async def test_a_chore_belongs_to_one_owner_until_its_time_is_up(chores: ChoreKeeper, clock: FakeClock) -> None:
    assert await chores.hold("embedding", "one", 30)

    before = await chores.hold("embedding", "two", 30)
    clock.forward(seconds=31)
    after = await chores.hold("embedding", "two", 30)

    assert (before, after) == (False, True)
    assert not await chores.hold("embedding", "one", 30)


async def test_an_owner_holds_its_chore_longer(chores: ChoreKeeper, clock: FakeClock) -> None:
    await chores.hold("embedding", "one", 30)
    clock.forward(seconds=20)

    assert await chores.hold("embedding", "one", 30)

    clock.forward(seconds=20)
    assert not await chores.hold("embedding", "two", 30)


async def test_only_the_owner_lets_go(chores: ChoreKeeper) -> None:
    await chores.hold("embedding", "one", 30)

    await chores.let_go("embedding", "two")
    still = await chores.hold("embedding", "two", 30)
    await chores.let_go("embedding", "one")

    assert not still
    assert await chores.hold("embedding", "two", 30)


async def test_chores_do_not_stand_in_each_others_way(chores: ChoreKeeper) -> None:
    assert await chores.hold("embedding", "one", 30)
    assert await chores.hold("watching", "two", 30)


async def test_one_of_many_that_race_for_a_free_or_expired_chore_gets_it(
    database: Database, records_url: str, clock: FakeClock
) -> None:
    others = [open_database(records_url) for _ in range(3)]
    keepers = [ChoreKeeper(each, clock) for each in (database, *others)]
    try:
        for _ in range(10):
            clock.forward(seconds=31)

            won = await asyncio.gather(*(keepers[n % 4].hold("embedding", f"worker {n}", 30) for n in range(12)))

            assert sum(won) == 1
    finally:
        for each in others:
            await each.close()
