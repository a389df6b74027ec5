"""Agents claim, reply, give back and close; the assistant is silent while an agent is in charge."""

import asyncio

import pytest
from sqlalchemy import update

from app.care.records import TurnEnd
from app.domain.agents import UnknownAgentError
from app.domain.conversations import ConversationStatus, TurnDone
from app.domain.handoffs import (
    AlreadyClaimedError,
    Brief,
    HandoffReason,
    NewHandoff,
    NotWaitingError,
    NotYoursError,
)
from app.domain.replies import Outcome, Sentence
from app.domain.turns import LeaseLostError
from app.storage import tables as t
from app.storage.database import Database
from tests.fakes.company import Company
from tests.fakes.parts import FakeClock

WISH = NewHandoff(reason=HandoffReason.WISH, evidence="a human", brief=Brief(wants="a refund"))


@pytest.fixture
def company(database: Database, clock: FakeClock) -> Company:
    return Company(database, clock)


async def test_the_queue_is_served_in_the_order_of_waiting(company: Company) -> None:
    first = await _waiting(company, "ada")
    company.clock.forward(minutes=1)
    second = await _waiting(company, "bob")

    waiting = await company.queue.waiting()

    assert [(h.conversation_id, h.position) for h in waiting] == [(first, 1), (second, 2)]


async def test_only_one_agent_claims_a_conversation(company: Company) -> None:
    conversation = await _waiting(company)
    agents = [await company.agent(name) for name in ("Robin", "Sam", "Kim")]

    results = await asyncio.gather(*(company.queue.claim(conversation, a) for a in agents), return_exceptions=True)

    assert sum(isinstance(result, AlreadyClaimedError) for result in results) == 2
    assert (await company.kinds(conversation)).count("Claimed") == 1


async def test_an_agent_who_was_disabled_as_they_claimed_takes_nobody_out_of_the_queue(company: Company) -> None:
    conversation, robin = await _waiting(company), await company.agent()
    left = update(t.agents).where(t.agents.c.id == robin.id).values(disabled_at=company.clock.now.replace(tzinfo=None))
    await company.database.write(lambda c: c.execute(left).rowcount)

    with pytest.raises(UnknownAgentError):
        await company.queue.claim(conversation, robin)

    assert [each.conversation_id for each in await company.queue.waiting()] == [conversation]


async def test_positions_fall_when_the_head_is_claimed(company: Company) -> None:
    first = await _waiting(company, "ada")
    company.clock.forward(minutes=1)
    second = await _waiting(company, "bob")

    await company.queue.claim(first, await company.agent())

    handoff = await company.conversations.handoff_of(second)
    assert handoff is not None
    assert handoff.position == 1


async def test_only_the_agent_in_charge_replies_returns_and_closes(company: Company) -> None:
    conversation = await _waiting(company)
    await company.queue.claim(conversation, await company.agent("Robin"))
    other = await company.agent("Sam")

    with pytest.raises(NotYoursError):
        await company.queue.reply(conversation, other, "Hello", None)
    with pytest.raises(NotYoursError):
        await company.queue.give_back(conversation, other)
    with pytest.raises(NotYoursError):
        await company.queue.close(conversation, other, "resolved")


async def test_a_reply_sent_twice_is_one_message(company: Company) -> None:
    conversation, agent = await _claimed(company)

    first = await company.queue.reply(conversation, agent, "Hello, I am Robin.", "r1")
    second = await company.queue.reply(conversation, agent, "Hello, I am Robin.", "r1")

    assert first.id == second.id
    assert (await company.kinds(conversation)).count("AgentSaid") == 1


async def test_a_message_to_an_agent_gets_no_turn(company: Company) -> None:
    conversation, _ = await _claimed(company)

    receipt = await company.writes("Are you there?", conversation)

    assert receipt.lease is None
    events = await company.conversations.events(conversation, receipt.seq)
    assert [event.body.outcome for event in events if isinstance(event.body, TurnDone)] == [Outcome.WITH_AGENT]


async def test_after_the_return_the_next_message_gets_a_turn_and_the_ai_notice(company: Company) -> None:
    conversation, agent = await _claimed(company)

    await company.queue.give_back(conversation, agent)
    receipt = await company.writes("One more question", conversation)

    assert receipt.lease is not None
    [event] = await company.conversations.events(conversation, receipt.seq - 1, 1)
    assert event.body.notice == "ai_notice"  # type: ignore[union-attr]


async def test_a_closed_conversation_cannot_be_claimed(company: Company) -> None:
    conversation, agent = await _claimed(company)
    await company.queue.close(conversation, agent, "resolved")

    with pytest.raises(NotWaitingError):
        await company.queue.claim(conversation, agent)


async def test_a_claim_cuts_the_assistants_turn_short_and_keeps_what_was_shown(company: Company) -> None:
    receipt = await company.writes("How do I descale it?")
    assert receipt.lease is not None
    turn = await company.turns.begin_turn(receipt.lease)
    assert turn is not None
    await company.turns.append_sentence(turn, Sentence(text="Fill it with descaler."))
    shown = turn.with_shown(Sentence(text="Fill it with descaler."))

    await company.queue.claim(receipt.conversation_id, await company.agent())

    with pytest.raises(LeaseLostError):
        await company.turns.append_sentence(shown, Sentence(text="Then rinse."))
    with pytest.raises(LeaseLostError):
        await company.turns.finish_turn(shown, TurnEnd(outcome=Outcome.ANSWERED, reply="all of it"))
    assert (await company.said(receipt.conversation_id))[-1] == ("assistant", "Fill it with descaler.")
    done = [
        e.body for e in await company.conversations.events(receipt.conversation_id, 0) if isinstance(e.body, TurnDone)
    ]
    assert [(d.outcome, d.cut_short) for d in done] == [(Outcome.WITH_AGENT, True)]


async def test_a_return_leaves_the_conversation_with_the_assistant(company: Company) -> None:
    conversation, agent = await _claimed(company)

    await company.queue.give_back(conversation, agent)

    found = await company.conversations.conversation(conversation)
    assert found is not None
    assert found.status is ConversationStatus.WITH_ASSISTANT
    assert await company.conversations.handoff_of(conversation) is None


async def _waiting(company: Company, who: str = "ada") -> str:
    receipt = await company.writes("I want a human", who=who)
    assert receipt.lease is not None
    turn = await company.turns.begin_turn(receipt.lease)
    assert turn is not None
    await company.turns.finish_turn(turn, TurnEnd(outcome=Outcome.HANDED_OFF, reply="Of course.", handoff=WISH))
    return receipt.conversation_id


async def _claimed(company: Company):
    conversation, agent = await _waiting(company), await company.agent()
    await company.queue.claim(conversation, agent)
    return conversation, agent
