"""Deliveries: written with their events, noted before each try, and never repeated blindly."""

from collections.abc import Sequence
from datetime import timedelta

import pytest

from app.care.outbox import KEPT
from app.domain.conversations import ConversationStatus
from app.domain.deliveries import Delivery, DeliveryStatus, Endpoint, EndpointKind, Tried, WhenUnknown
from app.storage.database import Database
from tests.fakes.company import Company
from tests.fakes.parts import FakeClock

OWNER = "this process"


@pytest.fixture
def company(database: Database, clock: FakeClock) -> Company:
    return Company(database, clock)


async def test_events_are_told_to_those_who_asked_for_their_kind(company: Company) -> None:
    every = await company.endpoint(EndpointKind.EVENTS, "crm")
    some = await company.endpoint(EndpointKind.EVENTS, "pager", kinds=frozenset({"conversation.claimed"}))
    receipt = await company.writes_and_is_met("How do I descale it?")
    await company.queue.claim(receipt.conversation_id, await company.agent())

    to_crm, to_pager = await _due(company, every), await _due(company, some)

    kinds = ["conversation.opened", "message.received", "message.sent", "conversation.claimed"]
    assert [delivery.kind for delivery in to_crm] == kinds
    assert [delivery.body["seq"] for delivery in to_crm] == [1, 1, 3, 4]
    assert [delivery.kind for delivery in to_pager] == ["conversation.claimed"]


async def test_a_reply_on_a_channel_goes_to_its_sender_and_says_first_that_it_is_an_ai(company: Company) -> None:
    channel = await company.endpoint(EndpointKind.CHANNEL, when_unknown=WhenUnknown.SHOW)
    receipt = await company.writes_on(channel, "How do I descale it?", who="+49 30 1234")
    assert receipt.lease is not None
    await company.answering().take_turns(receipt.lease)
    again = await company.writes_on(channel, "And how often?", who="+49 30 1234")
    assert again.lease is not None
    await company.answering().take_turns(again.lease)

    [first] = await _due(company, channel)
    await company.outbox_records.note_try(first, Tried.SENT)
    [second] = await _due(company, channel)

    assert again.conversation_id == receipt.conversation_id
    assert first.body["recipient"] == "+49 30 1234"
    assert first.body["text"] == "ai_notice\n\nDescale it every 3 months."
    assert second.body["text"] == "Descale it every 3 months."


async def test_an_agents_words_follow_the_assistants_even_when_these_are_late(company: Company) -> None:
    channel = await company.endpoint(EndpointKind.CHANNEL, when_unknown=WhenUnknown.SHOW)
    conversation = await _answered_on(company, channel)
    agent = await company.agent()
    await company.queue.claim(conversation, agent)
    await company.queue.reply(conversation, agent, "Robin here", None)

    [first] = await _due(company, channel)
    waiting = await _due(company, channel)
    await company.outbox_records.note_try(first, Tried.FAILED)
    still_waiting = await _due(company, channel)
    company.clock.forward(seconds=2)
    [again] = await _due(company, channel)
    await company.outbox_records.note_try(again, Tried.SENT)
    [second] = await _due(company, channel)

    assert (first.body["author"], waiting, still_waiting) == ("assistant", [], [])
    assert (again.id, again.attempts) == (first.id, 2)
    assert second.body["text"] == "Robin here"


async def test_a_burst_on_a_channel_settles_before_its_turn_begins(company: Company) -> None:
    channel = await company.endpoint(EndpointKind.CHANNEL)
    for text in ("Hi", "my machine", "is leaking"):
        receipt = await company.writes_on(channel, text, settle=2)
        company.clock.forward(seconds=1)
    early = await company.turns.take_due(OWNER, 10)
    company.clock.forward(seconds=1)
    [lease] = await company.turns.take_due(OWNER, 10)
    turn = await company.turns.begin_turn(lease)

    assert (receipt.lease, early) == (None, ())
    assert turn is not None
    assert [message.text for message in turn.messages] == ["Hi", "my machine", "is leaking"]


async def test_a_customer_who_never_pauses_is_answered_within_ten_seconds(company: Company) -> None:
    channel = await company.endpoint(EndpointKind.CHANNEL)
    for second in range(10):
        await company.writes_on(channel, f"message {second}", settle=2)
        company.clock.forward(seconds=1)

    assert len(await company.turns.take_due(OWNER, 10)) == 1


