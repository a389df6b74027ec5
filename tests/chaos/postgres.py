"""A PostgreSQL cluster of our own, in a temporary folder, that may be stopped, killed and starved."""

import asyncio
import os
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import asyncpg

from tests.chaos.processes import children_of, free_port

FEW_BYTES = 1_000_000
"""Less than a segment of the write-ahead log: the next write that is to last fails."""


class NoPostgresError(Exception):
    """Its programs are not on this machine."""


def programs() -> Path:
    """The folder of the newest `initdb`. Raises NoPostgresError."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    on_path = shutil.which("initdb")
    if not found and not on_path:
        raise NoPostgresError("initdb is not to be found: install PostgreSQL, or run with --database sqlite")
    return (found[-1] if found else Path(str(on_path))).parent


@dataclass(kw_only=True)
class Postgres:
    """`fsync` is on, as it is by default: what was acknowledged survives `immediate` stops."""

    port: int = field(default_factory=free_port)
    folder: Path = field(default_factory=lambda: Path(tempfile.mkdtemp(prefix="careline-chaos-pg-")))

    @property
    def url(self) -> str:
        return f"postgresql+asyncpg://postgres@127.0.0.1:{self.port}/postgres"

    async def start(self) -> None:
        if os.geteuid() == 0:
            shutil.chown(self.folder, "postgres")
        await self._run("initdb", "-D", str(self.folder / "data"), "-U", "postgres", "-A", "trust")
        await self._start()

    async def restart(self, mode: str, away: float) -> None:
        """`fast` ends connections in order, `immediate` is a crash."""
        await self._run("pg_ctl", "-D", str(self.folder / "data"), "-m", mode, "-w", "stop")
        await asyncio.sleep(away)
        await self._start()

    async def stop(self) -> None:
        await self._run("pg_ctl", "-D", str(self.folder / "data"), "-m", "immediate", "-w", "stop")
        await asyncio.to_thread(shutil.rmtree, self.folder, ignore_errors=True)

    async def drop_backends(self) -> int:
        """Ends every connection of the service."""
        connection = await asyncpg.connect(self.url.replace("+asyncpg", ""), timeout=5)
        try:
            ended = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid()"
            return len(await connection.fetch(f"{ended} AND backend_type = 'client backend'"))
        finally:
            await connection.close()

    async def starve(self) -> None:
        """No process of it may write far into a file: to the write-ahead log this is a full disk, on which PostgreSQL
        stops everything and recovers. Those that it starts after that have room again."""
        postmaster = int((self.folder / "data" / "postmaster.pid").read_text().split()[0])
        for child in children_of(postmaster):
            limiting = [*_as_postgres(), "prlimit", "--pid", str(child), f"--fsize={FEW_BYTES}:"]
            await asyncio.to_thread(subprocess.run, limiting, stderr=subprocess.DEVNULL, timeout=10)

    async def _start(self) -> None:
        options = f"-p {self.port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={self.folder}"
        log = str(self.folder / "log")
        await self._run("pg_ctl", "-D", str(self.folder / "data"), "-w", "-l", log, "-o", options, "start")

    async def _run(self, program: str, *words: str) -> None:
        line = [*_as_postgres(), str(programs() / program), *words]
        done = await asyncio.to_thread(
            subprocess.run, line, cwd=self.folder, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, timeout=90
        )
        if done.returncode:
            raise RuntimeError(f"{program}: {done.stderr.decode()[-1000:]}")


def _as_postgres() -> Sequence[str]:
    """The server refuses to run as root."""
    return ("setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups") if os.geteuid() == 0 else ()
