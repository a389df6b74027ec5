"""What the parties of a run know of each other: how far it is, and which conversations are alive."""

import asyncio
from collections import deque
from dataclasses import dataclass, field

NEWEST = 30


@dataclass(kw_only=True)
class Board:
    """`met` counts the messages that are through, of all parties; no more than `room` are begun."""

    met: int = 0
    begun: int = 0
    room: int = 0
    over: bool = False
    lively: deque[str] = field(default_factory=lambda: deque(maxlen=NEWEST))

    async def may_begin(self) -> None:
        """Waits until there is room for one more message: a fault is to fall into the load, not behind it."""
        while self.begun >= self.room:
            await asyncio.sleep(0.05)
        self.begun += 1

    def written_to(self, conversation: str) -> None:
        """Somebody just wrote there: the assistant is likely to be in the middle of its reply."""
        self.lively.append(conversation)
