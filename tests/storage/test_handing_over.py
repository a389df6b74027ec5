"""A conversation changes hands: to a colleague, or out of the queue as spam; the customer sees who has it."""

import asyncio

import pytest
from sqlalchemy import update

from app.care.records import TurnEnd
from app.domain.agents import Agent, AgentRole, UnknownAgentError
from app.domain.conversations import Claimed, Closed, ConversationStatus, UnknownConversationError
from app.domain.handoffs import (
    AlreadyClaimedError,
    Brief,
    HandoffReason,
    NewHandoff,
    NotWaitingError,
    NotYoursError,
)
from app.domain.replies import Outcome
from app.domain.turns import LeaseLostError
from app.storage import tables as t
from app.storage.audit import AuditRecords
from app.storage.database import Database
from app.storage.desk import DeskRecords
from tests.fakes.company import Company
from tests.fakes.parts import FakeClock, counting_ids

WISH = NewHandoff(reason=HandoffReason.WISH, evidence="a human", brief=Brief(wants="a refund"))


@pytest.fixture
def company(database: Database, clock: FakeClock) -> Company:
    return Company(database, clock)


async def test_an_agent_hands_on_what_they_have_and_the_customer_hears_the_new_name(company: Company) -> None:
    conversation, robin = await _claimed(company)
    sam = await company.agent("Sam")

    moved = await company.queue.hand_over(conversation, robin, sam.id, "Knows the machine")

    events = await company.conversations.events(conversation, 0)
    assert [event.body.agent_name for event in events if isinstance(event.body, Claimed)] == ["Robin", "Sam"]
    assert (moved.agent_id, moved.agent_name) == (sam.id, "Sam")
    assert (await company.queue.reply(conversation, sam, "Sam here.", None)).agent_name == "Sam"
    with pytest.raises(NotYoursError):
        await company.queue.reply(conversation, robin, "One more thing", None)
    assert [note.text for note in (await _desk(company).details(conversation)).notes] == ["Knows the machine"]


async def test_only_one_of_two_handings_over_wins(company: Company) -> None:
    conversation, robin = await _claimed(company)
    others = [await company.agent(name) for name in ("Sam", "Kim")]

    results = await asyncio.gather(
        *(company.queue.hand_over(conversation, robin, other.id, None) for other in others), return_exceptions=True
    )

    assert sum(isinstance(result, NotYoursError) for result in results) == 1
    assert (await company.kinds(conversation)).count("Claimed") == 2


async def test_a_claim_and_a_handing_over_at_once_leave_one_agent_in_charge(company: Company) -> None:
    conversation, boss = await _waiting(company), await _supervisor(company)
    robin, sam = await company.agent("Robin"), await company.agent("Sam")

    results = await asyncio.gather(
        company.queue.claim(conversation, robin),
        company.queue.hand_over(conversation, boss, sam.id, None),
        return_exceptions=True,
    )

    found = await company.conversations.conversation(conversation)
    assert found is not None
    assert found.agent_id == sam.id
    assert all(not isinstance(result, Exception) or isinstance(result, AlreadyClaimedError) for result in results)
    assert [handoff.conversation_id for handoff in await company.queue.handoffs_of(sam.id)] == [conversation]
    assert await company.queue.handoffs_of(robin.id) == []


async def test_an_agent_does_not_hand_on_what_a_colleague_has_or_nobody(company: Company) -> None:
    waiting = await _waiting(company, "bob")
    conversation, _ = await _claimed(company)
    sam = await company.agent("Sam")

    for each in (waiting, conversation):
        with pytest.raises(NotYoursError):
            await company.queue.hand_over(each, sam, sam.id, None)


async def test_a_supervisor_gives_out_what_waits_and_what_the_assistant_leads(company: Company) -> None:
    boss, sam = await _supervisor(company), await company.agent("Sam")
    waiting = await _waiting(company)
    led = (await company.writes_and_is_met("How do I descale it?", who="bob")).conversation_id

    reasons = [(await company.queue.hand_over(each, boss, sam.id, None)).reason for each in (waiting, led)]

    assert reasons == [HandoffReason.WISH, HandoffReason.TAKEN_OVER]
    assert {handoff.conversation_id for handoff in await company.queue.handoffs_of(sam.id)} == {waiting, led}


