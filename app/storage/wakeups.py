"""Wake-ups within one process."""

import asyncio
from collections import defaultdict
from collections.abc import Generator, Sequence, Set
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


class BellOfAll:
    """Rings with a name, or with none where names may have been lost."""

    def __init__(self) -> None:
        self._event = asyncio.Event()
        self._names: set[str] = set()

    def ring(self, *names: str) -> None:
        self._names.update(names)
        self._event.set()

    async def heard(self, timeout: float) -> Set[str] | None:
        try:
            async with asyncio.timeout(timeout):
                await self._event.wait()
        except TimeoutError:
            return None
        self._event.clear()
        names, self._names = self._names, set()
        return names


class LocalWakeups:
    """Implements care.wakeups.Wakeups on one event loop: enough where one process does all."""

    def __init__(self) -> None:
        self._bells: dict[str, set[Bell]] = defaultdict(set)
        self._bells_of_all: set[BellOfAll] = set()

    def start(self) -> None:
        """Nothing to connect."""

    async def stop(self) -> None:
        """Nothing to let go of."""

    def tell(self, conversation_id: str, events: Sequence[Event] = ()) -> None:
        for bell in self._bells.get(conversation_id, ()):
            bell.ring(events)
        for bell in self._bells_of_all:
            bell.ring(conversation_id)

    def tell_all(self) -> None:
        """Here, after rings may have been lost."""
        for name in list(self._bells):
            for bell in self._bells[name]:
                bell.ring(())
        for bell in self._bells_of_all:
            bell.ring()

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

    @contextmanager
    def watch_all(self) -> Generator[BellOfAll, None, None]:
        bell = BellOfAll()
        self._bells_of_all.add(bell)
        try:
            yield bell
        finally:
            self._bells_of_all.discard(bell)
