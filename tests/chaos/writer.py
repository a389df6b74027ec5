"""A model for the service to write with: honest, and slow enough to be interrupted in the middle of a reply."""

import asyncio
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from tests.chaos.processes import ROOT


@asynccontextmanager
async def writing_model() -> AsyncIterator[str]:
    """Its base URL. A process of its own, so that it takes no time from the load's."""
    line = [sys.executable, "-m", "tests.fakes.model_server"]
    process = await asyncio.create_subprocess_exec(*line, cwd=ROOT, stdout=asyncio.subprocess.PIPE)
    assert process.stdout is not None
    try:
        yield (await asyncio.wait_for(process.stdout.readline(), 30)).decode().strip()
    finally:
        process.terminate()
        await process.wait()
