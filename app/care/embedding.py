"""Passages get their vectors beside the replies: few in this process, many in one of its own."""

import asyncio
import logging
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Protocol

from app.care.chores import ChoreRecords
from app.care.ingesting import Ingesting

log = logging.getLogger(__name__)

CHORE = "embedding"
HOLD_SECONDS = 30.0
RENEW_SECONDS = 10.0

MANY = 64
"""More passages than these are left to a process of its own."""

BULK = 256
"""Passages that such a process embeds at once: each time, searches take in what is new."""

REST_SECONDS = 5.0
LONGEST_REST_SECONDS = 300.0
"""Between two processes; it doubles with each that failed."""


class BulkProcess(Protocol):
    """A process that embeds everything that is due, and ends; it ends too when this one does."""

    async def start(self) -> None: ...

    def ended(self) -> int | None:
        """Its exit code; None while it runs."""
        ...

    async def stop(self) -> None:
        """Ends it, by force if need be. Nothing happens where none runs."""
        ...


@dataclass(kw_only=True)
class EmbeddingDue:
    """One process at a time embeds, of all that share the records. Without `process` (the vectors come from a server,
    or this is the command line) everything is embedded here."""

    ingesting: Ingesting
    chores: ChoreRecords
    owner: str
    process: BulkProcess | None = None
    clock: Callable[[], float] = time.monotonic
    _running: bool = field(default=False, init=False)
    _failures: int = field(default=0, init=False)
    _rest_until: float = field(default=0.0, init=False)
    _renew_at: float = field(default=0.0, init=False)
    _nothing_due_at: int | None = field(default=None, init=False)

    async def look(self) -> None:
        """Embeds what is due, starts the process, or looks after it."""
        if self.process is not None and self._running:
            await self._look_after(self.process)
            return
        version = await self.ingesting.records.version()
        if version == self._nothing_due_at or self.clock() < self._rest_until:
            return
        due = await self.ingesting.count_due()
        if not due:
            self._nothing_due_at = version
        elif await self._hold():
            await self._begin(due)

    async def finish(self, progress: Callable[[int], None], seconds: float = 0.5) -> None:
        """Returns when nothing is due: embeds here, or looks every `seconds` how far the one gets that does. Tells
        `progress` how many are left."""
        while left := await self.ingesting.count_due():
            progress(left)
            if await self._hold():
                await self._embed_here(lambda count, left=left: progress(left - count))
            else:
                await asyncio.sleep(seconds)
        progress(0)

    async def stop(self) -> None:
        if self.process is not None and self._running:
            await self.process.stop()
            self._running = False
            await self.chores.let_go(CHORE, self.owner)

    async def _begin(self, due: int) -> None:
        if self.process is None or due <= MANY:
            await self._embed_here(lambda _count: None)
            return
        log.info("a process of its own embeds %d passages", due)
        self._running = True
        await self.process.start()

    async def _embed_here(self, progress: Callable[[int], None]) -> None:
        done = 0
        try:
            while count := await self.ingesting.embed_due():
                done += count
                progress(done)
                if self.process is not None or not await self._hold():  # more may be due by now: the next look tells
                    return
        finally:
            await self.chores.let_go(CHORE, self.owner)

    async def _hold(self) -> bool:
        self._renew_at = self.clock() + RENEW_SECONDS
        return await self.chores.hold(CHORE, self.owner, HOLD_SECONDS)

    async def _look_after(self, process: BulkProcess) -> None:
        code = process.ended()
        if code is None:
            if self.clock() >= self._renew_at:
                await self._hold()
            return
        self._running = False
        self._failures = self._failures + 1 if code else 0
        rest = min(LONGEST_REST_SECONDS, REST_SECONDS * 2**self._failures)
        self._rest_until = self.clock() + rest
        if code:
            log.error("the process that embeds ended with %d; the next one starts in %g s at the earliest", code, rest)
        await self.chores.let_go(CHORE, self.owner)
