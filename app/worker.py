"""Turns and due work: many conversations at once, one turn at a time in each."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field

from app.care.answering import Answering
from app.care.embedding import EmbeddingDue
from app.care.outbox import Outbox
from app.care.records import RecordsUnavailableError, TurnRecords
from app.care.remembering import Remembering
from app.care.wakeups import DELIVERIES, TURNS, Wakeups
from app.care.watching import Watchdog
from app.domain.turns import Lease

log = logging.getLogger(__name__)

HEARTBEAT_SECONDS = 5.0
BEATS_AGAIN = 4
PRUNE_SECONDS = 3_600.0
LOOK_SECONDS = 1.0
WATCH_SECONDS = 60.0
TURNS_AT_ONCE = 200
AT_ONE_LOOK = 10
"""Turns taken in one transaction: other processes are to find some too."""

RECORDS_AWAY_SECONDS = (0.2, 1.0, 2.0, 4.0, 8.0)
"""A turn whose records are away tries again after these; then whoever finds its lease run out goes on."""


@dataclass(kw_only=True)
class Worker:
    """Holds the leases of this process; `owner` is its name in the records. `beside`: other work that may be due, and
    after how many seconds it is looked for again."""

    owner: str
    answering: Answering
    records: TurnRecords
    remembering: Remembering
    embedding: EmbeddingDue
    outbox: Outbox
    wakeups: Wakeups
    watchdog: Watchdog
    beside: Mapping[Callable[[], Awaitable[None]], float] = field(
        default_factory=dict[Callable[[], Awaitable[None]], float]
    )
    look_seconds: float = LOOK_SECONDS
    _stopping: asyncio.Event = field(default_factory=asyncio.Event)
    _turns: dict[Lease, asyncio.Task[None]] = field(default_factory=dict[Lease, asyncio.Task[None]])
    _loops: list[asyncio.Task[None]] = field(default_factory=list[asyncio.Task[None]])

    @property
    def turns_under_way(self) -> int:
        return len(self._turns)

    def start(self) -> None:
        every = {self._beat: HEARTBEAT_SECONDS, self._remember: self.look_seconds, self.watchdog.warn: WATCH_SECONDS}
        every |= {self.embedding.look: self.look_seconds, self.outbox.prune: PRUNE_SECONDS, **self.beside}
        told = {TURNS: self._take_due, DELIVERIES: self.outbox.deliver_due}
        self._loops = [
            *(asyncio.create_task(_forever(work, seconds)) for work, seconds in every.items()),
            *(asyncio.create_task(self._when_told(name, work)) for name, work in told.items()),
        ]

    def take(self, lease: Lease) -> None:
        """Begins the turn at once, in the background."""
        task = asyncio.create_task(self._take(lease))
        self._turns[lease] = task
        task.add_done_callback(lambda _task: self._turns.pop(lease, None))

    async def stop(self, seconds: float = 10.0) -> None:
        """Finishes the turns and tries under way within `seconds`; turns that remain are handed back."""
        self._stopping.set()
        for loop in self._loops:
            loop.cancel()
        beating = asyncio.create_task(_forever(self._beat, HEARTBEAT_SECONDS))
        parts = (self._finish_turns(seconds), self.outbox.stop(), self.embedding.stop())
        for problem in await asyncio.gather(*parts, return_exceptions=True):
            if isinstance(problem, Exception):
                log.warning("not all was handed back at the stop: %s", type(problem).__name__)
        beating.cancel()

    async def _finish_turns(self, seconds: float) -> None:
        under_way = dict(self._turns)
        if not under_way:
            return
        _, late = await asyncio.wait(under_way.values(), timeout=seconds)
        for task in late:
            task.cancel()
        for lease, task in under_way.items():
            if task in late:
                await self.records.release(lease)

    async def _take(self, lease: Lease) -> None:
        """The heartbeat keeps the lease while the records are away for a moment; a stopping process lets it go."""
        for pause in RECORDS_AWAY_SECONDS:
            try:
                return await self.answering.take_turns(lease)
            except RecordsUnavailableError:
                log.warning("the turn waits for the records", extra=_ids(lease))
                if await self._stops_within(pause):
                    return None
            except Exception:
                log.exception("turn left to whoever takes the lease next", extra=_ids(lease))
                return None
        return None

    async def _stops_within(self, seconds: float) -> bool:
        with suppress(TimeoutError):
            await asyncio.wait_for(self._stopping.wait(), seconds)
        return self._stopping.is_set()

    async def _take_due(self) -> None:
        while (room := min(TURNS_AT_ONCE - len(self._turns), AT_ONE_LOOK)) > 0:
            leases = await self.records.take_due(self.owner, room)
            for lease in leases:
                self.take(lease)
            if len(leases) < room:
                return

    async def _beat(self) -> None:
        """Tried again soon where it fails: the leases run out in the time of two."""
        for _ in range(BEATS_AGAIN):
            try:
                return await self.records.renew(list(self._turns))
            except RecordsUnavailableError:
                await asyncio.sleep(1)
        return await self.records.renew(list(self._turns))

    async def _remember(self) -> None:
        while await self.remembering.remember_due():
            pass

    async def _when_told(self, name: str, work: Callable[[], Awaitable[None]]) -> None:
        """At each ring, and each second anyway: a ring may be lost."""
        with self.wakeups.watch(name) as bell:
            while True:
                await _quietly(work)
                await bell.heard(self.look_seconds)


async def _forever(work: Callable[[], Awaitable[None]], seconds: float) -> None:
    while True:
        await _quietly(work)
        await asyncio.sleep(seconds)


async def _quietly(work: Callable[[], Awaitable[None]]) -> None:
    try:
        await work()
    except RecordsUnavailableError as error:
        log.warning("due work waits for the records: %s", error)
    except Exception:
        log.exception("due work failed; it is tried again")


def _ids(lease: Lease) -> dict[str, str]:
    return {"conversation": lease.conversation_id, "owner": lease.owner}
