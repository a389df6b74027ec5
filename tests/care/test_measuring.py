"""What is counted of turns: each once, only what was committed, from the oldest message on."""

import asyncio

import pytest

from app.care.answerers import ModelFailedError
from app.domain.assessment import Assessment
from app.domain.checking import Draft
from app.domain.replies import Outcome
from app.storage.database import SqliteDatabase
from tests.fakes.company import Company
from tests.fakes.parts import FakeClock

DRAFT = Draft(text="Every 3 months.", cited=("descaling#0",))


@pytest.fixture
def company(sqlite: SqliteDatabase, clock: FakeClock) -> Company:
    return Company(sqlite, clock)


async def test_first_text_and_end_are_counted_from_the_message_on(company: Company, clock: FakeClock) -> None:
    async def slowly() -> None:
        clock.forward(seconds=2)

    company.answerer.drafts = (slowly, DRAFT, slowly, Draft(text="Use descaler.", cited=DRAFT.cited), slowly)

    await company.writes_and_is_met("How often?")

    assert company.measures.counted == [("first text", 4), ("turn", Outcome.ANSWERED, 6)]


async def test_fixed_words_are_first_text_too(company: Company, clock: FakeClock) -> None:
    company.assessor.assessment = Assessment(wants_person=0.9)
    receipt = await company.writes("A human please")
    clock.forward(seconds=1)
    assert receipt.lease is not None

    await company.answering().take_turns(receipt.lease)

    assert company.measures.counted == [("first text", 1), ("turn", Outcome.HANDED_OFF, 1)]


async def test_a_turn_that_starts_over_for_a_new_message_is_counted_once_and_from_the_first(
    company: Company, clock: FakeClock
) -> None:
    receipt = await company.writes("How often?")
    assert receipt.lease is not None

    async def customer_writes_again() -> None:
        company.answerer.drafts = (DRAFT,)
        clock.forward(seconds=3)
        await company.writes("Do I descale it?", receipt.conversation_id)

    company.answerer.drafts = (customer_writes_again, DRAFT)
    await company.answering().take_turns(receipt.lease)

    assert company.measures.counted == [("first text", 3), ("turn", Outcome.ANSWERED, 3)]


async def test_a_turn_whose_lease_was_lost_does_not_count(company: Company) -> None:
    receipt = await company.writes("How often?")
    agent = await company.agent(on_duty=True)
    assert receipt.lease is not None

    async def agent_steps_in() -> None:
        await company.queue.claim(receipt.conversation_id, agent)

    company.answerer.drafts = (agent_steps_in, DRAFT)
    await company.answering().take_turns(receipt.lease)

    assert company.measures.counted == []


async def test_what_was_shown_before_a_failure_is_first_text_once(company: Company) -> None:
    company.answerer.drafts = (DRAFT, Draft(text="Use descaler.", cited=DRAFT.cited), ModelFailedError("cut off"))
    company.fallback.drafts = (Draft(text="Third.", cited=DRAFT.cited),)

    await company.writes_and_is_met("How?")

    assert company.measures.counted == [("first text", 0), ("turn", Outcome.ANSWERED, 0)]


async def test_a_turn_that_went_on_behind_what_another_process_showed_has_no_first_text_again(
    company: Company, clock: FakeClock
) -> None:
    receipt = await company.writes("How?")
    assert receipt.lease is not None
    company.answerer.drafts = (DRAFT, Draft(text="Use descaler.", cited=DRAFT.cited), lambda: asyncio.sleep(60))
    dying = asyncio.create_task(company.answering().take_turns(receipt.lease))
    while "SentenceShown" not in await company.kinds(receipt.conversation_id):
        await asyncio.sleep(0.005)
    dying.cancel()
    await asyncio.wait({dying})
    company.measures.counted.clear()
    clock.forward(seconds=20)

    [lease] = await company.turns.take_due("another process", 10)
    company.answerer.drafts = (Draft(text="Use descaler.", cited=DRAFT.cited),)
    await company.answering().take_turns(lease)

    assert company.measures.counted == [("turn", Outcome.ANSWERED, 20)]
