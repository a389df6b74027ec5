"""Reading along: the events of a conversation, from any number on, as they come."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field

from app.care.records import ConversationRecords
from app.care.wakeups import Wakeups
from app.domain.conversations import Event

LOOK_EVERY = 1.0


@dataclass(frozen=True, kw_only=True)
class Following:
    """Streams are views of the events; a wake-up only says "look", a look each second covers a lost one."""

    records: ConversationRecords
    wakeups: Wakeups
    _ended: asyncio.Event = field(default_factory=asyncio.Event)

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
                heard = await watch.heard(LOOK_EVERY)
                if heard is None:
                    yield None

    async def _next(self, conversation_id: str, after: int, heard: Sequence[Event] | None) -> Sequence[Event]:
        """What was heard, if it goes on where the reader is; else a look into the records."""
        new = [event for event in heard or () if event.seq > after]
        if new and [event.seq for event in new] == list(range(after + 1, after + 1 + len(new))):
            return new
        return await self.records.events(conversation_id, after)
