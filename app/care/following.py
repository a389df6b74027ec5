"""Reading along: the events of a conversation, from any number on, as they come."""

import asyncio
import logging
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from app.care.records import ConversationRecords, RecordsUnavailableError
from app.care.wakeups import Wakeups, Watch
from app.domain.conversations import Event

log = logging.getLogger(__name__)

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
                    self._silent.look(conversation_id, after, watch)
                    yield None

    async def _next(self, conversation_id: str, after: int, heard: Sequence[Event] | None) -> Sequence[Event]:
        """What was heard, if it goes on where the reader is; else a look into the records."""
        new = [event for event in heard or () if event.seq > after]
        if new and [event.seq for event in new] == list(range(after + 1, after + 1 + len(new))):
            return new
        return await self.records.events(conversation_id, after)


class _Silent:
    """Readers who heard nothing, looked after together: whose conversation has gone on hears a ring."""

    def __init__(self, records: ConversationRecords) -> None:
        self._records = records
        self._waiting: list[tuple[str, int, Watch]] = []
        self._looks: set[asyncio.Task[None]] = set()

    def look(self, conversation_id: str, after: int, watch: Watch) -> None:
        """Within moments. While the records are away nobody is told of anything."""
        self._waiting.append((conversation_id, after, watch))
        if len(self._waiting) == 1:
            look = asyncio.create_task(self._gathered())
            self._looks.add(look)
            look.add_done_callback(self._looks.discard)

    async def _gathered(self) -> None:
        await asyncio.sleep(GATHERED_SECONDS)
        waiting, self._waiting = self._waiting, list[tuple[str, int, Watch]]()
        try:
            latest = await self._records.last_numbers(list({conversation_id for conversation_id, _, _ in waiting}))
        except RecordsUnavailableError as error:
            log.warning("readers wait for the records: %s", error)
            return
        for conversation_id, after, watch in waiting:
            if latest.get(conversation_id, 0) > after:
                watch.ring(())
