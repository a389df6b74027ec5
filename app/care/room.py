"""How many turns work at once: more only take each other's time, and that of messages that come in."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from contextvars import ContextVar
from dataclasses import dataclass

PLACES = 4


@dataclass
class _Place:
    held: bool = True


class Room:
    """Places for turns that compute. One that waits for a model leaves its place to others, for good where only the
    model's sentences and the end are still to come."""

    def __init__(self, places: int = PLACES) -> None:
        self._free = asyncio.Semaphore(places)
        self._mine: ContextVar[_Place] = ContextVar("place")

    @asynccontextmanager
    async def entered(self) -> AsyncGenerator[None, None]:
        await self._free.acquire()
        place = _Place()
        self._mine.set(place)
        try:
            yield
        finally:
            if place.held:
                self._free.release()

    @asynccontextmanager
    async def left(self) -> AsyncGenerator[None, None]:
        """Within `entered`. Called off while it waits to come back, a turn holds no place."""
        self.leave()
        try:
            yield
        finally:
            await self.back()

    def leave(self) -> None:
        """Within `entered`; also twice."""
        place = self._mine.get()
        if place.held:
            place.held = False
            self._free.release()

    async def back(self) -> None:
        """Within `entered`; also where the place is still held."""
        place = self._mine.get()
        if not place.held:
            await self._free.acquire()
            place.held = True
