"""One writer on SQLite, many on PostgreSQL: runs transitions in short transactions, commits of several together."""

import asyncio
import queue
import sqlite3
import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Protocol, TypeVar, cast

from sqlalchemy import Connection, Engine, create_engine, event, select
from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError, SQLAlchemyError

from app.care.records import RecordsUnavailableError

T = TypeVar("T")
Transition = Callable[[Connection], T]

READERS = 4
BATCH = 64
BUSY_MILLISECONDS = 10_000
POOL = 10
CONNECT_SECONDS = 5
STATEMENT_SECONDS = 15
SERVER = {"idle_in_transaction_session_timeout": "10000", "lock_timeout": "5000"}
"""Milliseconds, for the server: a process that freezes in the midst of a transaction lets go of its locks."""

GONE = (SQLAlchemyError, OSError, TimeoutError)


class Database(Protocol):
    """Where transitions run. The database's errors become RecordsUnavailableError; those of the rules pass through."""

    async def write(self, transition: Transition[T]) -> T: ...

    async def read(self, query: Transition[T]) -> T: ...

    async def look(self, query: Transition[T]) -> T:
        """A read of a few rows by their keys, of less than a millisecond: on SQLite a thread costs more than it."""
        ...

    async def glance(self, query: Transition[T]) -> T:
        """A look of one statement alone: it needs no transaction to see the records in one state."""
        ...

    async def answers(self) -> bool: ...

    async def close(self) -> None: ...


@dataclass(frozen=True)
class _Job:
    run: Transition[Any]
    done: Future[Any]


class SqliteDatabase:
    """A file, one writer thread, a few readers. Acknowledgements follow the commit (`synchronous=FULL`)."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._engine = sqlite_engine(path)
        self._jobs: queue.SimpleQueue[_Job | None] = queue.SimpleQueue()
        self._readers = ThreadPoolExecutor(READERS, thread_name_prefix="records-read")
        self._writer = threading.Thread(target=self._write_forever, name="records-write", daemon=True)
        self._writer.start()

    async def write(self, transition: Transition[T]) -> T:
        done: Future[T] = Future()
        self._jobs.put(_Job(transition, done))
        return await asyncio.wrap_future(done)

    async def read(self, query: Transition[T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._readers, self._read, query)

    async def look(self, query: Transition[T]) -> T:
        """On the event loop's own thread; in WAL mode nothing that writes holds it up."""
        return self._looked(query, in_one_state=True)

    async def glance(self, query: Transition[T]) -> T:
        return self._looked(query, in_one_state=False)

    def _looked(self, query: Transition[T], *, in_one_state: bool) -> T:
        try:
            if in_one_state:
                _plainly(self._looking, "BEGIN")
            try:
                return query(self._looking)
            finally:
                self._looking.rollback()
        except SQLAlchemyError as error:
            raise RecordsUnavailableError(reason_of(error)) from error

    async def answers(self) -> bool:
        return await self.write(_one) == 1

    async def close(self) -> None:
        self._jobs.put(None)
        await asyncio.to_thread(self._writer.join)
        self._readers.shutdown()
        self._let_go("_looking")
        self._let_go("_writing")
        self._engine.dispose()

    @cached_property
    def _looking(self) -> Connection:
        return self._engine.connect()

    @cached_property
    def _writing(self) -> Connection:
        """The writer's own: taking one from the pool and giving it back costs as much as a small transition."""
        return self._engine.connect()

    def _let_go(self, name: str) -> None:
        """The next who needs it opens another. What cannot be closed is let go as well: the writer goes on."""
        connection = cast("Connection | None", self.__dict__.pop(name, None))
        if connection is not None:
            with suppress(SQLAlchemyError):
                connection.close()

    def _read(self, query: Transition[T]) -> T:
        try:
            with self._engine.connect() as connection:
                _plainly(connection, "BEGIN")
                return query(connection)
        except SQLAlchemyError as error:
            raise RecordsUnavailableError(reason_of(error)) from error

    def _write_forever(self) -> None:
        while (first := self._jobs.get()) is not None:
            batch, stop = self._waiting_behind(first)
            self._commit([job for job in batch if job.done.set_running_or_notify_cancel()])
            if stop:
                return

    def _waiting_behind(self, first: _Job) -> tuple[list[_Job], bool]:
        batch = [first]
        while len(batch) < BATCH:
            try:
                job = self._jobs.get_nowait()
            except queue.Empty:
                break
            if job is None:
                return batch, True
            batch.append(job)
        return batch, False

    def _commit(self, batch: list[_Job]) -> None:
        """Each transition in a savepoint, one commit for all; nobody is told of success before it."""
        results: list[tuple[_Job, Any, BaseException | None]] = []
        try:
            with self._writing.begin():
                _plainly(self._writing, "BEGIN IMMEDIATE")
                results.extend((job, *_in_savepoint(self._writing, job.run)) for job in batch)
        except BaseException as error:
            self._let_go("_writing")
            failure = RecordsUnavailableError(reason_of(error))
            results = [(job, None, failure) for job in batch]
        for job, value, problem in results:
            job.done.set_exception(problem) if problem else job.done.set_result(value)


