"""How long the messages that were under way at a fault waited for their reply, and that it is not too long."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from statistics import median

from tests.chaos import entries as e
from tests.chaos.journal import Run

LONGEST_SECONDS = 30.0
"""A lease of 15 s, a look each second, the start of a process, and the turn itself on a busy machine."""


@dataclass(frozen=True, kw_only=True)
class Wait:
    """From the last fault while a message was under way to its reply."""

    fault: str
    target: str
    conversation: str
    seconds: float


def a_turn_that_was_killed_is_taken_over_in_time(run: Run) -> Iterator[str]:
    for wait in waits(run):
        if wait.fault == "kill" and wait.seconds > LONGEST_SECONDS:
            yield f"{wait.conversation} waited {wait.seconds:.1f} s after {wait.target} was killed"


def waits(run: Run) -> list[Wait]:
    faults = sorted(run.all(e.Broke), key=lambda fault: fault.at)
    times = [fault.at for fault in faults]
    found: list[Wait] = []
    for conversation in run.all(e.FinalConversation):
        for begun, ended in _under_way(conversation):
            place = bisect_right(times, ended) - 1
            if place >= 0 and times[place] >= begun:
                fault = faults[place]
                where = {"fault": fault.kind, "target": fault.target, "conversation": conversation.id}
                found.append(Wait(seconds=ended - fault.at, **where))
    return found


def longest_and_median(run: Run) -> dict[str, tuple[int, float, float]]:
    """Messages, longest and median seconds, by kind of fault."""
    by_kind: defaultdict[str, list[float]] = defaultdict(list)
    for wait in waits(run):
        by_kind[wait.fault].append(wait.seconds)
    return {kind: (len(found), max(found), median(found)) for kind, found in by_kind.items()}


def _under_way(conversation: e.FinalConversation) -> Iterator[tuple[float, float]]:
    """When each message that the assistant met came in, and when its reply was saved."""
    open_since: list[float] = []
    for message in conversation.messages:
        if message.author == "customer" and message.outcome not in ("with_agent", None):
            open_since.append(message.at)
        elif message.author == "assistant":
            yield from ((since, message.at) for since in open_since)
            open_since = []
