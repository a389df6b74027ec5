"""A full disk: a clear error, everything acknowledged is kept, and the service goes on when there is room again."""

import resource
from pathlib import Path

import pytest

from tests.system.conftest import environment, start, stop

pytestmark = pytest.mark.processes

ROOM = 400_000
"""Bytes that any file may grow to: enough for the schema, soon too little for the write-ahead log."""


def test_a_full_disk_refuses_clearly_and_loses_nothing_acknowledged(tmp_path: Path) -> None:
    settings = environment(
        tmp_path / "data", CARELINE_EMBEDDER="none", CARELINE_RATE_PER_ADDRESS="10000/minute", CARELINE_WAIT_SECONDS="5"
    )
    stop(start(settings))
    full = start(settings, before=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (ROOM, ROOM)))
    acknowledged: list[tuple[str, str]] = []
    refused = None
    try:
        with full.client() as customer:
            for number in range(300):
                answer = customer.post("/v1/chat", json={"text": f"Message {number} " + "x" * 3_000})
                if answer.status_code == 503:
                    refused = answer
                    break
                acknowledged.append((answer.json()["conversation"], answer.headers["Careline-Customer-Token"]))
    finally:
        stop(full)

    assert refused is not None
    assert refused.headers["content-type"] == "application/problem+json"
    assert refused.json()["type"] == "about:careline/records-unavailable"
    again = start(settings)
    try:
        for number, (conversation, token) in enumerate(acknowledged):
            with again.client(token) as customer:
                messages = customer.get(f"/v1/conversations/{conversation}").json()["messages"]
                assert messages[0]["text"].startswith(f"Message {number} ")
        with again.client() as customer:
            assert customer.post("/v1/chat", json={"text": "There is room again"}).status_code == 200
    finally:
        stop(again)
