"""A service that runs is backed up; the copy serves the same conversations to the same customers."""

import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.system.conftest import ROOT, Running, environment, start, stop
from tests.system.test_conversation import chat

pytestmark = pytest.mark.processes

QUICK = {"CARELINE_EMBEDDER": "none", "CARELINE_RATE_PER_ADDRESS": "10000/minute"}


def test_a_service_under_writes_is_backed_up_and_its_copy_goes_on(tmp_path: Path) -> None:
    running = start(environment(tmp_path / "first", **QUICK))
    try:
        with running.client() as customer:
            first = chat(customer, "Do you deliver to Spain?")
        conversation, token = first.json()["conversation"], first.headers["Careline-Customer-Token"]
        with writing(running) as written:
            printed = running.careline("backup", str(tmp_path / "backup.zip"))
        left = careline(running.environment, "restore", str(tmp_path / "backup.zip"), "--replace")
    finally:
        stop(running)
    moved = environment(tmp_path / "second", **QUICK)
    assert careline(moved, "restore", str(tmp_path / "backup.zip")).returncode == 0
    copy = start(moved)
    try:
        with copy.client(token) as customer:
            kept = customer.get(f"/v1/conversations/{conversation}").json()["messages"]
            goes_on = chat(customer, "And to Germany?", conversation=conversation)
        with copy.client() as stranger:
            refused = stranger.get(f"/v1/conversations/{conversation}")
    finally:
        stop(copy)

    assert "rows of the schema" in printed
    assert len(written) > 1
    assert (left.returncode, "Another careline serves" in left.stderr) == (1, True)
    assert kept[0]["text"] == "Do you deliver to Spain?"
    assert (goes_on.status_code, goes_on.json()["conversation"]) == (200, conversation)
    assert refused.status_code in (401, 404)


def test_a_company_that_outgrows_sqlite_moves_to_postgresql(postgres_url: str, tmp_path: Path) -> None:
    running = start(environment(tmp_path / "first", **QUICK))
    try:
        key = running.add_agent("Robin")
        with running.client() as customer:
            first = chat(customer, "I want to talk to a human")
        running.careline("backup", str(tmp_path / "backup.zip"))
    finally:
        stop(running)
    moved = environment(tmp_path / "second", CARELINE_DATABASE_URL=postgres_url, **QUICK)
    restored = careline(moved, "restore", str(tmp_path / "backup.zip"), "--replace")
    assert restored.returncode == 0, restored.stderr
    large = start(moved)
    try:
        with large.client(key) as agent, large.client(first.headers["Careline-Customer-Token"]) as customer:
            claimed = agent.post(f"/v1/agent/conversations/{first.json()['conversation']}/claim")
            messages = customer.get(f"/v1/conversations/{first.json()['conversation']}").json()["messages"]
    finally:
        stop(large)

    assert claimed.status_code == 200
    assert messages[0]["text"] == "I want to talk to a human"


@contextmanager
def writing(running: Running) -> Iterator[list[str]]:
    """A customer who writes all the time until the block ends; it begins once the first message is answered."""
    written: list[str] = []
    began, ended = threading.Event(), threading.Event()

    def write() -> None:
        with running.client() as customer:
            while not ended.is_set() and len(written) < 500:
                written.append(chat(customer, "Do you deliver to France?").json()["conversation"])
                began.set()

    thread = threading.Thread(target=write)
    thread.start()
    try:
        assert began.wait(20)
        yield written
    finally:
        ended.set()
        thread.join()


def careline(settings: dict[str, str], *words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "app.cli", *words]
    return subprocess.run(command, cwd=ROOT, env=settings, capture_output=True, text=True, timeout=60)
