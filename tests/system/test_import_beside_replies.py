"""A bulk import, over the command line and over the API, does not keep customers waiting for their replies."""

import asyncio
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

import asyncpg
import httpx2
import pytest

from tests.system.conftest import ROOT, Running, environment, start, stop

pytestmark = pytest.mark.processes

QUESTIONS = (
    "What does the Pour 10 cost?",
    "How many cups does the Pour 4 brew?",
    "How do I descale the Pour 4?",
    "What does delivery to Spain cost?",
)
SLOWEST = 1.0
"""Seconds: what a reply beside an import may take at the 95th percentile, on a machine that others use too."""

T = TypeVar("T")

LIMITS = {"CARELINE_RATE_PER_ADDRESS": "10000/minute"}


@pytest.fixture
def running(taken_in: Path, tmp_path: Path) -> Iterator[Running]:
    records = shutil.copytree(taken_in, tmp_path / "records")
    running = start(environment(records, **LIMITS))
    yield running
    if running.process.poll() is None:
        stop(running)


def test_questions_are_answered_in_time_beside_an_import(running: Running, tmp_path: Path) -> None:
    key = running.add_key("knowledge")
    folder = _articles(tmp_path / "manuals", 400)
    with running.client() as customer:
        idle = [_reply_seconds(customer, n) for n in range(24)]

        with running.client(key) as business:
            uploaded = business.post("/v1/articles/files", files=_files(20)).json()
        child = _seen(lambda: _child_of(running.process.pid, "app.embed_child"))
        importing = _import(running, folder)
        try:
            beside = _replies(customer, for_seconds=4.0)
            still_embedding = _alive(child)
            niceness = os.getpriority(os.PRIO_PROCESS, child)
        finally:
            importing.kill()
            importing.wait()
    stop(running)

    print(f"idle {_p(idle, 50)}/{_p(idle, 95)} ms, beside the import {_p(beside, 50)}/{_p(beside, 95)} ms (p50/p95)")
    assert uploaded["passages"] > 1_000
    assert uploaded["broken"] == {}
    assert still_embedding
    assert niceness == 19
    assert _p(beside, 95) <= max(SLOWEST * 1000, 10 * _p(idle, 95))
    assert not _alive(child)


def test_the_process_that_embeds_ends_with_a_service_that_is_killed(running: Running) -> None:
    with running.client(running.add_key("knowledge")) as business:
        business.post("/v1/articles/files", files=_files(4))
    child = _seen(lambda: _child_of(running.process.pid, "app.embed_child"))

    running.process.send_signal(signal.SIGKILL)
    running.process.wait()
    assert running.process.stdout is not None
    running.process.stdout.close()

    _seen(lambda: not _alive(child))
    with sqlite3.connect(Path(running.environment["CARELINE_DATA_DIR"]) / "careline.db") as records:
        assert records.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    records.close()


def _replies(customer: httpx2.Client, for_seconds: float) -> list[float]:
    end = time.monotonic() + for_seconds
    took: list[float] = []
    while time.monotonic() < end:
        took.append(_reply_seconds(customer, len(took)))
    return took


def _reply_seconds(customer: httpx2.Client, number: int) -> float:
    """Each question is a conversation of its own."""
    began = time.perf_counter()
    answer = customer.post("/v1/chat", json={"text": QUESTIONS[number % len(QUESTIONS)]})
    took = time.perf_counter() - began
    assert answer.json()["outcome"] == "answered", answer.text
    return took


def _p(seconds: list[float], percent: int) -> float:
    """Milliseconds."""
    return round(1000 * sorted(seconds)[min(len(seconds) - 1, len(seconds) * percent // 100)], 1)


def _text(about: random.Random) -> str:
    """Five passages about nothing that the sample company sells."""
    words = [
        "".join(about.choices("bdfgklmnprst", k=1)[0] + about.choice("aeiou") for _ in range(3)) for _ in range(400)
    ]
    parts = (f"## Part {n}\n\n" + " ".join(about.choices(words, k=100)) + "." for n in range(5))
    return "\n\n".join(parts)


def _articles(folder: Path, count: int) -> Path:
    about = random.Random(1)
    folder.mkdir()
    for number in range(count):
        (folder / f"manual-{number}.md").write_text(f"# Manual {number}\n\n{_text(about)}")
    return folder


def _files(count: int) -> list[tuple[str, tuple[str, bytes]]]:
    """Each holds eighty passages."""
    about = random.Random(2)
    texts = ("\n\n".join(_text(about) for _ in range(16)) for _ in range(count))
    return [("files", (f"upload-{number}.md", text.encode())) for number, text in enumerate(texts)]


def _import(running: Running, folder: Path) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "app.cli", "ingest", str(folder)]
    quiet = subprocess.DEVNULL
    return subprocess.Popen(command, cwd=ROOT, env=running.environment, stdout=quiet, stderr=quiet)


def _child_of(pid: int, module: str) -> int:
    """0 where there is none."""
    for tasks in Path(f"/proc/{pid}/task").glob("*/children"):
        for child in tasks.read_text().split():
            if module in Path(f"/proc/{child}/cmdline").read_text() and os.getpriority(os.PRIO_PROCESS, int(child)):
                return int(child)
    return 0


def _alive(pid: int) -> bool:
    """A zombie, whom nobody has waited for yet, is not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def _seen(look: Callable[[], T], seconds: float = 10) -> T:
    deadline = time.monotonic() + seconds
    while not (found := look()):
        assert time.monotonic() < deadline, "not seen in time"
        time.sleep(0.05)
    return found


def test_on_postgresql_the_process_embeds_into_the_same_records(postgres_url: str, tmp_path: Path) -> None:
    running = start(environment(tmp_path, CARELINE_DATABASE_URL=postgres_url, **LIMITS))
    rows = "".join(f"What is {n}?,A number.\n" for n in range(300))
    try:
        with running.client(running.add_key("knowledge")) as business:
            business.post("/v1/articles/files", files=[("files", ("faq.csv", f"question,answer\n{rows}".encode()))])
        child = _seen(lambda: _child_of(running.process.pid, "app.embed_child"), seconds=60)
        _seen(lambda: not _alive(child), seconds=180)
    finally:
        stop(running)

    assert asyncio.run(_vectors(postgres_url)) == 300


async def _vectors(url: str) -> int:
    connection = await asyncpg.connect(url.replace("+asyncpg", ""), timeout=3)
    try:
        return int(await connection.fetchval("SELECT count(*) FROM vectors"))
    finally:
        await connection.close()
