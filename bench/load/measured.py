"""One measurement: the customers' process runs, the CPU of the service's processes is read before and after."""

import json
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from typing import Any

from bench.load.generator import Load
from bench.load.tables import Cell
from bench.measuring import cpu_seconds
from bench.service import ROOT, clean_environment


@dataclass(frozen=True, kw_only=True)
class Measured:
    """What came out of a load; `cpu` is the service's, `own_cpu` that of the customers' process, both in seconds, over
    the warm-up too; `machine` is the share of all cores that were busy."""

    seconds: float
    whole: Sequence[float]
    accepted: Sequence[float]
    failed: int
    asked: int
    cpu: float
    own_cpu: float
    elapsed: float
    machine: float

    @property
    def rate(self) -> float:
        return len(self.whole) / self.seconds

    @property
    def rate_of_cpu(self) -> float:
        """Turns in a second of the service's CPU."""
        return self.asked / self.cpu if self.cpu else 0.0

    def cells(self) -> dict[str, Cell]:
        return {
            "turns/s": self.rate,
            "p50 ms": 1000 * percentile(self.whole, 50),
            "p95 ms": 1000 * percentile(self.whole, 95),
            "not answered": self.failed,
            "CPU ms/turn": 1000 / self.rate_of_cpu if self.rate_of_cpu else 0.0,
            "cores": self.cpu / self.elapsed,
            "generator's": self.own_cpu / self.elapsed,
            "all busy %": 100 * self.machine,
        }


def percentile(values: Sequence[float], share: float) -> float:
    """The value under which `share` percent lie; 0 of none."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share / 100))] if ordered else 0.0


def measure(load: Load, processes: Sequence[int]) -> Measured:
    """Runs the customers to their end."""
    with during(processes) as spent:
        got = finish(begin(load))
    return measured(load, got, spent)


def begin(load: Load) -> "subprocess.Popen[str]":
    words = [sys.executable, "-m", "bench.load.generator", json.dumps(asdict(load))]
    return subprocess.Popen(words, cwd=ROOT, env=clean_environment(), stdout=subprocess.PIPE, text=True)


def finish(process: "subprocess.Popen[str]") -> dict[str, Any]:
    printed, _ = process.communicate(timeout=180)
    if process.returncode:
        raise RuntimeError(f"{process.args!r} ended with {process.returncode}")
    return json.loads(printed)


@dataclass(kw_only=True)
class Spent:
    """Seconds, of the clock and of CPU, and of all cores together."""

    cpu: float = 0.0
    elapsed: float = 0.0
    busy: float = 0.0


@contextmanager
def during(processes: Sequence[int]) -> Iterator[Spent]:
    """What the processes spend while the block runs."""
    spent = Spent()
    started, cpu, (busy, whole) = time.perf_counter(), sum(map(cpu_seconds, processes)), _jiffies()
    yield spent
    after, after_whole = _jiffies()
    spent.elapsed = time.perf_counter() - started
    spent.cpu = sum(map(cpu_seconds, processes)) - cpu
    spent.busy = (after - busy) / max(after_whole - whole, 1)


def measured(load: Load, got: dict[str, Any], spent: Spent) -> Measured:
    return Measured(
        seconds=load.seconds,
        whole=got["whole"],
        accepted=got["accepted"],
        failed=got["failed"],
        asked=got["asked"],
        cpu=spent.cpu,
        own_cpu=got["cpu"],
        elapsed=load.warm_up + load.seconds,
        machine=spent.busy,
    )


def _jiffies() -> tuple[int, int]:
    """Busy and all, of every core since the machine was started."""
    with open("/proc/stat") as file:
        fields = [int(field) for field in file.readline().split()[1:9]]
    return sum(fields) - fields[3] - fields[4], sum(fields)