async def test_a_message_two_days_after_the_close_opens_a_new_conversation_on_the_thread(company: Company) -> None:
    channel = await company.endpoint(EndpointKind.CHANNEL)
    first = await _answered_on(company, channel)
    agent = await company.agent()
    await company.queue.claim(first, agent)
    await company.queue.close(first, agent, "resolved")
    company.clock.forward(hours=47)
    soon = await company.writes_on(channel, "one more thing")
    await company.queue.claim(first, agent)
    await company.queue.close(first, agent, "resolved")
    company.clock.forward(hours=49)
    late = await company.writes_on(channel, "hello again")

    opened = await company.conversations.conversation(late.conversation_id)

    assert soon.conversation_id == first
    assert opened is not None
    assert (opened.previous_id, opened.status) == (first, ConversationStatus.WITH_ASSISTANT)


async def test_one_senders_address_on_two_channels_is_two_customers(company: Company) -> None:
    one = await company.endpoint(EndpointKind.CHANNEL, "one")
    two = await company.endpoint(EndpointKind.CHANNEL, "two")

    receipts = [await company.writes_on(channel, "Hello", key="m-1") for channel in (one, two)]

    assert len({receipt.customer_id for receipt in receipts}) == 2
    assert len({receipt.message_id for receipt in receipts}) == 2


async def test_a_try_whose_process_died_is_shown_to_an_agent_and_not_repeated(company: Company) -> None:
    channel = await company.endpoint(EndpointKind.CHANNEL, when_unknown=WhenUnknown.SHOW)
    await _answered_on(company, channel)
    [sent] = await _due(company, channel)
    company.clock.forward(minutes=2)

    assert await _due(company, channel) == []
    company.clock.forward(days=2)
    assert await _due(company, channel) == []

    [unsettled] = await company.outbox_records.unsettled()
    assert (unsettled.id, unsettled.status, unsettled.unknowns) == (sent.id, DeliveryStatus.UNKNOWN, 1)


async def test_a_try_that_comes_back_after_its_deadline_changes_nothing(company: Company) -> None:
    channel = await company.endpoint(EndpointKind.CHANNEL, when_unknown=WhenUnknown.SHOW)
    await _answered_on(company, channel)
    [sent] = await _due(company, channel)
    company.clock.forward(minutes=2)
    await _due(company, channel)

    await company.outbox_records.note_try(sent, Tried.FAILED)

    [unsettled] = await company.outbox_records.unsettled()
    assert unsettled.status is DeliveryStatus.UNKNOWN


async def test_a_process_that_thaws_does_not_note_the_try_of_another(company: Company) -> None:
    channel = await company.endpoint(EndpointKind.CHANNEL, when_unknown=WhenUnknown.SHOW)
    await _answered_on(company, channel)
    [frozen] = await _due(company, channel)
    company.clock.forward(seconds=41)
    await _due(company, channel)
    await company.outbox_records.send_again(frozen.id)
    [again] = await _due(company, channel)

    await company.outbox_records.note_try(frozen, Tried.FAILED, "thawed")

    company.clock.forward(seconds=5)
    assert again.attempts == frozen.attempts
    assert await _due(company, channel) == []


async def test_what_was_taken_and_never_begun_is_due_again(company: Company) -> None:
    endpoint = await company.endpoint(EndpointKind.EVENTS)
    await _answered(company, 1)
    taken = await _due(company, endpoint)

    await company.outbox_records.give_back(OWNER, [taken[0].id])

    again = await _due(company, endpoint)
    assert {delivery.id for delivery in again} == {delivery.id for delivery in taken[1:]}
    assert {delivery.attempts for delivery in again} == {1}


async def test_old_deliveries_that_arrived_are_deleted_and_others_kept(company: Company) -> None:
    endpoint = await company.endpoint(EndpointKind.EVENTS)
    await _answered(company, 1)
    sent, refused, _ = await _due(company, endpoint)
    await company.outbox_records.note_try(sent, Tried.SENT)
    await company.outbox_records.note_try(refused, Tried.REFUSED)
    company.clock.forward(days=31)

    assert await company.outbox_records.prune(company.clock() - KEPT, 500) == 1

    assert [delivery.id for delivery in await company.outbox_records.unsettled()] == [refused.id]


@pytest.mark.parametrize(("arrived", "status"), [(True, DeliveryStatus.SENT), (False, DeliveryStatus.DUE)])
async def test_a_receiver_that_can_be_asked_settles_an_unknown_outcome(
    company: Company, arrived: bool, status: DeliveryStatus
) -> None:
    channel = await company.endpoint(EndpointKind.CHANNEL, when_unknown=WhenUnknown.ASK)
    await _answered_on(company, channel)
    [sent] = await _due(company, channel)
    await company.outbox_records.note_try(sent, Tried.UNKNOWN)
    company.clock.forward(seconds=15)

    [asked] = await _due(company, channel)
    await company.outbox_records.note_answer(asked, arrived)

    again = await _due(company, channel)
    assert (asked.status, asked.asked) == (DeliveryStatus.UNKNOWN, 1)
    assert [delivery.attempts for delivery in again] == ([] if status is DeliveryStatus.SENT else [2])


