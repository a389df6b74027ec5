"""Places for turns: as many as there are, given up while a model is waited for."""

import asyncio

import pytest

from app.care.room import Room


async def test_no_more_turns_work_at_once_than_there_are_places() -> None:
    room, inside, most = Room(2), 0, 0

    async def turn() -> None:
        nonlocal inside, most
        async with room.entered():
            inside += 1
            most = max(most, inside)
            await asyncio.sleep(0.001)
            inside -= 1

    await asyncio.gather(*(turn() for _ in range(10)))

    assert most == 2


async def test_a_turn_that_waits_for_a_model_lets_another_work() -> None:
    room, answered = Room(1), asyncio.Event()

    async def with_model() -> None:
        async with room.entered(), room.left():
            await answered.wait()

    waiting = asyncio.create_task(with_model())
    await asyncio.sleep(0)
    async with asyncio.timeout(1), room.entered():
        answered.set()
    await waiting

    async with asyncio.timeout(1), room.entered():
        assert waiting.done()


async def test_a_turn_called_off_before_it_came_back_leaves_no_place_behind() -> None:
    room, answered, entered = Room(1), asyncio.Event(), asyncio.Event()

    async def with_model() -> None:
        async with room.entered(), room.left():
            entered.set()
            await answered.wait()

    waiting = asyncio.create_task(with_model())
    await entered.wait()
    async with room.entered():
        answered.set()
        await asyncio.sleep(0)
        waiting.cancel()
        with pytest.raises(asyncio.CancelledError):
            await waiting

    async with asyncio.timeout(1), room.entered():
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.01), room.entered():
                pass


async def test_a_turn_without_a_place_gives_none_back() -> None:
    room, entered, done = Room(1), asyncio.Event(), asyncio.Event()

    async def other() -> None:
        async with room.entered():
            entered.set()
            await done.wait()

    async with room.entered():
        working = asyncio.create_task(other())
        with pytest.raises(TimeoutError):
            await _left_until(room, entered)
        third = asyncio.create_task(_enters(room))
        async with room.left():  # the turn starts over and leaves for its model once more
            await asyncio.sleep(0.01)
            let_in = third.done()
            done.set()
            await working
    await third

    assert not let_in


async def test_a_turn_that_left_for_good_ends_while_others_have_all_places() -> None:
    room, left = Room(1), asyncio.Event()

    async def with_model() -> None:
        async with room.entered():
            room.leave()
            room.leave()
            left.set()
            await asyncio.sleep(0)

    answered = asyncio.create_task(with_model())
    await left.wait()
    async with asyncio.timeout(1), room.entered():
        await answered
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.01), room.entered():
                pass


async def test_a_turn_whose_model_failed_waits_for_a_place_to_go_on() -> None:
    room, left, failed, went_on = Room(1), asyncio.Event(), asyncio.Event(), asyncio.Event()

    async def with_model() -> None:
        async with room.entered():
            room.leave()
            left.set()
            await failed.wait()
            await room.back()
            await room.back()
            went_on.set()

    answered = asyncio.create_task(with_model())
    await left.wait()
    async with room.entered():
        failed.set()
        await asyncio.sleep(0.01)
        waited = not went_on.is_set()
    await answered

    assert waited
    async with asyncio.timeout(1), room.entered():
        pass


async def _enters(room: Room) -> None:
    async with room.entered():
        pass


async def _left_until(room: Room, entered: asyncio.Event) -> None:
    async with asyncio.timeout(0.05), room.left():
        await entered.wait()
