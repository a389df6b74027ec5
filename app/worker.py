"""Turns and due work: many conversations at once, one turn at a time in each."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from app.care.answering import Answering
from app.care.ingesting import Ingesting
from app.care.records import TurnRecords
from app.care.remembering import Remembering
from app.domain.turns import Lease

log = logging.getLogger(__name__)

HEARTBEAT_SECONDS = 5.0
LOOK_SECONDS = 1.0
TURNS_AT_ONCE = 200


@dataclass(kw_only=True)
class Worker:
    """Holds the leases of this process; `owner` is its name in the records."""

    owner: str
    answering: Answering
    records: TurnRecords
    remembering: Remembering
    ingesting: Ingesting
    look_seconds: float = LOOK_SECONDS
    _turns: dict[Lease, asyncio.Task[None]] = field(default_factory=dict[Lease, asyncio.Task[None]])
    _loops: list[asyncio.Task[None]] = field(default_factory=list[asyncio.Task[None]])

    def start(self) -> None:
        every = {
            self._take_due: self.look_seconds,
            self._beat: HEARTBEAT_SECONDS,
            self._remember: self.look_seconds,
            self._embed: self.look_seconds,
        }
        self._loops = [asyncio.create_task(_forever(work, seconds)) for work, seconds in every.items()]

    def take(self, lease: Lease) -> None:
        """Begins the turn at once, in the background."""
        task = asyncio.create_task(self._take(lease))
        self._turns[lease] = task
        task.add_done_callback(lambda _task: self._turns.pop(lease, None))

    async def stop(self, seconds: float = 10.0) -> None:
        """Finishes the turns under way within `seconds`; what remains is handed back."""
        for loop in self._loops:
            loop.cancel()
        under_way = dict(self._turns)
        if under_way:
            _, late = await asyncio.wait(under_way.values(), timeout=seconds)
            for task in late:
                task.cancel()
            for lease, task in under_way.items():
                if task in late:
                    await self.records.release(lease)

    async def _take(self, lease: Lease) -> None:
        try:
            await self.answering.take_turns(lease)
        except Exception:
            log.exception("turn left to whoever takes the lease next", extra={"conversation": lease.conversation_id})

    async def _take_due(self) -> None:
        room = TURNS_AT_ONCE - len(self._turns)
        if room > 0:
            for lease in await self.records.take_due(self.owner, room):
                self.take(lease)

    async def _beat(self) -> None:
        await self.records.renew(list(self._turns))

    async def _remember(self) -> None:
        while await self.remembering.remember_due():
            pass

    async def _embed(self) -> None:
        while await self.ingesting.embed_due():
            pass


async def _forever(work: Callable[[], Awaitable[None]], seconds: float) -> None:
    while True:
        try:
            await work()
        except Exception:
            log.exception("due work failed; it is tried again")
        await asyncio.sleep(seconds)
