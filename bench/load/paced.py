"""What both sides of figure 4 say: sentences of 25 words, at the same pace to every reader."""

import asyncio
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass, field

WORDS = 25
TOKENS_A_SECOND = 50
INTERVAL = WORDS / TOKENS_A_SECOND
THINGS = [
    "line", "letter", "note", "wish", "word", "card", "form", "photo",
    "list", "report", "review", "remark", "comment", "request", "drawing", "story",
]  # fmt: skip
SENTENCES = [
    f"We read every {thing} that you send us and answer from the articles of the shop, so that you always know "
    "just where it stands."
    for thing in THINGS
]
"""25 words each; none is said twice in a reply, and each is carried by the article that is made of them."""

ARTICLE = "# What we read\n\n" + "\n\n".join(SENTENCES)
QUESTION = "Do you read every letter and every note that I send you?"

assert all(len(sentence.split()) == WORDS for sentence in SENTENCES)


def sentence(number: int) -> str:
    return SENTENCES[number % len(SENTENCES)]


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
