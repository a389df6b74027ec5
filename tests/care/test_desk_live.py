"""One look at the records serves all who follow the desk; what was touched is told, and nothing piles up."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import aclosing
from dataclasses import dataclass, field

import pytest

from app.care.desk import DeskState, PresentAgent
from app.care.desk_live import MOST_TOUCHED, LiveDesk, Snapshot, Touched
from app.care.records import RecordsUnavailableError
from app.storage.wakeups import LocalWakeups

REST = 0.02


@dataclass
class FakeDesk:
    """Says what it is told to; counts who looked."""

    waiting: int = 0
    looks: int = 0
    away: bool = False
    present: tuple[PresentAgent, ...] = field(default_factory=tuple)

    async def state(self) -> DeskState:
        self.looks += 1
        if self.away:
            raise RecordsUnavailableError
        return DeskState(waiting_count=self.waiting, present=self.present)

    async def set_viewing(self, agent_id: str, conversation_id: str | None) -> None: ...


@pytest.fixture
def records() -> FakeDesk:
    return FakeDesk()


@pytest.fixture
def wakeups() -> LocalWakeups:
    return LocalWakeups()


@pytest.fixture
def desk(records: FakeDesk, wakeups: LocalWakeups) -> LiveDesk:
    """Looks when it is rung for alone."""
    return LiveDesk(records=records, wakeups=wakeups, rest=REST, look_every=600)


async def test_whoever_comes_sees_the_desk_first(desk: LiveDesk) -> None:
    async with aclosing(desk.follow()) as news:
        first = await anext(news)

    assert isinstance(first, Snapshot)


async def test_many_who_follow_cost_one_look(desk: LiveDesk, records: FakeDesk, wakeups: LocalWakeups) -> None:
    followers = [desk.follow() for _ in range(50)]
    firsts = await asyncio.gather(*(anext(news) for news in followers))
    records.waiting, looks = 1, records.looks

    wakeups.tell("cnv_1")
    seconds = await asyncio.gather(*(anext(news) for news in followers))
    for news in followers:
        await news.aclose()

    assert len({id(each) for each in firsts}) == 1
    assert {each.state.waiting_count for each in seconds if isinstance(each, Snapshot)} == {1}
    assert records.looks == looks + 1


async def test_a_storm_of_rings_is_looked_at_once_in_a_rest(
    desk: LiveDesk, records: FakeDesk, wakeups: LocalWakeups
) -> None:
    async with aclosing(desk.follow()) as news:
        await anext(news)
        looks, began = records.looks, time.monotonic()
        for _ in range(200):
            wakeups.tell("cnv_1")
            await asyncio.sleep(REST / 40)
        seconds = time.monotonic() - began

    assert records.looks - looks <= seconds / REST + 1


async def test_what_was_touched_is_told_behind_the_newest_snapshot(
    desk: LiveDesk, records: FakeDesk, wakeups: LocalWakeups
) -> None:
    async with aclosing(desk.follow()) as news:
        first = await anext(news)
        records.waiting = 2
        for name in ("cnv_1", "cnv_2", "turns", "desk"):
            wakeups.tell(name)
        told = [await anext(news) for _ in range(3)]

    assert isinstance(first, Snapshot)
    assert isinstance(told[0], Snapshot)
    assert told[0].version > first.version
    assert {each.conversation_id for each in told if isinstance(each, Touched)} == {"cnv_1", "cnv_2"}


async def test_a_desk_that_did_not_change_is_not_told_again(desk: LiveDesk, wakeups: LocalWakeups) -> None:
    async with aclosing(desk.follow()) as news:
        await anext(news)
        wakeups.tell("cnv_1")

        assert await anext(news) == Touched(conversation_id="cnv_1")


async def test_a_slow_reader_gets_the_newest_snapshot_alone_and_no_endless_list(
    desk: LiveDesk, records: FakeDesk, wakeups: LocalWakeups
) -> None:
    async with aclosing(desk.follow()) as news:
        await anext(news)
        for number in range(MOST_TOUCHED * 2):
            records.waiting = number
            wakeups.tell(f"cnv_{number}")
            await asyncio.sleep(REST / 10)
        await _looked(records, times=2, wakeups=wakeups)
        newest, touched = await anext(news), await anext(news)

    assert isinstance(newest, Snapshot)
    assert newest.state.waiting_count == MOST_TOUCHED * 2 - 1
    assert touched == Touched(conversation_id=None)


async def test_nobody_looks_while_nobody_follows(desk: LiveDesk, records: FakeDesk, wakeups: LocalWakeups) -> None:
    async with aclosing(desk.follow()) as news:
        await anext(news)
    looks = records.looks

    wakeups.tell("cnv_1")
    await asyncio.sleep(REST * 5)

    assert records.looks == looks


async def test_who_comes_back_sees_what_is_now(desk: LiveDesk, records: FakeDesk, wakeups: LocalWakeups) -> None:
    async with aclosing(desk.follow()) as news:
        await anext(news)
    records.waiting = 7
    wakeups.tell("cnv_1")

    async with aclosing(desk.follow()) as news:
        first = await anext(news)

    assert isinstance(first, Snapshot)
    assert first.state.waiting_count == 7


async def test_records_that_were_away_lose_nothing_that_was_touched(
    desk: LiveDesk, records: FakeDesk, wakeups: LocalWakeups
) -> None:
    async with aclosing(desk.follow()) as news:
        await anext(news)
        records.away = True
        wakeups.tell("cnv_1")
        await _looked(records, times=1, wakeups=wakeups)
        records.away = False
        wakeups.tell("cnv_2")

        told = {await _touched(news) for _ in range(2)}

    assert told == {"cnv_1", "cnv_2"}


async def test_agents_who_leave_in_silence_are_noticed(records: FakeDesk, wakeups: LocalWakeups) -> None:
    desk = LiveDesk(records=records, wakeups=wakeups, rest=REST, look_every=REST)
    records.present = (PresentAgent(id="agt_1", name="Robin"),)
    async with aclosing(desk.follow()) as news:
        await anext(news)
        records.present = ()

        later = await anext(news)

    assert isinstance(later, Snapshot)
    assert later.state.present == ()


async def test_the_end_of_the_process_ends_all_who_follow(desk: LiveDesk) -> None:
    async def follows() -> int:
        return len([each async for each in desk.follow()])

    followers = [asyncio.create_task(follows()) for _ in range(3)]
    await asyncio.sleep(REST)

    desk.end()

    async with asyncio.timeout(1):
        assert await asyncio.gather(*followers) == [1, 1, 1]


async def _touched(news: AsyncIterator[object]) -> str | None:
    while True:
        each = await anext(news)
        if isinstance(each, Touched):
            return each.conversation_id


async def _looked(records: FakeDesk, *, times: int, wakeups: LocalWakeups) -> None:
    """Waits until it looked so often once more, after a ring."""
    wanted = records.looks + times
    async with asyncio.timeout(10):
        while records.looks < wanted:
            wakeups.tell("desk")
            await asyncio.sleep(REST / 2)
