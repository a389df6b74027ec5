"""A changed policy holds in every process within five seconds, without a restart."""

import re
import time

import pytest

from tests.system.conftest import Fleet
from tests.system.test_conversation import chat

pytestmark = pytest.mark.processes

SAID = "We have not written that down yet."


def administrator(fleet: Fleet) -> str:
    email = f"admin-{time.monotonic_ns()}@company.example"
    printed = fleet.careline("agents", "add", "--name", "Robin", "--email", email, "--role", "administrator")
    return re.search(r"agk_\S+", printed)[0]  # type: ignore[index]


def test_a_changed_text_is_said_by_every_worker_within_five_seconds(fleet: Fleet) -> None:
    with fleet.client(administrator(fleet)) as agent:
        body = {"body": {"not_known": SAID}, "version": 0}
        changed = agent.put("/v1/agent/policies/texts.en", json=body)
        late = agent.put("/v1/agent/policies/texts.en", json=body)
        time.sleep(5)
        replies = [_asked(fleet) for _ in range(12)]
        back = agent.post("/v1/agent/policies/texts.en/back", json={"to": 0, "version": 1})
        time.sleep(5)
        after = [_asked(fleet) for _ in range(4)]

    assert (changed.status_code, late.status_code, back.status_code) == (200, 409, 200)
    assert replies == [SAID] * 12
    assert SAID not in after


def _asked(fleet: Fleet) -> str:
    with fleet.client() as customer:
        return chat(customer, "Is the moon made of green cheese, would you say?").json()["reply"]
