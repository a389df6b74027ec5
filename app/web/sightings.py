"""Who was seen is written down now and then, not with every request."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field

EVERY_SECONDS = 15
KEPT = 1_000


@dataclass(frozen=True)
class Sightings:
    """When each agent was last written down by this process."""

    clock: Callable[[], float] = time.monotonic
    _last: dict[str, float] = field(default_factory=dict[str, float])

    def is_due(self, whose: str) -> bool:
        """True once in 15 seconds for each."""
        now = self.clock()
        if now - self._last.get(whose, -EVERY_SECONDS) < EVERY_SECONDS:
            return False
        if len(self._last) >= KEPT:
            self._last.clear()
        self._last[whose] = now
        return True
