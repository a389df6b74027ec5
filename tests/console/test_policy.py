"""Administrators change what the assistant says and when it calls a person; the next reply goes by it."""

from typing import Any

import pytest

from app.domain.agents import AgentRole
from tests.fakes.served import Served

Headers = dict[str, str]
POLICIES = "/v1/agent/policies"


@pytest.fixture
async def admin(served: Served) -> Headers:
    return await served.agent(AgentRole.ADMINISTRATOR)


async def put(served: Served, who: Headers, name: str, version: int, body: dict[str, Any]) -> Any:
    return await served.client.put(f"{POLICIES}/{name}", json={"body": body, "version": version}, headers=who)


async def test_all_policies_are_listed_with_what_holds_by_default(served: Served, admin: Headers) -> None:
    listed = (await served.client.get(POLICIES, headers=admin)).json()["policies"]
    rules = (await served.client.get(f"{POLICIES}/rules", headers=admin)).json()
    texts = (await served.client.get(f"{POLICIES}/texts.de", headers=admin)).json()

    assert [each["name"] for each in listed][:3] == ["rules", "hours", "prices"]
    assert {each["version"] for each in listed} == {0}
    assert (rules["defaults"]["misses_before_handoff"], rules["bounds"]["misses_before_handoff"]) == (2, [1, 5])
    assert texts["fields"]["agent_on_duty"] == ["position"]
    assert "{position}" in texts["defaults"]["agent_on_duty"]


async def test_a_changed_text_is_said_at_the_next_reply(served: Served, admin: Headers) -> None:
    changed = await put(served, admin, "texts.en", 0, {"not_known": "We have not written that down yet."})

    said = (await served.client.post("/v1/chat", json={"text": "Is the moon made of cheese?"})).json()

    assert (changed.status_code, changed.json()["version"], changed.json()["agent"]) == (200, 1, "administrator")
    assert said["reply"] == "We have not written that down yet."


async def test_a_changed_rule_calls_a_person_at_the_first_miss(served: Served, admin: Headers) -> None:
    await put(served, admin, "rules", 0, {"misses_before_handoff": 1})

    said = (await served.client.post("/v1/chat", json={"text": "Is the moon made of cheese?"})).json()

    assert said["outcome"] == "handed_off"


async def test_a_version_that_moved_is_told_and_the_earlier_one_comes_back(served: Served, admin: Headers) -> None:
    await put(served, admin, "rules", 0, {"misses_before_handoff": 1})

    late = await put(served, admin, "rules", 0, {"misses_before_handoff": 5})
    back = await served.client.post(f"{POLICIES}/rules/back", json={"to": 0, "version": 1}, headers=admin)
    versions = (await served.client.get(f"{POLICIES}/rules/versions", headers=admin)).json()["versions"]

    assert (late.status_code, late.json()["type"]) == (409, "about:careline/policy-changed")
    assert (back.status_code, back.json()["version"], back.json()["body"]) == (200, 2, {})
    assert [(each["version"], each["body"]) for each in versions] == [(2, {}), (1, {"misses_before_handoff": 1})]


@pytest.mark.parametrize(
    ("name", "body", "status", "told"),
    [
        ("texts.en", {"agent_on_duty": "Soon."}, 422, "{position}"),
        ("texts.en", {"ai_notice": "I am Robin."}, 422, "must say that an AI answers"),
        ("rules", {"wish_at": 2}, 422, "from 0.1 to 0.9"),
        ("hours", {"zone": "Mars", "week": {"monday": ["09:00-10:00"]}}, 422, "time zone"),
        ("texts.xx", {}, 404, "There is no such policy"),
    ],
)
async def test_what_cannot_be_is_refused_with_the_reason(
    served: Served, admin: Headers, name: str, body: dict[str, Any], status: int, told: str
) -> None:
    answer = await put(served, admin, name, 0, body)

    assert answer.status_code == status
    assert told in answer.text


@pytest.mark.parametrize("role", [AgentRole.AGENT, AgentRole.SUPERVISOR])
async def test_only_administrators_change_policies(served: Served, role: AgentRole) -> None:
    who = await served.agent(role)

    answers = [
        await served.client.get(POLICIES, headers=who),
        await put(served, who, "rules", 0, {}),
        await served.client.post(f"{POLICIES}/rules/back", json={"to": 0, "version": 0}, headers=who),
    ]

    assert [answer.status_code for answer in answers] == [403, 403, 403]
