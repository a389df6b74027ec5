"""CPU and waiting per reply, of this process or of another one."""

import os
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

WARM_UP = 10
AT_A_TIME = 10
"""Replies of one way before the next way has its turn: what else the machine does then falls on all alike."""


@dataclass(frozen=True, kw_only=True)
class Cost:
    """Milliseconds a reply: CPU of the measured process, and the median wait for the first text."""

    name: str
    cpu: float
    first_text: float | None = None


@dataclass(kw_only=True)
class Way:
    """A way to get a reply. `reply` gives the seconds until its first text; `process` is measured, else this one."""

    name: str
    reply: Callable[[], Awaitable[float]]
    process: int | None = None
    cpu: float = 0.0
    waits: list[float] = field(default_factory=list)

    @property
    def cost(self) -> Cost:
        return Cost(name=self.name, cpu=1000 * self.cpu / len(self.waits), first_text=1000 * median(self.waits))


async def costs_of(ways: Sequence[Way], replies: int) -> list[Cost]:
    """CPU of all threads of the processes, every way in turn."""
    for way in ways:
        for _ in range(WARM_UP):
            await way.reply()
    for _ in range(max(replies // AT_A_TIME, 1)):
        for way in ways:
            before = cpu_seconds(way.process)
            way.waits += [await way.reply() for _ in range(AT_A_TIME)]
            way.cpu += cpu_seconds(way.process) - before
    return [way.cost for way in ways]


def cpu_of_call(name: str, call: Callable[[], object], *, times: int) -> Cost:
    """CPU of a part that only computes."""
    for _ in range(WARM_UP):
        call()
    before = time.process_time()
    for _ in range(times):
        call()
    return Cost(name=name, cpu=1000 * (time.process_time() - before) / times)


def cpu_seconds(process: int | None) -> float:
    """User and system time; of another process as the kernel counts it, in hundredths of a second."""
    if process is None:
        return time.process_time()
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
