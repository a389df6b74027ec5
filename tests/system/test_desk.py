"""The desk between processes: what happens at one is seen by the agents who follow at another."""

import json
from collections.abc import Iterator
from typing import Any

import httpx2
import pytest

from tests.system.conftest import Fleet

pytestmark = pytest.mark.processes


def test_an_agent_sees_who_waits_and_who_was_claimed_at_another_process(fleet: Fleet) -> None:
    key = fleet.add_agent("Robin")
    elsewhere = fleet.others[0].address
    assert fleet.others[0].is_web

    with (
        httpx2.Client(base_url=fleet.address, trust_env=False, timeout=30) as here,
        httpx2.Client(base_url=elsewhere, trust_env=False, timeout=30) as there,
        here.stream("GET", "/v1/agent/live", headers={"Authorization": f"Bearer {key}"}) as answer,
    ):
        desks = _desks(answer.iter_lines())
        next(desks)
        said = there.post("/v1/chat", json={"text": "I would like to talk to a person."}).json()
        waiting = next(desk for desk in desks if said["conversation"] in _ids(desk["waiting"]))
        there.post(f"/v1/agent/conversations/{said['conversation']}/claim", headers={"Authorization": f"Bearer {key}"})
        claimed = next(desk for desk in desks if said["conversation"] in _ids(desk["mine"]))

    assert said["conversation"] not in _ids(claimed["waiting"])
    assert waiting["version"] < claimed["version"]


def _desks(lines: Iterator[str]) -> Iterator[Any]:
    name = ""
    for line in lines:
        if line.startswith("event: "):
            name = line.removeprefix("event: ")
        elif line.startswith("data: ") and name == "queue":
            yield json.loads(line.removeprefix("data: "))


def _ids(items: list[Any]) -> list[str]:
    return [item["conversation"] for item in items]
