"""Customers say whether the assistant's messages helped: their own, as often as they change their mind."""

from pathlib import Path
from typing import Any

import httpx2
import pytest
from sqlalchemy import select, update

from app.storage import tables as t
from app.storage.rows import stored
from app.wiring.records import now
from tests.channels.customers import Customer, new_customer
from tests.fakes.served import Served, serving


@pytest.fixture
async def customer(served: Served) -> Customer:
    return await new_customer(served)


async def says(customer: Customer, conversation: str, message: str, **said: Any) -> httpx2.Response:
    body = {"message": message, "helpful": True, **said}
    return await customer.client.post(f"/v1/conversations/{conversation}/feedback", json=body, headers=customer.headers)


async def messages(customer: Customer, conversation: str) -> list[dict[str, Any]]:
    return (await customer.get(f"/v1/conversations/{conversation}")).json()["messages"]


async def test_a_thumb_may_be_changed_and_the_newest_counts(customer: Customer) -> None:
    conversation = await customer.opens()
    reply = (await messages(customer, conversation))[-1]["id"]

    first = await says(customer, conversation, reply)
    second = await says(customer, conversation, reply, helpful=False, reason="That is another machine.")

    assert (first.status_code, second.status_code) == (204, 204)
    assert [each["helpful"] for each in await messages(customer, conversation)] == [None, False]


async def test_a_reason_is_masked_like_a_message(served: Served, customer: Customer) -> None:
    conversation = await customer.opens()
    reply = (await messages(customer, conversation))[-1]["id"]

    await says(customer, conversation, reply, helpful=False, reason="My card 4111 1111 1111 1111, password: s3cret!")

    stored = await served.service.database.read(lambda c: c.execute(select(t.feedback.c.reason)).scalar_one())
    assert stored == "My card [card number ending in 1111], password: [hidden]"


async def test_only_the_assistants_messages_of_this_conversation_are_spoken_of(customer: Customer) -> None:
    conversation, other = await customer.opens(), await customer.opens("What does delivery cost?")
    own, _ = await messages(customer, conversation)
    elsewhere = (await messages(customer, other))[-1]["id"]

    for message in (own["id"], elsewhere, "msg_unknown"):
        answer = await says(customer, conversation, message)

        assert (answer.status_code, answer.json()["type"]) == (404, "about:careline/not-found")


async def test_nobody_speaks_of_another_customers_conversation(served: Served, customer: Customer) -> None:
    conversation = await customer.opens()
    reply = (await messages(customer, conversation))[-1]["id"]
    other = await new_customer(served)

    assert (await says(other, conversation, reply)).status_code == 404
    assert (await messages(customer, conversation))[-1]["helpful"] is None


async def test_nothing_is_taken_from_a_blocked_customer(served: Served, customer: Customer) -> None:
    conversation = await customer.opens()
    reply = (await messages(customer, conversation))[-1]["id"]
    blocked = update(t.customers).values(blocked_at=stored(now()))
    await served.service.database.write(lambda c: c.execute(blocked).rowcount)

    refused = await says(customer, conversation, reply, helpful=False, reason="You are all the same.")

    assert (refused.status_code, refused.json()["type"]) == (403, "about:careline/blocked")
    assert (await messages(customer, conversation))[-1]["helpful"] is None


async def test_thumbs_without_end_are_refused(migrated_file: Path, tmp_path: Path) -> None:
    async with serving(tmp_path, migrated_file, rate_per_customer="2/minute") as served:
        customer = await new_customer(served)
        conversation = await customer.opens()
        reply = (await messages(customer, conversation))[-1]["id"]
        answers = [await says(customer, conversation, reply) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [204, 429]


@pytest.mark.parametrize("reason", ["x" * 1_001, "\x00", "\u202e\u200b"])
async def test_a_reason_that_cannot_be_read_is_refused(customer: Customer, reason: str) -> None:
    conversation = await customer.opens()
    reply = (await messages(customer, conversation))[-1]["id"]

    assert (await says(customer, conversation, reply, reason=reason)).status_code == 422
