"""Turns under leases: fenced, resumed, restarted, and never ended twice."""

import pytest

from app.care.records import TurnEnd
from app.domain.replies import Outcome, Sentence
from app.domain.turns import Lease, LeaseLostError, NewMessageError, Turn
from app.storage.database import Database
from tests.fakes.company import Company
from tests.fakes.parts import FakeClock

ANSWERED = TurnEnd(outcome=Outcome.ANSWERED, reply="Every 3 months.")


@pytest.fixture
def company(database: Database, clock: FakeClock) -> Company:
    return Company(database, clock)


async def test_a_finished_turn_sets_the_outcome_and_frees_the_conversation(company: Company) -> None:
    turn = await _begun(company)

    assert await company.turns.finish_turn(turn, ANSWERED) is None

    [question, answer] = await company.conversations.messages(turn.conversation.id)
    assert (question.outcome, answer.text) == (Outcome.ANSWERED, "Every 3 months.")
    assert await company.turns.take_due("other", 10) == ()


async def test_a_lease_that_ran_out_is_taken_by_another_and_fences_the_first(company: Company) -> None:
    turn = await _begun(company)
    company.clock.forward(seconds=16)

    [lease] = await company.turns.take_due("other", 10)

    assert lease.token == turn.lease.token + 1
    with pytest.raises(LeaseLostError):
        await company.turns.append_sentence(turn, Sentence(text="Too late."))
    with pytest.raises(LeaseLostError):
        await company.turns.finish_turn(turn, ANSWERED)


async def test_a_renewed_lease_is_not_taken(company: Company) -> None:
    turn = await _begun(company)
    company.clock.forward(seconds=10)
    await company.turns.renew([turn.lease])
    company.clock.forward(seconds=10)

    assert await company.turns.take_due("other", 10) == ()


async def test_the_next_holder_goes_on_after_the_sentences_already_shown(company: Company) -> None:
    turn = await _begun(company)
    await company.turns.append_sentence(turn, Sentence(text="First."))
    company.clock.forward(seconds=16)
    [lease] = await company.turns.take_due("other", 10)

    again = await company.turns.begin_turn(lease)

    assert again is not None
    assert (again.id, [s.text for s in again.shown]) == (turn.id, ["First."])


async def test_a_message_before_the_first_shown_sentence_restarts_the_turn(company: Company) -> None:
    turn = await _begun(company)
    await company.writes("And the small one?", turn.conversation.id)

    with pytest.raises(NewMessageError):
        await company.turns.append_sentence(turn, Sentence(text="Every 3 months."))
    with pytest.raises(NewMessageError):
        await company.turns.finish_turn(turn, ANSWERED)

    again = await company.turns.begin_turn(turn.lease)
    assert again is not None
    assert len(again.messages) == 2


async def test_a_message_after_the_first_shown_sentence_gets_a_turn_of_its_own(company: Company) -> None:
    turn = await _begun(company)
    sentence = Sentence(text="Every 3 months.")
    await company.turns.append_sentence(turn, sentence)
    turn = turn.with_shown(sentence)
    await company.writes("And the small one?", turn.conversation.id)

    lease = await company.turns.finish_turn(turn, ANSWERED)

    assert lease == turn.lease
    following = await company.turns.begin_turn(lease)
    assert following is not None
    assert [message.text for message in following.messages] == ["And the small one?"]
    assert following.shown == ()


async def test_messages_without_an_outcome_are_counted_once_they_are_overdue(company: Company) -> None:
    turn = await _begun(company)
    company.clock.forward(seconds=31)

    assert await company.turns.overdue(company.clock()) == 1
    await company.turns.finish_turn(turn, ANSWERED)
    assert await company.turns.overdue(company.clock()) == 0


async def test_an_ended_turn_is_remembered_once(company: Company) -> None:
    turn = await _begun(company)
    await company.turns.finish_turn(turn, ANSWERED)

    [due] = await company.memory.unremembered(10)
    await company.memory.remember({due: ()})

    assert [message.text for message in due.messages] == ["How often do I descale it?"]
    assert await company.memory.unremembered(10) == []


async def _begun(company: Company) -> Turn:
    receipt = await company.writes("How often do I descale it?")
    assert receipt.lease is not None
    turn = await company.turns.begin_turn(receipt.lease)
    assert turn is not None
    return turn


async def test_thousands_of_leases_are_renewed_together(company: Company) -> None:
    turn = await _begun(company)
    others = [Lease(conversation_id=f"cnv_{number}", token=1, owner=turn.lease.owner) for number in range(3_000)]
    company.clock.forward(seconds=10)

    await company.turns.renew([*others, turn.lease])

    company.clock.forward(seconds=10)
    assert await company.turns.take_due("other", 10) == ()
