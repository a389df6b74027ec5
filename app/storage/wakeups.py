"""Wake-ups within one process."""

import asyncio
from collections import defaultdict
from collections.abc import Generator
from contextlib import contextmanager


class Bell:
    """Rings stay until they were heard, so none is lost between two looks."""

    def __init__(self) -> None:
        self._event = asyncio.Event()

    def ring(self) -> None:
        self._event.set()

    async def rung(self, timeout: float) -> bool:
        try:
            async with asyncio.timeout(timeout):
                await self._event.wait()
        except TimeoutError:
            return False
        self._event.clear()
        return True


class LocalWakeups:
    """Implements care.wakeups.Wakeups on one event loop."""

    def __init__(self) -> None:
        self._bells: dict[str, set[Bell]] = defaultdict(set)

    def tell(self, conversation_id: str) -> None:
        for bell in self._bells.get(conversation_id, ()):
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
