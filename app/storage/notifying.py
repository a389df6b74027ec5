"""Wake-ups between processes by PostgreSQL's LISTEN and NOTIFY, on one connection beside the records'."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterator, Sequence
from typing import Any, Protocol, cast

from sqlalchemy import make_url

from app.domain.conversations import Event
from app.storage.wakeups import LocalWakeups

log = logging.getLogger(__name__)

CHANNEL = "careline"
MOST_NAMES = 100
"""In one notification: PostgreSQL takes 8,000 bytes."""

REST_SECONDS = (0.2, 0.5, 1.0, 2.0, 5.0)
CALL_SECONDS = 5.0


class _Connection(Protocol):
    """What is used of asyncpg's connection, which has no types."""

    def add_termination_listener(self, callback: Callable[[object], None]) -> None: ...

    async def add_listener(self, channel: str, callback: Callable[[object, int, str, object], None]) -> None: ...

    async def execute(self, query: str, *values: str) -> str: ...

    def is_closed(self) -> bool: ...

    def terminate(self) -> None: ...


class PostgresWakeups(LocalWakeups):
    """Rings in this process at once, and in the others as soon as the connection takes it. While there is none,
    readers look each second."""

    def __init__(self, url: str, name: str) -> None:
        super().__init__()
        self._url = url
        self._name = name
        self._names: dict[str, None] = {}
        self._woken = asyncio.Event()
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        self._task = asyncio.create_task(self._stay_connected())

    async def stop(self) -> None:
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    def tell(self, conversation_id: str, events: Sequence[Event] = ()) -> None:
        super().tell(conversation_id, events)
        self._names[conversation_id] = None
        self._woken.set()

    async def _stay_connected(self) -> None:
        failures = 0
        while True:
            try:
                await self._serve(await _connect(self._url))
                failures = 0
            except Exception as error:
                log.warning("no wake-ups between processes: %s", type(error).__name__)
            await asyncio.sleep(REST_SECONDS[min(failures, len(REST_SECONDS) - 1)])
            failures += 1

    async def _serve(self, connection: _Connection) -> None:
        """Until the connection ends."""
        connection.add_termination_listener(lambda _connection: self._woken.set())
        try:
            await connection.add_listener(CHANNEL, self._heard)
            self.tell_all()
            while not connection.is_closed():
                await self._woken.wait()
                self._woken.clear()
                for payload in self._payloads():
                    await connection.execute("SELECT pg_notify($1, $2)", CHANNEL, payload)
        finally:
            connection.terminate()

    def _payloads(self) -> Iterator[str]:
        """What was told since the last time, once by name."""
        names = list(self._names)
        self._names.clear()
        for start in range(0, len(names), MOST_NAMES):
            yield " ".join((self._name, *names[start : start + MOST_NAMES]))

    def _heard(self, _connection: object, _pid: int, _channel: str, payload: object) -> None:
        sender, *names = str(payload).split(" ")
        if sender == self._name:
            return
        for name in names:
            super().tell(name)


async def _connect(url: str) -> _Connection:
    """As the records' own connections are made, encryption included."""
    import asyncpg  # pyright: ignore[reportMissingTypeStubs]
    from sqlalchemy.dialects.postgresql.asyncpg import dialect

    _, options = dialect().create_connect_args(make_url(url))
    module: Any = asyncpg
    options = {**options, "timeout": CALL_SECONDS, "command_timeout": CALL_SECONDS}
    return cast(_Connection, await cast(Awaitable[object], module.connect(**options)))
