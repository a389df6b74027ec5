"""Wake-ups only say "look": what there is to see stands in the records."""

from collections.abc import Sequence, Set
from contextlib import AbstractContextManager
from typing import Protocol

from app.domain.conversations import Event

TURNS, DELIVERIES = "turns", "deliveries"
"""Names beside the conversations' ids, for those who do the work: something is due."""


class Watch(Protocol):
    """One reader's bell for one conversation."""

    def ring(self, events: Sequence[Event]) -> None:
        """Wakes this reader alone."""
        ...

    async def heard(self, timeout: float) -> Sequence[Event] | None:
        """Committed events that came with the rings since the last call, perhaps not all; None when `timeout`
        seconds went by without a ring."""
        ...


class WatchOfAll(Protocol):
    """One reader's bell for whatever is told."""

    async def heard(self, timeout: float) -> Set[str] | None:
        """The names that were told since the last call; empty where some may have been lost. None when `timeout`
        seconds went by without a ring."""
        ...


class Wakeups(Protocol):
    """Rings readers when a conversation has new events. A ring may be lost: readers look each second anyway."""

    def tell(self, conversation_id: str, events: Sequence[Event] = ()) -> None:
        """`events` were committed just now; readers who miss none before them need not look."""
        ...

    def watch(self, conversation_id: str) -> AbstractContextManager[Watch]: ...

    def watch_all(self) -> AbstractContextManager[WatchOfAll]: ...