async def test_a_receiver_that_cannot_tell_is_asked_less_and_less_then_an_agent_decides(company: Company) -> None:
    channel = await company.endpoint(EndpointKind.CHANNEL, when_unknown=WhenUnknown.ASK)
    await _answered_on(company, channel)
    [sent] = await _due(company, channel)
    await company.outbox_records.note_try(sent, Tried.UNKNOWN)
    asked = 0
    for _ in range(200):
        company.clock.forward(seconds=30)
        for delivery in await _due(company, channel):
            asked += 1
            await company.outbox_records.note_answer(delivery, None)

    [unsettled] = await company.outbox_records.unsettled()
    assert (unsettled.status, unsettled.attempts, asked) == (DeliveryStatus.UNKNOWN, 1, 8)


async def test_an_agent_sends_again_or_settles_only_what_waits_for_them(company: Company) -> None:
    channel = await company.endpoint(EndpointKind.CHANNEL, when_unknown=WhenUnknown.SHOW)
    await _answered_on(company, channel)
    [sent] = await _due(company, channel)
    assert not await company.outbox_records.send_again(sent.id)
    await company.outbox_records.note_try(sent, Tried.UNKNOWN)

    assert await company.outbox_records.send_again(sent.id)
    company.clock.forward(seconds=1)
    [again] = await _due(company, channel)
    await company.outbox_records.note_try(again, Tried.REFUSED, "answered 404")
    [failed] = await company.outbox_records.unsettled()
    assert await company.outbox_records.settle(sent.id)

    assert (failed.status, failed.reason) == (DeliveryStatus.FAILED, "answered 404")
    assert await company.outbox_records.unsettled() == []


async def test_a_dead_endpoint_rests_and_the_others_go_on(company: Company) -> None:
    dead = await company.endpoint(EndpointKind.EVENTS, "dead")
    alive = await company.endpoint(EndpointKind.EVENTS, "alive")
    await _answered(company, 4)
    rests: list[int] = []
    for _ in range(4):
        [delivery] = await _due(company, dead, 1)
        await company.outbox_records.note_try(delivery, Tried.FAILED)
        rests.append(await _seconds_until_due(company, dead))

    assert rests == [1, 2, 4, 8]
    assert len(await _due(company, alive)) == 12
    [delivery] = await _due(company, dead, 1)
    await company.outbox_records.note_try(delivery, Tried.SENT)
    assert len(await _due(company, dead)) > 6


async def test_tries_that_fail_together_count_as_one_failure(company: Company) -> None:
    endpoint = await company.endpoint(EndpointKind.EVENTS)
    await _answered(company, 4)

    for delivery in await _due(company, endpoint, 8):
        await company.outbox_records.note_try(delivery, Tried.FAILED)

    assert await _seconds_until_due(company, endpoint) == 1


async def _seconds_until_due(company: Company, endpoint: Endpoint) -> int:
    seconds = 0
    while endpoint.id not in await company.outbox_records.due_endpoints():
        company.clock.forward(seconds=1)
        seconds += 1
    return seconds


async def test_a_disabled_endpoint_gets_nothing_more(company: Company) -> None:
    endpoint = await company.endpoint(EndpointKind.EVENTS)
    await _answered(company, 1)

    assert await company.outbox_records.disable_endpoint(endpoint.id)
    await _answered(company, 1)

    company.clock.forward(hours=1)
    assert await company.outbox_records.due_endpoints() == []
    assert await company.outbox_records.endpoint(endpoint.id) is None


async def test_the_same_delivery_is_taken_by_one_process(company: Company) -> None:
    endpoint = await company.endpoint(EndpointKind.EVENTS)
    await _answered(company, 3)

    first, second = await _due(company, endpoint, 5), await _due(company, endpoint, 50)

    ids = [delivery.id for delivery in (*first, *second)]
    assert len(ids) == len(set(ids)) == 9


async def _due(company: Company, endpoint: Endpoint, limit: int = 50) -> Sequence[Delivery]:
    until = company.clock() + timedelta(seconds=40)
    return await company.outbox_records.take_deliveries(endpoint.id, OWNER, limit, until)


async def _answered_on(company: Company, channel: Endpoint) -> str:
    receipt = await company.writes_on(channel, "How do I descale it?")
    assert receipt.lease is not None
    await company.answering().take_turns(receipt.lease)
    return receipt.conversation_id


async def _answered(company: Company, conversations: int) -> None:
    for number in range(conversations):
        await company.writes_and_is_met("How do I descale it?", who=f"customer {number}")
