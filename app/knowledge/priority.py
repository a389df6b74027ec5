"""Bulk work stands behind replies: the lowest priority of the processor."""

import os

LOWEST = 19


def step_back() -> None:
    """The calling thread, and threads that it starts from now on, run when no other wants the processor; what runs
    already, such as the thread that writes the records, keeps its priority: a lock held at the lowest would stop
    those that reply. For the same reason input and output keep theirs."""
    os.nice(LOWEST)
    try:
        os.sched_setscheduler(0, os.SCHED_IDLE, os.sched_param(0))
    except (AttributeError, OSError):  # another system, or forbidden here: niceness alone must do
        return
