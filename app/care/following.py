"""Reading along: the events of a conversation, from any number on, as they come."""

from collections.abc import AsyncIterator
from dataclasses import dataclass

from app.care.records import ConversationRecords
from app.care.wakeups import Wakeups
from app.domain.conversations import Event

LOOK_EVERY = 1.0


@dataclass(frozen=True, kw_only=True)
class Following:
    """Streams are views of the events; a wake-up only says "look", a look each second covers a lost one."""

    records: ConversationRecords
    wakeups: Wakeups

    async def events(self, conversation_id: str, after: int) -> AsyncIterator[Event | None]:
        """Endless. None is a second in which nothing happened, so that the reader can notice a deadline."""
        with self.wakeups.watch(conversation_id) as watch:
            while True:
                events = await self.records.events(conversation_id, after)
                for event in events:
                    after = event.seq
                    yield event
                if not await watch.rung(LOOK_EVERY):
                    yield None
