"""What a customer's browser relies on: a first message sent twice is one, answers at once, events by stream or poll."""

import asyncio
import time
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx2
import jwt
import pytest
from pydantic import SecretStr
from sqlalchemy import update

from app.storage import tables as t
from app.storage.rows import stored
from tests.channels.customers import Customer, new_customer
from tests.fakes.served import Served, on_a_port, serving

KEY = "k" * 40


@pytest.fixture
async def customer(served: Served) -> Customer:
    return await new_customer(served)


async def test_a_first_message_sent_twice_is_one_message(served: Served, customer: Customer) -> None:
    headers = {"Idempotency-Key": "m-1"}

    first = (await customer.says("Hello there", headers=headers)).json()
    second = (await customer.says("Hello there", headers=headers)).json()

    assert (first["conversation"], first["message"]) == (second["conversation"], second["message"])
    assert len((await customer.get("/v1/conversations")).json()["conversations"]) == 1


async def test_becoming_a_customer_gives_a_secret_that_nobody_keeps(served: Served) -> None:
    made = await served.client.post("/v1/customers")
    again = await served.client.post("/v1/customers")

    assert made.headers["cache-control"] == "no-store"
    assert made.json()["token"].startswith("cst_")
    assert made.json()["token"] != again.json()["token"]


async def test_becoming_customers_without_end_is_refused(migrated_file: Path, tmp_path: Path) -> None:
    async with serving(tmp_path, migrated_file, rate_per_address="2/minute") as served:
        answers = [await served.client.post("/v1/customers") for _ in range(3)]

    assert [answer.status_code for answer in answers] == [201, 201, 429]
    assert int(answers[-1].headers["retry-after"]) > 0


@pytest.mark.parametrize(
    "more",
    [{"identity": {"name": "a\x00b"}}, {"identity": {"email": "a\nb"}}, {"idempotency_key": "\x00"},
     {"conversation": "cnv_\x00"}],
)  # fmt: skip
async def test_what_no_database_takes_is_refused_beside_a_message_too(customer: Customer, more: dict[str, Any]) -> None:
    answer = await customer.says("Hello there", **more)

    assert (answer.status_code, answer.json()["type"]) == (422, "about:careline/invalid")


async def test_an_id_that_no_database_takes_is_nobodys(customer: Customer) -> None:
    answers = [
        await customer.get("/v1/conversations/cnv_%00"),
        await customer.get("/v1/conversations/cnv_%00/events"),
        await customer.get("/v1/files/fil_%00"),
        await customer.client.delete("/v1/profile/facts/fct_%00", headers=customer.headers),
    ]

    assert [answer.status_code for answer in answers] == [422] * 4


async def test_who_prefers_not_to_wait_is_told_at_once_where_the_reply_will_be(customer: Customer) -> None:
    answer = await customer.says("How do I descale it?", headers={"Prefer": "respond-async"})

    told = answer.json()
    assert (answer.status_code, told["outcome"], told["seq"]) == (202, "pending", 1)
    assert answer.headers["location"] == f"/v1/conversations/{told['conversation']}"
    assert answer.headers["preference-applied"] == "respond-async"
    assert (await customer.events(told["conversation"]))[0]["data"]["message"] == told["message"]


async def test_the_poll_tells_what_the_stream_tells(customer: Customer) -> None:
    conversation = await customer.opens("I want to talk to a human")

    events = await customer.events(conversation)
    rest = await customer.events(conversation, after=1)

    assert [event["seq"] for event in events] == list(range(1, len(events) + 1))
    assert [event["name"] for event in events][:2] == ["accepted", "handoff"]
    assert events[-1]["name"] == "done"
    assert rest == events[1:]


async def test_every_event_tells_when_it_happened_and_the_handoff_its_place(customer: Customer) -> None:
    before = datetime.now(UTC)
    first = await customer.opens("I want to talk to a human")
    second = (await customer.says("Can I speak to a real person please?")).json()["conversation"]

    events = await customer.events(first) + await customer.events(second)
    places = [event["data"]["position"] for event in events if event["name"] == "handoff"]
    waiting = (await customer.get(f"/v1/conversations/{second}")).json()["handoff"]

    assert all(before <= datetime.fromisoformat(event["data"]["at"]) <= datetime.now(UTC) for event in events)
    assert places == [1, 2]
    assert waiting["position"] == 2


