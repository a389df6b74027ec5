"""Wake-ups only say "look": what there is to see stands in the records."""

from contextlib import AbstractContextManager
from typing import Protocol


class Watch(Protocol):
    """One reader's bell for one conversation."""

    async def rung(self, timeout: float) -> bool:
        """Whether it rang within `timeout` seconds; rings since the last call count."""
        ...


class Wakeups(Protocol):
    """Rings readers when a conversation has new events. A ring may be lost: readers look each second anyway."""

    def tell(self, conversation_id: str) -> None: ...

    def watch(self, conversation_id: str) -> AbstractContextManager[Watch]: ...
