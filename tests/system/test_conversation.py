"""The main job, end to end over HTTP: a customer asks, Careline answers from the articles or calls a person in."""

import json
import threading
from collections.abc import Callable

import httpx2
import pytest

from tests.system.conftest import Running


@pytest.fixture(params=["service", pytest.param("fleet", marks=pytest.mark.processes)])
def served(request: pytest.FixtureRequest) -> Running:
    """One process on SQLite; two web and two worker processes on PostgreSQL (`make processes`)."""
    return request.getfixturevalue(request.param)


def chat(client: httpx2.Client, text: str, **more: object) -> httpx2.Response:
    return client.post("/v1/chat", json={"text": text, **more})


def test_a_question_a_follow_up_a_wish_for_a_human_and_an_agents_reply(served: Running) -> None:
    agent_key = served.add_agent("Robin")

    with served.client() as customer:
        first = chat(customer, "What does the Pour 10 cost?")
        answer = first.json()
        assert answer["outcome"] == "answered"
        assert "£149" in answer["reply"]
        assert any(citation["article"].startswith("products/pour") for citation in answer["citations"])
        assert "AI assistant" in answer["notice"]

        conversation = answer["conversation"]
        customer.headers["Authorization"] = f"Bearer {first.headers['Careline-Customer-Token']}"
        small = chat(customer, "And for the small one?", conversation=conversation).json()
        assert small["outcome"] == "answered"
        assert "£79" in small["reply"]

        human = chat(customer, "I want to talk to a human", conversation=conversation).json()
        assert human["outcome"] == "handed_off"
        assert (human["handoff"]["status"], human["handoff"]["reason"]) == ("waiting", "wish")

        with served.client(agent_key) as agent:
            queue = agent.get("/v1/agent/queue").json()["waiting"]
            [item] = [each for each in queue if each["conversation"] == conversation]
            assert "talk to a human" in item["evidence"]
            assert agent.post(f"/v1/agent/conversations/{conversation}/claim").status_code == 200
            said = {"text": "Hello, Robin here. What can I do?"}
            assert agent.post(f"/v1/agent/conversations/{conversation}/reply", json=said).status_code == 200

            messages = customer.get(f"/v1/conversations/{conversation}").json()["messages"]
            assert (messages[-1]["author"], messages[-1]["agent"]) == ("agent", "Robin")
            silent = chat(customer, "How many cups does the Pour 4 brew?", conversation=conversation).json()
            assert (silent["outcome"], silent["reply"]) == ("with_agent", None)

            assert agent.post(f"/v1/agent/conversations/{conversation}/return").status_code == 204
            again = chat(customer, "How do I descale the Pour 4?", conversation=conversation).json()
            assert again["outcome"] == "answered"
            assert "AI" in again["notice"]


def test_a_stream_tells_accepted_sentences_and_done_and_resumes_where_it_was(served: Running) -> None:
    headers = {"Accept": "text/event-stream", "Idempotency-Key": "first"}
    with served.client() as customer:
        opened = chat(customer, "How do I descale the Pour 4?")
        customer.headers["Authorization"] = f"Bearer {opened.headers['Careline-Customer-Token']}"
        body = {"text": "What does delivery to Spain cost?", "conversation": opened.json()["conversation"]}
        whole = customer.post("/v1/chat", json=body, headers=headers).text

        events = parsed(whole)
        names = [name for _, name, _ in events]
        assert (names[0], names[-1]) == ("accepted", "done")
        sentences = "".join(data["lead"] + data["text"] for _, name, data in events if name == "sentence")
        assert sentences.strip() == events[-1][2]["reply"]

        for number, _, _ in events[:-1]:
            resumed = customer.post("/v1/chat", json=body, headers={**headers, "Last-Event-ID": str(number)}).text
            assert resumed == whole[whole.index(f"id: {number + 1}\n") :]


