"""The desk as it changes: one look at the records for all who follow, at most once a second."""

import asyncio
import logging
import time
from collections.abc import AsyncGenerator, Set
from dataclasses import dataclass, field

from app.care.desk import DeskState, DeskStateRecords
from app.care.records import RecordsUnavailableError
from app.care.wakeups import Wakeups

log = logging.getLogger(__name__)

REST = 1.0
LOOK_EVERY = 5.0
"""Without a ring: agents leave in silence, and a ring may be lost."""

QUIET = 1.0
MOST_TOUCHED = 20
CONVERSATION = "cnv_"
"""How the ids of conversations begin, beside other names that are told."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Snapshot:
    """The whole desk; `version` rises with every change, across processes and their ends too. The same one goes to
    all who follow."""

    version: int
    state: DeskState


@dataclass(frozen=True, kw_only=True)
class Touched:
    """Something happened in a conversation; None: in so many that whoever shows some looks again."""

    conversation_id: str | None


@dataclass(eq=False)
class _Reader:
    """What one follower has not seen yet: a newer snapshot takes the place of an older one."""

    snapshot: Snapshot | None = None
    touched: dict[str, None] = field(default_factory=dict[str, None])
    bell: asyncio.Event = field(default_factory=asyncio.Event)

    def tell(self, snapshot: Snapshot | None, touched: Set[str]) -> None:
        self.snapshot = snapshot or self.snapshot
        self.touched |= dict.fromkeys(touched)
        self.bell.set()

    def take(self) -> list[Snapshot | Touched]:
        self.bell.clear()
        snapshot, touched = self.snapshot, list(self.touched)
        self.snapshot, self.touched = None, {}
        many = len(touched) > MOST_TOUCHED
        news = [Touched(conversation_id=None)] if many else [Touched(conversation_id=id) for id in touched]
        return [*([snapshot] if snapshot else ()), *news]

    async def rung(self, timeout: float) -> bool:
        try:
            async with asyncio.timeout(timeout):
                await self.bell.wait()
        except TimeoutError:
            return False
        return True


class LiveDesk:
    """Looks only while somebody follows."""

    def __init__(
        self, *, records: DeskStateRecords, wakeups: Wakeups, rest: float = REST, look_every: float = LOOK_EVERY
    ) -> None:
        self._records = records
        self._wakeups = wakeups
        self._rest = rest
        self._look_every = look_every
        self._readers: set[_Reader] = set()
        self._now: Snapshot | None = None
        self._version = 0
        self._looking: asyncio.Task[None] | None = None
        self._ended = False

    def end(self) -> None:
        """This process stops: those who follow find the next one."""
        self._ended = True
        for reader in self._readers:
            reader.bell.set()

    async def follow(self) -> AsyncGenerator[Snapshot | Touched | None, None]:
        """First the desk as it is, then what changes, until this process stops. None is a second without news."""
        reader = self._join()
        try:
            while not self._ended:
                for news in reader.take():
                    yield news
                if not await reader.rung(QUIET):
                    yield None
        finally:
            self._leave(reader)

    def _join(self) -> _Reader:
        reader = _Reader()
        if self._now:
            reader.tell(self._now, frozenset())
        self._readers.add(reader)
        if self._looking is None:
            self._looking = asyncio.create_task(self._look_on())
        return reader

    def _leave(self, reader: _Reader) -> None:
        self._readers.discard(reader)
        if not self._readers and self._looking is not None:
            self._looking.cancel()
            self._looking, self._now = None, None

    async def _look_on(self) -> None:
        """What was touched while the records were away is told with the next look."""
        with self._wakeups.watch_all() as bell:
            touched: set[str] = set()
            while True:
                if await self._look(touched):
                    touched = set()
                await asyncio.sleep(self._rest)
                heard = await bell.heard(self._look_every)
                touched |= {name for name in heard or () if name.startswith(CONVERSATION)}

    async def _look(self, touched: Set[str]) -> bool:
        try:
            state = await self._records.state()
        except RecordsUnavailableError as error:
            log.warning("the desk waits for the records: %s", error)
            return False
        except Exception:
            log.exception("the desk could not be read; it is tried again")
            return False
        changed = self._now is None or state != self._now.state
        if changed:
            self._version = max(self._version + 1, time.time_ns() // 1_000_000)
            self._now = Snapshot(version=self._version, state=state)
        if changed or touched:
            for reader in self._readers:
                reader.tell(self._now if changed else None, touched)
        return True
