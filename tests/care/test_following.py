"""Reading along where no wake-up comes: those who hear nothing look once a second, and together."""

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import aclosing
from dataclasses import dataclass, field
from typing import Any, cast

from app.care.following import GATHERED_SECONDS, Following
from app.care.records import ConversationRecords, RecordsUnavailableError
from app.domain.conversations import Event, MessageReceived
from app.storage.wakeups import LocalWakeups
from tests.fakes.parts import FakeClock


def _event(conversation: str, seq: int) -> Event:
    return Event(
        conversation_id=conversation, seq=seq, at=FakeClock().now, body=MessageReceived(message_id="m", text="?")
    )


@dataclass
class Shelf:
    """Events in memory; counts the looks of both kinds."""

    events_of: dict[str, list[Event]] = field(default_factory=dict[str, list[Event]])
    looks: list[str] = field(default_factory=list[str])
    looks_together: list[list[str]] = field(default_factory=list[list[str]])
    away: bool = False

    async def events(self, conversation_id: str, after: int, limit: int = 200) -> Sequence[Event]:
        self.looks.append(conversation_id)
        return [event for event in self.events_of.get(conversation_id, []) if event.seq > after][:limit]

    async def last_numbers(self, conversation_ids: Sequence[str]) -> Mapping[str, int]:
        if self.away:
            raise RecordsUnavailableError("away")
        self.looks_together.append(sorted(conversation_ids))
        return {id: events[-1].seq for id in conversation_ids if (events := self.events_of.get(id))}


def _following(shelf: Shelf) -> Following:
    return Following(records=cast(ConversationRecords, shelf), wakeups=LocalWakeups())


async def _next_event(stream: AsyncIterator[Event | None]) -> Event:
    async for event in stream:
        if event is not None:
            return event
    raise AssertionError("the stream ended")


async def test_an_event_that_nobody_told_of_is_found_by_the_look_of_the_next_second() -> None:
    shelf = Shelf()
    async with aclosing(cast(Any, _following(shelf).events("cnv", 0))) as stream:
        assert await anext(stream) is None
        shelf.events_of["cnv"] = [_event("cnv", 1)]

        async with asyncio.timeout(3):
            assert (await _next_event(stream)).seq == 1


async def test_many_silent_readers_look_together() -> None:
    shelf = Shelf()
    following = _following(shelf)
    streams = [following.events(f"cnv{number}", 0) for number in range(50)]

    async def two_silent_seconds(stream: AsyncIterator[Event | None]) -> None:
        assert await anext(stream) is None
        assert await anext(stream) is None

    await asyncio.gather(*map(two_silent_seconds, streams))

    await asyncio.sleep(2 * GATHERED_SECONDS)

    assert len(shelf.looks) == 50  # each at its beginning
    assert len(shelf.looks_together) <= 3
    assert {id for ids in shelf.looks_together for id in ids} == {f"cnv{number}" for number in range(50)}


async def test_readers_wait_while_the_records_are_away_and_go_on_afterwards() -> None:
    shelf = Shelf(away=True)
    stream = _following(shelf).events("cnv", 0)
    assert await anext(stream) is None
    assert await anext(stream) is None

    shelf.events_of["cnv"], shelf.away = [_event("cnv", 1)], False

    async with asyncio.timeout(3):
        assert (await _next_event(stream)).seq == 1


async def test_what_is_told_needs_no_look() -> None:
    shelf = Shelf()
    following = _following(shelf)
    stream = following.events("cnv", 0)
    told = asyncio.create_task(_next_event(stream))
    await asyncio.sleep(0.01)

    following.wakeups.tell("cnv", [_event("cnv", 1)])

    assert (await asyncio.wait_for(told, 1)).seq == 1
    assert shelf.looks == ["cnv"]
