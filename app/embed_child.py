"""A process of its own that embeds what is due, behind everything else on the machine, and ends."""

import asyncio
import os
import sys
import threading

from app import logs
from app.care.embedding import BULK
from app.config import Settings
from app.knowledge.priority import step_back
from app.wiring.answering import AnsweringParts

NO_MODEL = 3
STDIN = 0


def main() -> None:
    """Started by a worker, with its settings in the environment and a pipe as input that closes with the worker."""
    settings = Settings()
    logs.configure(settings.log_level, logs.LogFormat(settings.log_format))
    threading.Thread(target=_end_with_parent, daemon=True).start()
    sys.exit(asyncio.run(_embed(AnsweringParts(settings))))


async def _embed(parts: AnsweringParts) -> int:
    """The records are opened first: the thread that writes them keeps its priority."""
    database = parts.database
    step_back()
    try:
        if parts.embedder is None:
            return NO_MODEL
        while await parts.ingesting.embed_due(BULK):
            pass
        return 0
    finally:
        await database.close()


def _end_with_parent() -> None:
    """A transaction that is cut short is rolled back by whoever opens the records next. The input is read without its
    buffer: a thread that holds that at the end of the interpreter makes the end a crash."""
    while os.read(STDIN, 1_024):
        pass
    os._exit(1)


if __name__ == "__main__":
    main()
