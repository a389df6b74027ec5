"""The whole service as a process of its own: real files, a real port, real HTTP."""

import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from uuid import uuid4

import httpx2
import pytest

from tests.conftest import made_once, postgres_database

ROOT = Path(__file__).parents[2]


@dataclass
class Running:
    """A serving process and where it answers."""

    address: str
    process: subprocess.Popen[str]
    environment: dict[str, str]
    keys: dict[tuple[str, ...], str] = field(default_factory=dict)
    is_web: bool = True

    def client(self, secret: str | None = None) -> httpx2.Client:
        headers = {"Authorization": f"Bearer {secret}"} if secret else {}
        return httpx2.Client(base_url=self.address, headers=headers, timeout=30, trust_env=False)

    def careline(self, *words: str) -> str:
        """Runs a command beside the service, on the same records."""
        command = [sys.executable, "-m", "app.cli", *words]
        done = subprocess.run(command, cwd=ROOT, env=self.environment, capture_output=True, text=True, timeout=60)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def add_agent(self, name: str) -> str:
        """The agent's key. Tests that share the service may share a name, never an address."""
        address = f"{name.lower()}.{uuid4().hex[:8]}@company.example"
        printed = self.careline("agents", "add", "--name", name, "--email", address)
        return re.search(r"agk_\S+", printed)[0]  # type: ignore[index]

    def add_key(self, *scopes: str) -> str:
        """The same key for the same scopes."""
        if scopes not in self.keys:
            words = [word for scope in scopes for word in ("--scope", scope)]
            printed = self.careline("keys", "add", "--name", "shop", *words)
            self.keys[scopes] = re.search(r"bsk_\S+", printed)[0]  # type: ignore[index]
        return self.keys[scopes]


@dataclass
class Fleet(Running):
    """Several processes on one database. Each request goes to the next web process: nothing may hang on one."""

    others: list[Running] = field(default_factory=list)

    def client(self, secret: str | None = None) -> httpx2.Client:
        client = super().client(secret)
        addresses = [self.address, *(other.address for other in self.others if other.is_web)]
        client.event_hooks = {"request": [_InTurn(addresses)]}
        return client


@dataclass
class _InTurn:
    """Sends each request to the next address."""

    addresses: list[str]
    sent: int = 0

    def __call__(self, request: httpx2.Request) -> None:
        address = httpx2.URL(self.addresses[self.sent % len(self.addresses)])
        self.sent += 1
        request.url = request.url.copy_with(host=address.host, port=address.port)
        request.headers["Host"] = f"{address.host}:{address.port}"


def environment(folder: Path, **settings: str) -> dict[str, str]:
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("CARELINE_", "OPENAI_"))}
    own = {"CARELINE_DATA_DIR": str(folder), "CARELINE_PORT": "0", "PYTHONPATH": str(ROOT)}
    return clean | own | settings


def start(
    environment: dict[str, str],
    *command: str,
    before: Callable[[], None] | None = None,
    folder: Path = ROOT,
) -> Running:
    """`before` runs in the new process before the service does; `folder` holds the source tree, or a copy of it."""
    process = subprocess.Popen(
        [sys.executable, "-m", "app.cli", *(command or ("serve",))],
        cwd=folder,
        env=environment,
        stdout=subprocess.PIPE,
        text=True,
        preexec_fn=before,
    )
    assert process.stdout is not None
    for line in process.stdout:
        if found := re.search(r"Careline (?:serves on|works; .* at) (http://[^/\s]+)", line):
            return Running(found[1], process, environment, is_web="serves" in line)
    raise AssertionError(f"the service did not start: {process.wait()}")


def stop(running: Running) -> None:
    running.process.send_signal(signal.SIGTERM)
    running.process.wait(timeout=20)
    assert running.process.stdout is not None
    running.process.stdout.close()


@pytest.fixture(scope="session")
def taken_in(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Records that hold the sample company's articles with their vectors; to be copied, for embedding takes seconds."""
    return made_once("taken-in", lambda folder: ingest(environment(folder)), tmp_path_factory)


def ingest(settings: dict[str, str]) -> None:
    """As `careline run` does before it serves; `careline ingest` steps back behind all that runs beside it."""
    words = (
        "from pathlib import Path; from app.commands.running import in_service; from app.serving import ingest_paths;"
        "in_service(lambda service: ingest_paths(service, [Path('knowledge_base')]))"
    )
    command = [sys.executable, "-c", words]
    subprocess.run(command, cwd=ROOT, env=settings, check=True, capture_output=True, timeout=300)


LIMITS = {"CARELINE_RATE_PER_ADDRESS": "10000/minute", "CARELINE_IDENTITY_KEYS": "site=" + "k" * 40}


@pytest.fixture(scope="session")
def fleet(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Fleet]:
    """Two web and two worker processes on PostgreSQL, with the sample company's articles."""
    with postgres_database("fleet") as url:
        settings = environment(tmp_path_factory.mktemp("fleet"), CARELINE_DATABASE_URL=url, **LIMITS)
        ingest(settings)
        roles = (("serve", "--no-worker"), ("serve", "--no-worker"), ("worker",), ("worker",))
        first, *others = [start(settings, *role) for role in roles]
        yield Fleet(first.address, first.process, settings, others=others)
        for running in (first, *others):
            stop(running)


@pytest.fixture(scope="session")
def service(taken_in: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """Serves the sample company's articles, as `make run` does."""
    records = shutil.copytree(taken_in, tmp_path_factory.mktemp("service") / "records")
    running = start(environment(records, **LIMITS), "run")
    yield running
    stop(running)
