"""Who read which customer's profile: noted once for an agent, a customer and a quarter of an hour."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from app.care.desk import DeskRecords
from app.care.staff_records import AuditRecords
from app.domain.agents import Agent

PROFILE_READ = "profile.read"
ONCE_WITHIN = timedelta(minutes=15)
REMEMBERED = 10_000


@dataclass(kw_only=True)
class ProfileReads:
    """Other processes note too: before this one does, it looks whether it stands there already."""

    audit: AuditRecords
    desk: DeskRecords
    clock: Callable[[], datetime]
    _noted: dict[tuple[str, str], datetime] = field(default_factory=dict[tuple[str, str], datetime])
    _one_at_a_time: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def note(self, agent: Agent, customer_id: str, conversation_id: str) -> None:
        """Raises RecordsUnavailableError: what cannot be noted is not shown."""
        since = self.clock() - ONCE_WITHIN
        if self._is_noted(agent, customer_id, since):
            return
        async with self._one_at_a_time:
            if self._is_noted(agent, customer_id, since):
                return
            if not await self.desk.noted_since(agent, PROFILE_READ, customer_id, since):
                await self.audit.note(agent, PROFILE_READ, customer_id, {"conversation": conversation_id})
                self._remember(agent, customer_id)

    def _is_noted(self, agent: Agent, customer_id: str, since: datetime) -> bool:
        noted = self._noted.get((agent.id, customer_id))
        return noted is not None and noted > since

    def _remember(self, agent: Agent, customer_id: str) -> None:
        if len(self._noted) >= REMEMBERED:
            self._noted.clear()
        self._noted[agent.id, customer_id] = self.clock()