def test_the_stream_of_a_conversation_brings_the_agents_words(served: Running) -> None:
    agent_key = served.add_agent("Sam")
    with served.client() as customer, served.client(agent_key) as agent:
        opened = chat(customer, "Can I speak to a real person?")
        conversation = opened.json()["conversation"]
        customer.headers["Authorization"] = f"Bearer {opened.headers['Careline-Customer-Token']}"
        seen: list[str] = []
        claimed = threading.Event()

        def follow() -> None:
            with customer.stream("GET", f"/v1/conversations/{conversation}/events") as stream:
                for line in stream.iter_lines():
                    seen.append(line)
                    if line == "event: done":
                        claimed.set()
                    if line == "event: closed":
                        return

        reader = threading.Thread(target=follow)
        reader.start()
        assert claimed.wait(10)
        agent.post(f"/v1/agent/conversations/{conversation}/claim")
        agent.post(f"/v1/agent/conversations/{conversation}/reply", json={"text": "Hello from Sam"})
        agent.post(f"/v1/agent/conversations/{conversation}/close", json={"reason": "resolved"})
        reader.join(10)

        assert not reader.is_alive()
        assert any("Hello from Sam" in line for line in seen)


def test_the_business_system_knows_the_customer_who_is_greeted_by_name(served: Running) -> None:
    key = served.add_key("customers", "knowledge")
    with served.client(key) as shop:
        put = shop.put(
            "/v1/customers/c-17/attributes", json={"attributes": {"first_name": "Ada", "products": "Breeze L"}}
        )
        assert put.status_code == 204
    with served.client(signed_token("c-17")) as customer:
        reply = chat(customer, "How often do I have to change the filter?").json()

        assert reply["reply"].startswith("Hello Ada,")
        assert "Breeze L" in reply["reply"]


def test_what_a_customer_said_of_themselves_is_remembered_shown_and_forgotten(served: Running) -> None:
    with served.client(signed_token("c-18")) as customer:
        chat(customer, "Hi, my name is Grace and I have the Breeze L. How often do I change its filter?")
        facts = eventually(lambda: customer.get("/v1/profile").json()["facts"])
        assert {("name", "Grace"), ("Breeze L", "Breeze L")} & {(f["about"], f["value"]) for f in facts}

        again = chat(customer, "How loud is it at night?").json()
        assert again["reply"].startswith("Hello Grace,")

        for fact in facts:
            assert customer.delete(f"/v1/profile/facts/{fact['id']}").status_code == 204
        assert customer.get("/v1/profile").json()["facts"] == []


def test_an_article_put_in_over_the_api_answers_and_deleted_it_is_silent_at_once(served: Running) -> None:
    article = {"id": "parking", "title": "Parking at the shop", "text": "You can park in the yard for 90 minutes."}
    with served.client(served.add_key("knowledge")) as shop, served.client() as customer:
        assert shop.post("/v1/articles", json=article).json()["changed"] == ["parking"]
        eventually_answers(customer, "How long can I park in the yard at the shop?", "90 minutes")

        assert shop.delete("/v1/articles/parking").status_code == 204

        reply = chat(customer, "How long can I park in the yard at the shop?").json()["reply"]
        assert "90 minutes" not in reply


def eventually(look: Callable[[], list[dict[str, str]]]) -> list[dict[str, str]]:
    """Facts are read after the reply, within a second or two."""
    for _ in range(20):
        if found := look():
            return found
        threading.Event().wait(0.25)
    raise AssertionError("nothing came")


def eventually_answers(customer: httpx2.Client, question: str, words: str) -> None:
    """A process looks for new knowledge each second."""
    for _ in range(5):
        if words in chat(customer, question).json()["reply"]:
            return
        threading.Event().wait(0.6)
    raise AssertionError(f"no answer holds {words!r}")


def parsed(stream: str) -> list[tuple[int, str, dict[str, object]]]:
    blocks = [block.splitlines() for block in stream.strip().split("\n\n") if not block.startswith(":")]
    return [
        (int(number.removeprefix("id: ")), name.removeprefix("event: "), json.loads(data.removeprefix("data: ")))
        for number, name, data in blocks
    ]


def signed_token(subject: str) -> str:
    import time

    import jwt

    now = int(time.time())
    claims = {"sub": subject, "aud": "careline", "iat": now, "exp": now + 600}
    return jwt.encode(claims, "k" * 40, algorithm="HS256", headers={"kid": "site"})