def _in_savepoint(connection: Connection, run: Transition[Any]) -> tuple[Any, BaseException | None]:
    _plainly(connection, "SAVEPOINT transition")
    try:
        value = run(connection)
    except OperationalError:
        raise
    except SQLAlchemyError as error:
        _roll_back(connection)
        return None, RecordsUnavailableError(reason_of(error))
    except Exception as error:
        _roll_back(connection)
        return None, error
    _plainly(connection, "RELEASE transition")
    return value, None


def _roll_back(connection: Connection) -> None:
    _plainly(connection, "ROLLBACK TO transition")
    _plainly(connection, "RELEASE transition")


def _plainly(connection: Connection, statement: str) -> None:
    """Straight to the driver: for these SQLAlchemy's own way costs more than the statement."""
    try:
        cast(sqlite3.Connection, connection.connection.dbapi_connection).execute(statement)
    except sqlite3.Error as error:
        raise OperationalError(statement, None, error) from error


class PostgresDatabase:
    """Any number of processes; a transition runs in one short transaction of its own."""

    def __init__(self, url: str) -> None:
        from sqlalchemy.ext.asyncio import create_async_engine

        limits = {"timeout": CONNECT_SECONDS, "command_timeout": STATEMENT_SECONDS, "server_settings": SERVER}
        self._engine = create_async_engine(
            url, pool_size=POOL, max_overflow=POOL, pool_timeout=CONNECT_SECONDS, connect_args=limits
        )

    async def write(self, transition: Transition[T]) -> T:
        """Once more where two processes put in the same new row: the second try finds the first one's."""
        try:
            try:
                return await self._transact(transition)
            except IntegrityError:
                return await self._transact(transition)
        except GONE as error:
            raise RecordsUnavailableError(reason_of(error)) from error

    async def _transact(self, transition: Transition[T]) -> T:
        async with self._engine.begin() as connection:
            return await connection.run_sync(transition)

    async def read(self, query: Transition[T]) -> T:
        """Once more where the connection was gone: the server may have started anew since it was last used."""
        try:
            try:
                return await self._look(query)
            except DBAPIError as error:
                if not error.connection_invalidated:
                    raise
                return await self._look(query)
        except GONE as error:
            raise RecordsUnavailableError(reason_of(error)) from error

    async def look(self, query: Transition[T]) -> T:
        return await self.read(query)

    async def glance(self, query: Transition[T]) -> T:
        return await self.read(query)

    async def _look(self, query: Transition[T]) -> T:
        async with self._engine.connect() as connection:
            return await connection.run_sync(query)

    async def answers(self) -> bool:
        return await self.write(_one) == 1

    async def close(self) -> None:
        await self._engine.dispose()


def sqlite_engine(path: Path) -> Engine:
    """Transactions are begun by us: the driver's own BEGIN would be deferred and take the lock too late."""
    engine = create_engine(f"sqlite:///{path}", connect_args={"check_same_thread": False, "isolation_level": None})

    @event.listens_for(engine, "connect")
    def _pragmas(connection: Any, _record: Any) -> None:  # pyright: ignore[reportUnusedFunction]
        for pragma in (
            "journal_mode=WAL",
            "synchronous=FULL",
            "foreign_keys=ON",
            f"busy_timeout={BUSY_MILLISECONDS}",
        ):
            connection.execute(f"PRAGMA {pragma}")

    return engine


def open_database(url: str) -> Database:
    """`sqlite:///PATH` or `postgresql+asyncpg://...`."""
    if url.startswith("sqlite:///"):
        return SqliteDatabase(Path(url.removeprefix("sqlite:///")))
    return PostgresDatabase(url)


def reason_of(error: BaseException) -> str:
    """What happened without the values of the statement: those are customers' words."""
    cause = getattr(error, "orig", None) or error
    return f"{type(cause).__name__}: {cause}".splitlines()[0]


def _one(connection: Connection) -> int:
    return int(connection.execute(select(1)).scalar_one())
