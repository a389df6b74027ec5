"""What both sides of figure 4 say: sentences of 25 words, at the same pace to every reader."""

import asyncio
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass, field

WORDS = 25
TOKENS_A_SECOND = 50
INTERVAL = WORDS / TOKENS_A_SECOND
TEXT = (
    "We read every line that you send us and answer from the articles of the shop, so that you always know "
    "just where it stands."
)
"""25 words, none of them a value that would need support."""

assert len(TEXT.split()) == WORDS


@dataclass(kw_only=True)
class Pace:
    """Nobody begins before all are there; then everybody has a place of its own within the interval. Whoever is late
    goes on at once."""

    readers: int
    seconds: float
    _there: int = 0
    _begun: float = 0.0
    _all_there: asyncio.Event = field(default_factory=asyncio.Event)

    async def ticks(self) -> AsyncIterator[int]:
        """Numbers of sentences, each at its time."""
        place, self._there = self._there, self._there + 1
        if self._there == self.readers:
            self._begun = time.monotonic()
            self._all_there.set()
        await self._all_there.wait()
        first = self._begun + 1 + INTERVAL * place / self.readers
        for number in range(int(self.seconds / INTERVAL)):
            if time.monotonic() > first + self.seconds:
                return
            await asyncio.sleep(max(0.0, first + number * INTERVAL - time.monotonic()))
            yield number
