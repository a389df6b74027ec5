"""Reading along: the events of a conversation, from any number on, as they come."""

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from app.care.records import ConversationRecords
from app.care.wakeups import Wakeups
from app.domain.conversations import Event

LOOK_EVERY = 1.0
GATHERED_SECONDS = 0.1
"""Readers to whom nothing came for a second look together: hundreds of open widgets are a few looks a second."""


@dataclass(frozen=True, kw_only=True)
class Following:
    """Streams are views of the events; a wake-up only says "look", a look each second covers a lost one."""

    records: ConversationRecords
    wakeups: Wakeups
    _ended: asyncio.Event = field(default_factory=asyncio.Event)

    @cached_property
    def _silent(self) -> "_Silent":
        return _Silent(self.records)

    def end(self) -> None:
        """This process stops: those who follow find the next one, from the last number that they saw."""
        self._ended.set()

    async def follow(self, conversation_id: str, after: int) -> AsyncIterator[Event | None]:
        """As `events`, until this process stops."""
        async for event in self.events(conversation_id, after):
            if self._ended.is_set():
                return
            yield event

    async def events(self, conversation_id: str, after: int) -> AsyncIterator[Event | None]:
        """Endless. None is a second in which nothing happened, so that the reader can notice a deadline."""
        with self.wakeups.watch(conversation_id) as watch:
            heard: Sequence[Event] | None = ()
            while True:
                for event in await self._next(conversation_id, after, heard):
                    after = event.seq
                    yield event
                while (heard := await watch.heard(LOOK_EVERY)) is None:
                    yield None
                    if await self._silent.latest(conversation_id) > after:
                        break

    async def _next(self, conversation_id: str, after: int, heard: Sequence[Event] | None) -> Sequence[Event]:
        """What was heard, if it goes on where the reader is; else a look into the records."""
        new = [event for event in heard or () if event.seq > after]
        if new and [event.seq for event in new] == list(range(after + 1, after + 1 + len(new))):
            return new
        return await self.records.events(conversation_id, after)


class _Silent:
    """What the conversations are at whose readers heard nothing, looked up for all who ask at about the same time."""

    def __init__(self, records: ConversationRecords) -> None:
        self._records = records
        self._asked: set[str] = set()
        self._look: asyncio.Task[Mapping[str, int]] | None = None

    async def latest(self, conversation_id: str) -> int:
        """The number of its last event. Raises RecordsUnavailableError."""
        self._asked.add(conversation_id)
        if self._look is None:
            self._look = asyncio.create_task(self._gathered())
            self._look.add_done_callback(lambda look: look.cancelled() or look.exception())  # also when all have gone
        return (await asyncio.shield(self._look)).get(conversation_id, 0)

    async def _gathered(self) -> Mapping[str, int]:
        await asyncio.sleep(GATHERED_SECONDS)
        asked, self._asked, self._look = self._asked, set[str](), None
        return await self._records.last_numbers(list(asked))
