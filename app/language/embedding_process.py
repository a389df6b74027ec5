"""The process that embeds in bulk, as its parent sees it: one at a time, and none where the parent is gone."""

import asyncio
import subprocess
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path

PATIENCE = 5.0
"""Seconds that it may take to end when it is asked to."""


class EmbeddingProcess:
    """Implements care.embedding.BulkProcess. The process must end when its input closes: so it does when its parent
    is killed."""

    def __init__(self, command: Sequence[str], environment: Mapping[str, str], folder: Path) -> None:
        self._command = list(command)
        self._environment = dict(environment)
        self._folder = folder
        self._process: subprocess.Popen[bytes] | None = None

    async def start(self) -> None:
        self._process = await asyncio.to_thread(self._started)

    def ended(self) -> int | None:
        if self._process is None:  # it could not be started
            return 1
        code = self._process.poll()
        if code is not None:
            self._let_go(self._process)
        return code

    async def stop(self) -> None:
        if self._process is None:
            return
        self._process.terminate()
        with suppress(subprocess.TimeoutExpired):
            await asyncio.to_thread(self._process.wait, PATIENCE)
        self._process.kill()
        await asyncio.to_thread(self._process.wait)
        self._let_go(self._process)

    def _started(self) -> subprocess.Popen[bytes]:
        return subprocess.Popen(  # noqa: S603 - the command is ours
            self._command,
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            env=self._environment,
            cwd=self._folder,
            start_new_session=True,  # a Ctrl-C is for the parent, who ends it
        )

    def _let_go(self, process: subprocess.Popen[bytes]) -> None:
        if process.stdin is not None:
            process.stdin.close()
        self._process = None
