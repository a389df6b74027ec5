"""Administrators say where deliveries go; every agent decides on those that did not surely arrive."""

import asyncio
import time
from typing import Any

import pytest

from app.domain.agents import AgentRole
from app.domain.deliveries import EndpointKind
from tests.fakes.receiver import Manner, Receiver, receiving
from tests.fakes.served import Served

ADDRESS = "https://shop.example/careline"


async def unsettled(served: Served, agent: dict[str, str], count: int) -> list[dict[str, Any]]:
    end = time.monotonic() + 15
    found: list[dict[str, Any]] = []
    while len(found) < count and time.monotonic() < end:
        found = (await served.client.get("/v1/agent/deliveries", headers=agent)).json()["deliveries"]
        await asyncio.sleep(0.05)
    assert len(found) == count
    return found


@pytest.mark.parametrize("role", [AgentRole.AGENT, AgentRole.SUPERVISOR])
async def test_nobody_but_an_administrator_says_where_deliveries_go(served: Served, role: AgentRole) -> None:
    agent, body = await served.agent(role), {"name": "shop", "address": ADDRESS}

    answers = [
        await served.client.get("/v1/agent/endpoints", headers=agent),
        await served.client.post("/v1/agent/endpoints", json=body, headers=agent),
        await served.client.delete("/v1/agent/endpoints/end_1", headers=agent),
    ]

    assert [answer.status_code for answer in answers] == [403, 403, 403]
    assert (await served.client.get("/v1/agent/endpoints")).status_code == 401


async def test_the_secret_is_told_once(served: Served) -> None:
    admin = await served.agent(AgentRole.ADMINISTRATOR)

    added = await served.client.post("/v1/agent/endpoints", json={"name": "shop", "address": ADDRESS}, headers=admin)
    listed = await served.client.get("/v1/agent/endpoints", headers=admin)

    assert (added.status_code, added.json()["secret"][:6], added.json()["inbound"]) == (201, "whsec_", None)
    assert added.json()["secret"] not in listed.text
    assert listed.json()["endpoints"][0] == {
        "id": added.json()["id"],
        "kind": "events",
        "name": "shop",
        "address": ADDRESS,
        "kinds": [],
        "when_unknown": "repeat",
        "disabled_at": None,
    }


async def test_a_channel_is_told_where_its_messages_come_in(served: Served) -> None:
    admin, body = await served.agent(AgentRole.ADMINISTRATOR), {"kind": "channel", "name": "sms", "address": ADDRESS}

    added = (await served.client.post("/v1/agent/endpoints", json=body, headers=admin)).json()

    assert added["inbound"] == f"/v1/channels/{added['id']}/messages"
    assert added["when_unknown"] == "show"


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"name": "taken", "address": ADDRESS}, 409),
        ({"name": "shop", "address": "http://169.254.169.254/latest"}, 422),
        ({"name": "shop", "address": "https://me:pass@shop.example/"}, 422),
        ({"name": "shop", "address": ADDRESS, "kinds": ["message.lost"]}, 422),
        ({"name": "shop", "address": ADDRESS, "kinds": ["message.sent"], "kind": "channel"}, 422),
        ({"name": "  ", "address": ADDRESS}, 422),
        ({"name": "shop", "address": ADDRESS, "secret": "mine"}, 422),
    ],
)
async def test_an_endpoint_that_cannot_be_is_told_why(served: Served, body: dict[str, Any], status: int) -> None:
    admin = await served.agent(AgentRole.ADMINISTRATOR)
    await served.endpoint(ADDRESS, name="taken")

    answer = await served.client.post("/v1/agent/endpoints", json=body, headers=admin)

    assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json")


async def test_a_disabled_endpoint_stays_in_the_list_and_cannot_be_disabled_twice(served: Served) -> None:
    admin, endpoint = await served.agent(AgentRole.ADMINISTRATOR), await served.endpoint(ADDRESS)

    first = await served.client.delete(f"/v1/agent/endpoints/{endpoint.id}", headers=admin)
    again = await served.client.delete(f"/v1/agent/endpoints/{endpoint.id}", headers=admin)
    listed = (await served.client.get("/v1/agent/endpoints", headers=admin)).json()["endpoints"]

    assert (first.status_code, again.status_code) == (204, 404)
    assert [(each["id"], each["disabled_at"] is None) for each in listed] == [(endpoint.id, False)]


async def test_a_delivery_that_was_refused_is_shown_without_its_words_and_sent_again(served: Served) -> None:
    agent = await served.agent()
    async with receiving(Receiver(status=410)) as shop:
        await served.endpoint(shop.address, EndpointKind.EVENTS, "shop")
        said = await served.client.post("/v1/chat", json={"text": "My name is Ada Example."})
        opened, *others = await unsettled(served, agent, 3)

        shop.status, before = 200, len(shop.received)
        answer = await served.client.post(f"/v1/agent/deliveries/{opened['id']}/again", headers=agent)
        left = await unsettled(served, agent, 2)
        async with asyncio.timeout(15):
            while len(shop.received) == before:
                await asyncio.sleep(0.05)

    assert opened.keys() == {"id", "endpoint", "conversation", "kind", "status", "reason", "attempts", "since"}
    assert (opened["endpoint"], opened["status"], opened["reason"]) == ("shop", "failed", "answered 410")
    assert opened["conversation"] == said.json()["conversation"]
    assert answer.status_code == 204
    assert {each["id"] for each in left} == {each["id"] for each in others}
    assert shop.received[-1].headers["webhook-id"] == opened["id"]


async def test_a_message_that_may_have_arrived_waits_for_an_agent_who_settles_it(served: Served) -> None:
    agent = await served.agent()
    async with receiving(Receiver(manner=Manner.HANG_UP_READ)) as bridge:
        channel = await served.endpoint(bridge.address)
        await served.bridge(channel)
        [stuck] = await unsettled(served, agent, 1)

        settled = await served.client.post(f"/v1/agent/deliveries/{stuck['id']}/settle", headers=agent)
        again = await served.client.post(f"/v1/agent/deliveries/{stuck['id']}/settle", headers=agent)
        await unsettled(served, agent, 0)

    assert (stuck["status"], stuck["kind"], stuck["attempts"]) == ("unknown", "message", 1)
    assert (settled.status_code, again.status_code) == (204, 404)
    assert len(bridge.received) == 1


@pytest.mark.parametrize("decision", ["again", "settle"])
async def test_an_unknown_delivery_cannot_be_decided_on(served: Served, decision: str) -> None:
    answer = await served.client.post(f"/v1/agent/deliveries/dlv_nowhere/{decision}", headers=await served.agent())

    assert answer.status_code == 404
