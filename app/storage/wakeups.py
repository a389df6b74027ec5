"""Wake-ups within one process."""

import asyncio
from collections import defaultdict
from collections.abc import Generator, Sequence
from contextlib import contextmanager

from app.domain.conversations import Event


class Bell:
    """Rings stay until they were heard, so none is lost between two looks."""

    def __init__(self) -> None:
        self._event = asyncio.Event()
        self._events: list[Event] = []

    def ring(self, events: Sequence[Event]) -> None:
        self._events.extend(events)
        self._event.set()

    async def heard(self, timeout: float) -> Sequence[Event] | None:
        try:
            async with asyncio.timeout(timeout):
                await self._event.wait()
        except TimeoutError:
            return None
        self._event.clear()
        events, self._events = self._events, []
        return events


class LocalWakeups:
    """Implements care.wakeups.Wakeups on one event loop: enough where one process does all."""

    def __init__(self) -> None:
        self._bells: dict[str, set[Bell]] = defaultdict(set)

    def start(self) -> None:
        """Nothing to connect."""

    async def stop(self) -> None:
        """Nothing to let go of."""

    def tell(self, conversation_id: str, events: Sequence[Event] = ()) -> None:
        for bell in self._bells.get(conversation_id, ()):
            bell.ring(events)

    def tell_all(self) -> None:
        """After rings may have been lost."""
        for name in list(self._bells):
            self.tell(name)

    @contextmanager
    def watch(self, conversation_id: str) -> Generator[Bell, None, None]:
        bell = Bell()
        self._bells[conversation_id].add(bell)
        try:
            yield bell
        finally:
            self._bells[conversation_id].discard(bell)
            if not self._bells[conversation_id]:
                del self._bells[conversation_id]
