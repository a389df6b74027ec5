"""The service as it must not be: it acknowledges before the commit. The same load and the same checker find it out.

`python -m tests.chaos.variant serve` serves like `careline serve`, with that one difference."""

import time
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

import uvicorn

from app.config import Settings
from app.main import create_app
from app.storage import database
from app.storage.migrating import migrate
from app.wiring import Service

COMMIT_EVERY_SECONDS = 0.1


class EagerDatabase(database.SqliteDatabase):
    """Tells of success as soon as the statements ran, and commits a moment later: quick, until the process dies."""

    def _commit(self, batch: Sequence[Any]) -> None:
        with self._engine.connect() as connection, connection.begin():
            database._plainly(connection, "BEGIN IMMEDIATE")
            for job in batch:
                value, problem = database._in_savepoint(connection, job.run)
                job.done.set_exception(problem) if problem else job.done.set_result(value)
            time.sleep(COMMIT_EVERY_SECONDS)


class EagerService(Service):
    """On those records."""

    @cached_property
    def database(self) -> EagerDatabase:
        return EagerDatabase(Path(self.settings.records_url.removeprefix("sqlite:///")))


def main() -> None:
    settings = Settings()

    async def opened() -> Service:
        await migrate(settings.records_url)
        return EagerService(settings)

    app = create_app(settings, opened)
    uvicorn.run(app, host=settings.host, port=settings.port, log_level="warning", access_log=False)


if __name__ == "__main__":
    main()
