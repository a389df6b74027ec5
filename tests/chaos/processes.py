"""The service's processes: started, watched and started again, as a supervisor would."""

import asyncio
import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import aiohttp

from tests.chaos import entries as e
from tests.chaos.journal import Journal

ROOT = Path(__file__).parents[2]
LOOK_SECONDS = 0.05
LONGEST_START_SECONDS = 90.0


class NeverReadyError(Exception):
    """A process was started and did not come to serve."""


def environment(folder: Path, **settings: str) -> dict[str, str]:
    """This process's own, without the settings of another installation."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("CARELINE_", "OPENAI_"))}
    clean.pop("PYTHONDONTWRITEBYTECODE", None)
    return clean | {"CARELINE_DATA_DIR": str(folder), "PYTHONPATH": str(ROOT)} | settings


def end_in_order() -> None:
    """A run that is told to end takes the processes that it started with it."""
    signal.signal(signal.SIGTERM, lambda _number, _frame: signal.raise_signal(signal.SIGINT))


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def command(words: Sequence[str], surroundings: Mapping[str, str]) -> str:
    """Runs `careline WORDS` to its end; what it printed."""
    line = [sys.executable, "-m", "app.cli", *words]
    done = subprocess.run(line, cwd=ROOT, env=surroundings, capture_output=True, text=True, timeout=120)
    if done.returncode:
        raise RuntimeError(f"careline {' '.join(words)}: {done.stderr[-2000:]}")
    return done.stdout


@dataclass(kw_only=True)
class Served:
    """One process of the service, on a port that it keeps over all its starts."""

    name: str
    words: Sequence[str]
    surroundings: Mapping[str, str]
    log: Path
    journal: Journal
    module: str = "app.cli"
    port: int = field(default_factory=free_port)
    process: subprocess.Popen[bytes] | None = None
    starts: int = 0
    _watching: asyncio.Task[None] | None = None

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def pid(self) -> int:
        assert self.process is not None
        return self.process.pid

    async def start(self) -> None:
        """The first start has to succeed. Raises NeverReadyError."""
        self._launch()
        await self._until_ready_or_gone()
        if self.process is None or self.process.poll() is not None:
            raise NeverReadyError(f"{self.name} ended at its start, see {self.log}")
        self._watching = asyncio.create_task(self._keep_running())

    async def ready(self) -> None:
        """Raises NeverReadyError."""
        until = time.monotonic() + LONGEST_START_SECONDS
        async with aiohttp.ClientSession() as http:
            while time.monotonic() < until:
                if await self._answers(http):
                    return
                await asyncio.sleep(LOOK_SECONDS)
        raise NeverReadyError(f"{self.name}, see {self.log}")

    def send(self, sign: signal.Signals) -> None:
        with contextlib.suppress(ProcessLookupError):
            os.kill(self.pid, sign)

    async def stop(self) -> None:
        if self._watching:
            self._watching.cancel()
        if self.process is None or self.process.poll() is not None:
            return
        self.send(signal.SIGCONT)
        self.send(signal.SIGTERM)
        try:
            await asyncio.to_thread(self.process.wait, 40)
        except subprocess.TimeoutExpired:
            self.process.kill()
            await asyncio.to_thread(self.process.wait)

    def _launch(self) -> None:
        self.starts += 1
        own = {**self.surroundings, "CARELINE_PORT": str(self.port)}
        with self.log.open("ab") as log:
            line = [sys.executable, "-m", self.module, *self.words]
            self.process = subprocess.Popen(line, cwd=ROOT, env=own, stdout=log, stderr=log)

    async def _keep_running(self) -> None:
        while True:
            assert self.process is not None
            if self.process.poll() is not None:
                ended = time.monotonic()
                self._launch()
                await self._until_ready_or_gone()
                self.journal.note(e.Ready(target=self.name, seconds=time.monotonic() - ended))
            await asyncio.sleep(LOOK_SECONDS)

    async def _until_ready_or_gone(self) -> None:
        """A start that fails, because the records are away, is tried again by the watch."""
        async with aiohttp.ClientSession() as http:
            while self.process is not None and self.process.poll() is None:
                if await self._answers(http):
                    return
                await asyncio.sleep(LOOK_SECONDS)

    async def _answers(self, http: aiohttp.ClientSession) -> bool:
        try:
            async with http.get(f"{self.address}/health/ready", timeout=aiohttp.ClientTimeout(2)) as answer:
                return answer.status == 200
        except (aiohttp.ClientError, OSError, TimeoutError):
            return False


def children_of(pid: int) -> list[int]:
    """Processes that it started and that still run."""
    try:
        found = [Path(f"/proc/{pid}/task/{task}/children").read_text() for task in os.listdir(f"/proc/{pid}/task")]
    except OSError:
        return []
    return [int(child) for line in found for child in line.split()]
