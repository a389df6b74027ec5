"""How much CPU something takes, whatever the machine: beside a plain step, in the quietest of several rounds."""

import time
from collections.abc import Callable

PLAIN_STEP_SECONDS = 12e-6
"""What the plain step takes on an ordinary machine, for which the limits in the tests are meant."""

ROUNDS = 5


def cpu_seconds(work: Callable[[], object], times: int = 20) -> float:
    """Of one run of `work`, which is run `ROUNDS * times` times, after one that does not count."""
    work()
    return min(_seconds(work, times) / _seconds(_plain_step, 40) for _ in range(ROUNDS)) * PLAIN_STEP_SECONDS


def _plain_step() -> int:
    return sum(range(1_000))


def _seconds(work: Callable[[], object], times: int) -> float:
    began = time.process_time()
    for _ in range(times):
        work()
    return (time.process_time() - began) / times