async def test_to_whom_it_belongs_already_it_is_not_given_again(company: Company) -> None:
    conversation, robin = await _claimed(company)

    await company.queue.hand_over(conversation, robin, robin.id, None)

    assert (await company.kinds(conversation)).count("Claimed") == 1


async def test_nothing_goes_to_an_agent_who_is_unknown_or_disabled(company: Company) -> None:
    conversation, robin = await _claimed(company)
    gone = await company.agent("Gone")
    left = update(t.agents).where(t.agents.c.id == gone.id).values(disabled_at=company.clock.now.replace(tzinfo=None))
    await company.database.write(lambda c: c.execute(left).rowcount)

    for nobody in ("agt_nobody", gone.id):
        with pytest.raises(UnknownAgentError):
            await company.queue.hand_over(conversation, robin, nobody, "a note that must not stay")

    assert (await _desk(company).details(conversation)).notes == ()
    with pytest.raises(UnknownConversationError):
        await company.queue.hand_over("cnv_none", robin, robin.id, None)


async def test_a_closed_conversation_is_not_handed_over(company: Company) -> None:
    conversation, robin = await _claimed(company)
    await company.queue.close(conversation, robin, "resolved")

    with pytest.raises(NotWaitingError):
        await company.queue.hand_over(conversation, await _supervisor(company), robin.id, None)


async def test_spam_is_closed_with_the_reason_and_leaves_the_queue(company: Company) -> None:
    conversation, robin = await _waiting(company), await company.agent()

    await company.queue.mark_spam(conversation, robin)

    events = await company.conversations.events(conversation, 0)
    assert [event.body.reason for event in events if isinstance(event.body, Closed)] == ["spam"]
    assert await company.queue.waiting() == []
    found = await company.conversations.conversation(conversation)
    assert found is not None
    assert found.status is ConversationStatus.CLOSED


async def test_spam_ends_the_assistants_turn_and_its_message_has_an_outcome(company: Company) -> None:
    receipt = await company.writes("Buy pills")
    assert receipt.lease is not None
    turn = await company.turns.begin_turn(receipt.lease)
    assert turn is not None

    await company.queue.mark_spam(receipt.conversation_id, await company.agent())

    with pytest.raises(LeaseLostError):
        await company.turns.finish_turn(turn, TurnEnd(outcome=Outcome.ANSWERED, reply="About pills"))
    [message] = await company.conversations.messages(receipt.conversation_id)
    assert message.outcome is Outcome.CLOSED
    assert await company.turns.overdue(company.clock.now.replace(year=2030)) == 0


async def test_what_a_colleague_has_in_hand_is_not_spam_to_others(company: Company) -> None:
    conversation, _ = await _claimed(company)

    with pytest.raises(NotYoursError):
        await company.queue.mark_spam(conversation, await company.agent("Sam"))

    assert not (await _desk(company).details(conversation)).conversation.spam


async def test_what_is_closed_already_gets_the_mark_alone(company: Company) -> None:
    conversation, robin = await _claimed(company)
    await company.queue.close(conversation, robin, "resolved")

    await company.queue.mark_spam(conversation, robin)
    marked = (await _desk(company).details(conversation)).conversation.spam
    await company.queue.unmark_spam(conversation)

    assert marked
    assert not (await _desk(company).details(conversation)).conversation.spam
    assert (await company.kinds(conversation)).count("Closed") == 1


def _desk(company: Company) -> DeskRecords:
    new_id = counting_ids()
    audit = AuditRecords(company.database, company.clock, new_id)
    return DeskRecords(company.database, company.wakeups, audit, company.clock, new_id)


async def _supervisor(company: Company) -> Agent:
    return await company.people.add_agent("Boss", "boss@company.example", AgentRole.SUPERVISOR, "hash of Boss")


async def _waiting(company: Company, who: str = "ada") -> str:
    receipt = await company.writes("I want a human", who=who)
    assert receipt.lease is not None
    turn = await company.turns.begin_turn(receipt.lease)
    assert turn is not None
    await company.turns.finish_turn(turn, TurnEnd(outcome=Outcome.HANDED_OFF, reply="Of course.", handoff=WISH))
    return receipt.conversation_id


async def _claimed(company: Company) -> tuple[str, Agent]:
    conversation, agent = await _waiting(company), await company.agent()
    await company.queue.claim(conversation, agent)
    return conversation, agent