async def test_the_events_of_another_customer_are_not_there(served: Served, customer: Customer) -> None:
    conversation = await customer.opens()
    other = await new_customer(served)

    answer = await served.client.get(
        f"/v1/conversations/{conversation}/events", headers={**other.headers, "Accept": "application/json"}
    )

    assert answer.status_code == 404


@pytest.mark.parametrize(
    "times",
    [
        {"exp": str(int(time.time()) + 600)},
        {"iat": str(int(time.time()))},
        {"exp": 1e400},
        {"exp": int(time.time()) + 90_000},
    ],
)
async def test_a_token_whose_times_are_none_or_too_far_apart_is_refused(
    migrated_file: Path, tmp_path: Path, times: dict[str, object]
) -> None:
    async with serving(tmp_path, migrated_file, identity_keys={"site": SecretStr(KEY)}) as served:
        answer = await served.client.post("/v1/chat", json={"text": "Hello"}, headers=signed_token(600, **times))

    assert answer.status_code == 401


async def test_a_stream_ends_with_the_token_that_opened_it(migrated_file: Path, tmp_path: Path) -> None:
    async with serving(tmp_path, migrated_file, identity_keys={"site": SecretStr(KEY)}) as served:
        served.app.state.api = replace(served.app.state.api, admitted_again=0)
        short, long = signed_token(seconds=2), signed_token(seconds=600)
        opened = await served.client.post("/v1/chat", json={"text": "Hello"}, headers=long)
        path = f"/v1/conversations/{opened.json()['conversation']}/events"
        async with (
            on_a_port(served) as address,
            httpx2.AsyncClient(base_url=address, trust_env=False) as client,
            client.stream("GET", path, headers=short) as stream,
            asyncio.timeout(10),
        ):
            lines = stream.aiter_lines()
            before = [line async for line in _until_done(lines)]
            await asyncio.sleep(2)
            again = {"text": "Hello again", "conversation": opened.json()["conversation"]}
            await served.client.post("/v1/chat", json=again, headers=long)
            after = [line async for line in lines if line]

    assert "event: done" in before
    assert after == []


async def _until_done(lines: AsyncIterator[str]) -> AsyncIterator[str]:
    async for line in lines:
        yield line
        if line == "event: done":
            await anext(lines)
            return


def signed_token(seconds: int, **others: object) -> dict[str, str]:
    """The header of the site's customer c-1."""
    now = int(time.time())
    claims = {"sub": "c-1", "aud": "careline", "iat": now, "exp": now + seconds, **others}
    return {"Authorization": f"Bearer {jwt.encode(claims, KEY, algorithm='HS256', headers={'kid': 'site'})}"}


async def test_a_blocked_customer_is_told_so_and_nothing_is_stored(served: Served, customer: Customer) -> None:
    conversation = await customer.opens()
    blocked = update(t.customers).values(blocked_at=stored(datetime.now(UTC)))
    await served.service.database.write(lambda c: c.execute(blocked).rowcount)

    answer = await customer.says("Hello again", conversation=conversation)

    messages = (await customer.get(f"/v1/conversations/{conversation}")).json()["messages"]
    assert (answer.status_code, answer.json()["type"]) == (403, "about:careline/blocked")
    assert "Hello again" not in [message["text"] for message in messages]


@pytest.mark.parametrize(
    ("text", "accepted", "begins"),
    [
        ("Wie entkalke ich meine Maschine?", "en-GB,en;q=0.9", "Sie schreiben"),
        ("Comment puis-je retourner ma commande ?", "", "Vous"),
        ("Pour 4", "es-ES,es;q=0.9,en;q=0.8", "Est"),
        ("Pour 4", "pl", "You are writing"),
        ("Pour 4", "*", "You are writing"),
        ("Is this machine dishwasher safe?", "de", "You are writing"),
    ],
)
async def test_the_notice_of_an_ai_is_in_the_customers_language(
    served: Served, text: str, accepted: str, begins: str
) -> None:
    answer = await served.client.post("/v1/chat", json={"text": text}, headers={"Accept-Language": accepted})

    assert answer.json()["notice"].startswith(begins), answer.json()["notice"]
