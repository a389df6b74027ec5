"""How a command runs: on checked settings and migrated records, with a clear line where something fails."""

import asyncio
import sys
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any, NoReturn, TypeVar

from pydantic import ValidationError
from typer import Exit

from app.care.records import RecordsUnavailableError
from app.config import Settings
from app.wiring import Service, open_service

T = TypeVar("T")


def read_settings() -> Settings:
    try:
        return Settings()
    except ValidationError as error:
        for problem in error.errors():
            print(f"{'.'.join(str(part) for part in problem['loc'])}: {problem['msg']}", file=sys.stderr)
        fail("The settings do not hold; see .env.example.")


def in_service(work: Callable[[Service], Awaitable[T]]) -> T:
    """Runs `work(service)` on the migrated records, and closes them."""

    async def whole() -> T:
        service = await open_service(read_settings())
        try:
            return await work(service)
        finally:
            await service.close()

    return finished(whole())


def finished(work: Coroutine[Any, Any, T]) -> T:
    """What came of it."""
    try:
        return asyncio.run(work)
    except (RecordsUnavailableError, OSError) as error:
        fail(f"The records cannot be used: {error}")


def fail(words: str) -> NoReturn:
    print(words, file=sys.stderr)
    raise Exit(1)
