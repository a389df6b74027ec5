"""Messages come in: once each, into the right conversation, with a lease for whoever takes the turn."""

import asyncio

import pytest

from app.domain.conversations import ConversationStatus, UnknownConversationError
from app.domain.messages import UnreadableTextError
from app.storage.database import Database
from tests.fakes.company import OWNER, Company
from tests.fakes.parts import FakeClock


@pytest.fixture
def company(database: Database, clock: FakeClock) -> Company:
    return Company(database, clock)


async def test_a_first_message_opens_a_conversation_and_gives_a_lease(company: Company) -> None:
    receipt = await company.writes("How do I descale it?")

    assert receipt.lease is not None
    assert receipt.lease.owner == OWNER
    assert await company.kinds(receipt.conversation_id) == ["MessageReceived"]


async def test_the_ai_notice_stands_with_the_first_message_only(company: Company) -> None:
    first = await company.writes("Hello")
    await company.writes("Are you there?", first.conversation_id)

    events = await company.conversations.events(first.conversation_id, 0)

    assert [event.body.notice for event in events] == ["ai_notice", None]  # type: ignore[union-attr]


async def test_a_repeated_delivery_is_one_message(company: Company) -> None:
    first = await company.writes("Hello", key="delivery-1")

    second = await company.writes("Hello", key="delivery-1")

    assert (second.message_id, second.repeated, second.lease) == (first.message_id, True, None)
    assert len(await company.said(first.conversation_id)) == 1


async def test_two_identical_deliveries_at_once_are_one_message(company: Company) -> None:
    opened = await company.writes("Hello")

    receipts = await asyncio.gather(*(company.writes("Again", opened.conversation_id, key="k") for _ in range(5)))

    assert len({receipt.message_id for receipt in receipts}) == 1
    assert len(await company.said(opened.conversation_id)) == 2


async def test_the_same_key_of_another_customer_is_another_message(company: Company) -> None:
    first = await company.writes("Hello", key="1", who="ada")
    second = await company.writes("Hello", key="1", who="bob")

    assert first.message_id != second.message_id


async def test_a_foreign_conversation_is_told_like_an_unknown_one(company: Company) -> None:
    receipt = await company.writes("Hello", who="ada")

    with pytest.raises(UnknownConversationError):
        await company.writes("Hello", receipt.conversation_id, who="bob")
    with pytest.raises(UnknownConversationError):
        await company.writes("Hello", "cnv_nowhere", who="ada")


async def test_a_second_message_gets_no_lease_while_the_turn_is_held(company: Company) -> None:
    first = await company.writes("Hello")

    second = await company.writes("One more thing", first.conversation_id)

    assert second.lease is None


async def test_a_message_within_48_hours_of_the_close_reopens_the_conversation(company: Company) -> None:
    conversation = await _closed(company)
    company.clock.forward(hours=47)

    receipt = await company.writes("It leaks again", conversation)

    assert receipt.conversation_id == conversation
    assert (await company.kinds(conversation))[-2:] == ["Reopened", "MessageReceived"]


async def test_a_later_message_opens_a_new_conversation_on_the_same_thread(company: Company) -> None:
    conversation = await _closed(company)
    company.clock.forward(hours=49)

    receipt = await company.writes("It leaks again", conversation)

    found = await company.conversations.conversation(receipt.conversation_id)
    assert found is not None
    assert (found.previous_id, found.status) == (conversation, ConversationStatus.WITH_ASSISTANT)


@pytest.mark.parametrize("text", ["", "   ", "\u200b", "x" * 4_001, "a\x00b", "\x07", "\ud800"])
async def test_text_that_is_none_is_refused_and_leaves_nothing_behind(company: Company, text: str) -> None:
    with pytest.raises(UnreadableTextError):
        await company.writes(text)

    assert await company.turns.take_due("other", 10) == ()


async def test_card_numbers_and_passwords_are_masked_before_they_are_stored(company: Company) -> None:
    receipt = await company.writes("My card 4111 1111 1111 1111, password: hunter2! and order 1234567890123")

    [(_, text)] = await company.said(receipt.conversation_id)
    assert text == "My card [card number ending in 1111], password: [hidden] and order 1234567890123"


async def _closed(company: Company) -> str:
    receipt = await company.writes("It leaks")
    agent = await company.agent()
    await company.queue.claim(receipt.conversation_id, agent)
    await company.queue.close(receipt.conversation_id, agent, "resolved")
    return receipt.conversation_id
