"""Reading of long texts stands beside the event loop, of short ones on it: a thread costs a tenth of a millisecond."""

import asyncio
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")

LONG = 400
"""Characters that take our readers about a millisecond."""


async def beside(length: int, work: Callable[[], T]) -> T:
    """`length` of all the text that `work` reads, in characters."""
    return await asyncio.to_thread(work) if length > LONG else work()
