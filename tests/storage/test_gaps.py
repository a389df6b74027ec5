"""What was met in vain, and what was not the knowledge base's fault; answers that were wrong."""

from datetime import timedelta

import pytest
from sqlalchemy import update

from app.care.answerers import ModelFailedError
from app.care.gaps import UnknownAnswerError
from app.domain.assessment import Assessment
from app.domain.knowledge import SearchResult
from app.domain.replies import Outcome
from app.storage import tables as t
from app.storage.database import Database
from app.storage.gaps import GapRecords
from tests.fakes.company import Company
from tests.fakes.parts import FakeClock

NOTHING = SearchResult(answerable=0.1)


@pytest.fixture
def company(database: Database, clock: FakeClock) -> Company:
    made = Company(database, clock)
    made.search.result = NOTHING
    return made


@pytest.fixture
def gaps(database: Database, clock: FakeClock) -> GapRecords:
    return GapRecords(database, clock, by_meaning=False)


async def questions(gaps: GapRecords, clock: FakeClock, limit: int = 100) -> list[str]:
    return [each.question for each in await gaps.unanswered(clock.now - timedelta(days=90), limit)]


async def asked(company: Company, *texts: str) -> str:
    """One conversation with these messages, each answered; gives its id."""
    conversation = None
    for text in texts:
        conversation = (await company.writes_and_is_met(text, conversation)).conversation_id
        company.clock.forward(seconds=1)
    assert conversation
    return conversation


async def test_not_known_and_the_second_miss_are_gaps_newest_first(
    company: Company, gaps: GapRecords, clock: FakeClock
) -> None:
    await asked(company, "Do you sell blue cups?", "Are there any red cups at all?")

    assert await questions(gaps, clock) == ["Are there any red cups at all?", "Do you sell blue cups?"]
    assert await questions(gaps, clock, limit=1) == ["Are there any red cups at all?"]


async def test_what_was_answered_or_failed_is_no_gap(company: Company, gaps: GapRecords, clock: FakeClock) -> None:
    company.search.error = RuntimeError("the index is away")
    await asked(company, "Do you sell blue cups?")
    company.search.error = None
    company.search.result = type(company.search)().result
    await asked(company, "How do I descale it?")

    assert await questions(gaps, clock) == []


async def test_a_turn_without_the_vectors_that_are_there_otherwise_is_no_gap(
    company: Company, database: Database, clock: FakeClock
) -> None:
    company.search.result = SearchResult(answerable=0.1, lexical_only=True)
    await asked(company, "Do you sell blue cups?")

    assert await questions(GapRecords(database, clock, by_meaning=True), clock) == []
    assert await questions(GapRecords(database, clock, by_meaning=False), clock) == ["Do you sell blue cups?"]


async def test_that_it_did_not_help_is_no_question(company: Company, gaps: GapRecords, clock: FakeClock) -> None:
    company.assessor.by_word = {"help": Assessment(difficulty_evidence="That did not help")}

    await asked(company, "That did not help me at all")

    assert await questions(gaps, clock) == []


async def test_spam_is_left_out(company: Company, gaps: GapRecords, clock: FakeClock, database: Database) -> None:
    spam = await asked(company, "Buy cheap watches now, all of you")
    mark = update(t.conversations).where(t.conversations.c.id == spam).values(spam_at=clock.now.replace(tzinfo=None))
    await database.write(lambda c: c.execute(mark).rowcount)

    assert await questions(gaps, clock) == []


async def test_the_agents_reply_that_followed_is_given(company: Company, gaps: GapRecords, clock: FakeClock) -> None:
    agent = await company.agent()
    conversation = await asked(company, "Do you sell blue cups?", "Are there any red cups at all?")
    other = await asked(company, "Do you sell green cups?")
    await company.queue.claim(conversation, agent)
    await company.queue.reply(conversation, agent, "Red ones come in May.", None)
    await company.queue.reply(conversation, agent, "Anything else?", None)

    found = await gaps.unanswered(clock.now - timedelta(days=1), 10)
    replies = await gaps.replies_after(found)

    assert {each.question: reply for each, reply in replies.items()} == {
        "Are there any red cups at all?": "Red ones come in May.",
        "Do you sell blue cups?": "Red ones come in May.",
    }
    assert other in {each.conversation_id for each in found}


async def test_a_gap_is_settled_once_more_later(gaps: GapRecords, company: Company, clock: FakeClock) -> None:
    agent = await company.agent()
    await gaps.settle("blue cup", None, agent)
    clock.forward(hours=1)

    await gaps.settle("blue cup", "art_1", agent)

    assert await gaps.settled(clock.now - timedelta(days=1)) == {"blue cup": clock.now}


async def test_an_answer_is_marked_wrong_with_its_question_and_settled_once(
    company: Company, gaps: GapRecords, clock: FakeClock
) -> None:
    agent = await company.agent()
    conversation = await asked(company, "Do you sell blue cups?")
    question, answer = await company.conversations.messages(conversation)
    await gaps.mark_wrong(answer.id, agent, "We do.")

    [wrong] = await gaps.wrong(10)
    settled = [await gaps.settle_wrong(answer.id), await gaps.settle_wrong(answer.id)]

    assert (wrong.message_id, wrong.conversation_id, wrong.agent_name) == (answer.id, conversation, "Robin")
    assert (wrong.question, wrong.reply, wrong.reason) == (question.text, answer.text, "We do.")
    assert settled == [True, False]
    assert (await gaps.wrong(10))[0].settled_at == clock.now


async def test_only_what_the_assistant_said_is_marked_wrong(company: Company, gaps: GapRecords) -> None:
    agent = await company.agent()
    conversation = await asked(company, "Do you sell blue cups?")
    question, _ = await company.conversations.messages(conversation)

    with pytest.raises(UnknownAnswerError):
        await gaps.mark_wrong(question.id, agent, "")
    with pytest.raises(UnknownAnswerError):
        await gaps.mark_wrong("msg_nowhere", agent, "")


async def test_a_model_that_is_away_leaves_no_gap_either_time(
    company: Company, gaps: GapRecords, clock: FakeClock
) -> None:
    company.search.result = type(company.search)().result
    company.answerer.drafts = (ModelFailedError("APIConnectionError"),)

    await asked(company, "How do I descale it?", "And how often do I descale it?")

    assert await questions(gaps, clock) == []


async def test_articles_that_contradict_each_other_are_no_gap(
    company: Company, gaps: GapRecords, clock: FakeClock
) -> None:
    conversation = await asked(company, "Do you sell blue cups?")
    handed_off = update(t.turns).values(outcome=Outcome.HANDED_OFF)
    await company.database.write(lambda c: c.execute(handed_off.where(t.turns.c.conversation_id == conversation)))

    assert await questions(gaps, clock) == []
