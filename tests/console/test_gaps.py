"""Questions that were not answered, over HTTP: listed by how often, settled, and back when they are asked again."""

from typing import Any

import pytest

from app.domain.agents import AgentRole
from tests.fakes.served import Served

Headers = dict[str, str]


@pytest.fixture
async def agent(served: Served) -> Headers:
    return await served.agent()


async def asks(served: Served, text: str) -> dict[str, Any]:
    return (await served.client.post("/v1/chat", json={"text": text})).json()


async def gaps(served: Served, agent: Headers) -> list[tuple[str, int]]:
    listed = (await served.client.get("/v1/agent/gaps", headers=agent)).json()["gaps"]
    return [(each["question"], each["count"]) for each in listed]


async def test_gaps_are_listed_by_how_often_and_come_back_when_asked_again(served: Served, agent: Headers) -> None:
    for question in ("Do you sell cups for tea?", "Is the moon made of cheese?", "The cup for tea, do you sell that?"):
        await asks(served, question)

    listed = await gaps(served, agent)
    body = {"question": "Do you sell cups for tea?"}
    settled = await served.client.put("/v1/agent/gaps/settle", json=body, headers=agent)
    after = await gaps(served, agent)
    await asks(served, "Do you sell cups for tea?")

    assert listed == [("The cup for tea, do you sell that?", 2), ("Is the moon made of cheese?", 1)]
    assert (settled.status_code, after) == (204, [("Is the moon made of cheese?", 1)])
    assert ("Do you sell cups for tea?", 1) in await gaps(served, agent)


async def test_a_gap_shows_what_the_agent_replied(served: Served, agent: Headers) -> None:
    conversation = (await asks(served, "Do you sell cups for tea?"))["conversation"]
    await served.client.post(f"/v1/agent/conversations/{conversation}/claim", headers=agent)
    reply = {"text": "Yes, cups for tea are in the shop."}
    await served.client.post(f"/v1/agent/conversations/{conversation}/reply", json=reply, headers=agent)

    [gap] = (await served.client.get("/v1/agent/gaps", headers=agent)).json()["gaps"]

    assert (gap["conversation"], gap["agent_reply"]) == (conversation, reply["text"])


async def test_an_answer_is_marked_wrong_listed_and_settled(served: Served, agent: Headers) -> None:
    supervisor = await served.agent(AgentRole.SUPERVISOR)
    article = {"title": "Descaling", "text": "Descale the Pour 4 every 3 months.", "status": "published"}
    await served.client.post("/v1/agent/articles", json=article, headers=supervisor)
    await served.service.search.refresh()
    said = await asks(served, "How often do I descale the Pour 4?")
    seen = (await served.client.get(f"/v1/agent/conversations/{said['conversation']}", headers=agent)).json()
    message = next(each["id"] for each in seen["messages"] if each["author"] == "assistant")

    marked = await served.client.post(
        f"/v1/agent/messages/{message}/wrong", json={"reason": "It is 70 degrees."}, headers=agent
    )
    [wrong] = (await served.client.get("/v1/agent/wrong", headers=agent)).json()["wrong"]
    settled = [await served.client.post(f"/v1/agent/wrong/{message}/settle", headers=agent) for _ in range(2)]

    assert marked.status_code == 204
    assert (wrong["message"], wrong["reason"]) == (message, "It is 70 degrees.")
    assert wrong["question"] == "How often do I descale the Pour 4?"
    assert "every 3 months" in wrong["reply"]
    assert wrong["citations"][0]["title"] == "Descaling"
    assert [answer.status_code for answer in settled] == [204, 404]


async def test_customers_messages_and_unknown_ones_are_not_marked(served: Served, agent: Headers) -> None:
    said = await asks(served, "Do you sell cups for tea?")
    seen = (await served.client.get(f"/v1/agent/conversations/{said['conversation']}", headers=agent)).json()

    answers = [
        await served.client.post(f"/v1/agent/messages/{message}/wrong", headers=agent)
        for message in (seen["messages"][0]["id"], "msg_nowhere")
    ]

    assert [answer.status_code for answer in answers] == [404, 404]
