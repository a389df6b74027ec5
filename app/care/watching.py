"""The watchdog: every customer message reaches an outcome within the turn's deadline, and somebody hears if not."""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from app.care.state import OverdueConversation, ServiceState, StateRecords

log = logging.getLogger(__name__)

NAMED_AT_ONCE = 20


@dataclass(frozen=True, kw_only=True)
class Watchdog:
    """`deadline` is a turn's, in seconds."""

    records: StateRecords
    clock: Callable[[], datetime]
    deadline: float

    async def state(self) -> ServiceState:
        return await self.records.state(self.clock(), self._overdue_before())

    async def overdue(self, limit: int = 200) -> Sequence[OverdueConversation]:
        """Longest waiting first."""
        return await self.records.overdue_conversations(self._overdue_before(), limit)

    async def warn(self) -> None:
        """A line for each conversation whose customer waits for too long."""
        now = self.clock()
        for late in await self.overdue(NAMED_AT_ONCE):
            seconds = round((now - late.since).total_seconds())
            log.warning("a customer waits for too long", extra={"conversation": late.id, "seconds": seconds})

    def _overdue_before(self) -> datetime:
        return self.clock() - timedelta(seconds=self.deadline)
