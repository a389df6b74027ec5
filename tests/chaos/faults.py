"""Faults, one after the other while the load goes on: kills, stops, freezes, a full disk, a database that goes away."""

import asyncio
import contextlib
import os
import random
import resource
import signal
from collections.abc import Callable, Coroutine, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import aiohttp

from tests.chaos import entries as e
from tests.chaos.board import Board
from tests.chaos.journal import Journal
from tests.chaos.postgres import Postgres
from tests.chaos.processes import Served, children_of
from tests.chaos.receiver import Receiver

FROZEN_SECONDS = 18.0
"""Longer than a lease: others have taken over when the process wakes up."""

FULL_SECONDS = 3.0
AWAY_SECONDS = 2.0
ROOM_BYTES = 100_000
"""That any file of the process may grow to: less than the records have."""

DOCUMENT = "<html><body><h1>Hours of the shop</h1><p>The shop in the High Street opens at nine.</p></body></html>"

Fault = Callable[[Served], Coroutine[Any, Any, None]]


@dataclass(kw_only=True)
class Faults:
    """Breaks `processes` as the load goes on: as many faults as `kills`, and each other kind at least once."""

    kills: int
    others: bool
    processes: Sequence[Served]
    postgres: Postgres | None
    receiver: Receiver | None
    journal: Journal
    board: Board
    dice: random.Random
    knowledge_key: str
    children_killed: int = 0

    async def run(self, messages: int) -> None:
        """Spread evenly over the messages; the next waits until everything serves again, and the load for the next."""
        planned = self._planned()
        between = messages / (len(planned) + 1)
        for place, (kind, fault) in enumerate(planned, 1):
            self.board.room = int(between * (place + 0.9))
            while self.board.met < between * place and not self.board.over:
                await asyncio.sleep(0.02)
            await asyncio.sleep(self.dice.uniform(0.0, 0.5))
            await self._break(kind, fault)
            for process in self.processes:
                await process.ready()
        self.board.room = messages

    @property
    def kinds(self) -> Mapping[str, Fault]:
        found: dict[str, Fault] = {
            "stop": self._stop,
            "freeze": self._freeze,
            "kill a child": self._kill_child,
        }
        if self.receiver:
            found["receiver away"] = self._receiver_away
        if self.postgres is None:
            return found | {"disk full": self._fill_disk}
        return found | {
            "database restarted": self._restart_database,
            "database crashed": self._crash_database,
            "connections dropped": self._drop_connections,
            "database's disk full": self._starve_database,
        }

    def _planned(self) -> list[tuple[str, Fault]]:
        """In an order by chance; other kinds come at least once each, and a quarter as often as kills."""
        others = list(self.kinds.items()) * max(1, self.kills // (4 * len(self.kinds))) if self.others else []
        planned = [*others, *[("kill", self._kill)] * self.kills]
        self.dice.shuffle(planned)
        return planned

    async def _break(self, kind: str, fault: Fault) -> None:
        target = self.dice.choice(self.processes)
        seconds = {"freeze": FROZEN_SECONDS, "disk full": FULL_SECONDS, "receiver away": AWAY_SECONDS}.get(kind, 0.0)
        of_database = "database" in kind or kind == "connections dropped"
        name = "PostgreSQL" if of_database else "receiver" if kind == "receiver away" else target.name
        self.journal.note(e.Broke(kind=kind, target=name, seconds=seconds))
        await fault(target)

    async def _kill(self, target: Served) -> None:
        target.send(signal.SIGKILL)
        await asyncio.sleep(0.1)

    async def _stop(self, target: Served) -> None:
        """In good order, and started again."""
        starts = target.starts
        target.send(signal.SIGTERM)
        while target.starts == starts:
            await asyncio.sleep(0.05)

    async def _freeze(self, target: Served) -> None:
        """A process that wakes up behind the end of its leases must not write."""
        target.send(signal.SIGSTOP)
        await asyncio.sleep(FROZEN_SECONDS)
        target.send(signal.SIGCONT)

    async def _kill_child(self, target: Served) -> None:
        """The one that reads a document which the company just sent."""
        upload = asyncio.create_task(self._upload())
        while not upload.done():
            for child in children_of(self.processes[0].pid):
                with contextlib.suppress(ProcessLookupError):
                    os.kill(child, signal.SIGKILL)
                    self.children_killed += 1
            await asyncio.sleep(0.01)
        await upload

    async def _upload(self) -> None:
        form = aiohttp.FormData()
        form.add_field("files", DOCUMENT.encode(), filename="hours.html", content_type="text/html")
        headers = {"Authorization": f"Bearer {self.knowledge_key}"}
        address = f"{self.processes[0].address}/v1/articles/files"
        with contextlib.suppress(aiohttp.ClientError, OSError, TimeoutError):
            http = aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(30))
            async with http, http.post(address, data=form, headers=headers) as answer:
                await answer.read()

    async def _fill_disk(self, target: Served) -> None:
        _, hard = resource.prlimit(target.pid, resource.RLIMIT_FSIZE)
        resource.prlimit(target.pid, resource.RLIMIT_FSIZE, (ROOM_BYTES, hard))
        await asyncio.sleep(FULL_SECONDS)
        if target.process is not None and target.process.poll() is None:
            resource.prlimit(target.pid, resource.RLIMIT_FSIZE, (hard, hard))

    async def _receiver_away(self, target: Served) -> None:
        assert self.receiver is not None
        await self.receiver.be_away(AWAY_SECONDS)

    async def _restart_database(self, target: Served) -> None:
        assert self.postgres is not None
        await self.postgres.restart("fast", self.dice.uniform(0.0, AWAY_SECONDS))

    async def _crash_database(self, target: Served) -> None:
        assert self.postgres is not None
        await self.postgres.restart("immediate", self.dice.uniform(0.0, AWAY_SECONDS))

    async def _drop_connections(self, target: Served) -> None:
        assert self.postgres is not None
        await self.postgres.drop_backends()

    async def _starve_database(self, target: Served) -> None:
        assert self.postgres is not None
        await self.postgres.starve()
        await asyncio.sleep(FULL_SECONDS)
