"""Suggestions: for the customer's last words, in a place of the room, within a deadline, and kept nowhere."""

import asyncio
from collections.abc import Callable
from dataclasses import replace

import pytest

from app.care.answering import Answering
from app.care.asking import ScratchTurns
from app.care.room import Room
from app.care.suggesting import NoSuggestionError, Suggesting
from app.care.writing import Writer
from app.domain.assessment import Assessment, Feeling
from app.domain.conversations import UnknownConversationError
from app.storage.database import SqliteDatabase
from tests.fakes.company import Company
from tests.fakes.parts import CarriesAll, FakeAnswerer, FakeClock, no_values


@pytest.fixture
def company(sqlite: SqliteDatabase, clock: FakeClock) -> Company:
    return Company(sqlite, clock)


async def test_it_is_for_all_that_was_written_since_somebody_replied(company: Company) -> None:
    conversation = (await company.writes_and_is_met("How do I descale it?")).conversation_id
    robin = await company.agent()
    await company.queue.claim(conversation, robin)
    for text in ("It leaks", "And it is loud"):
        await company.writes(text, conversation)

    suggestion = await _suggesting(company).suggest(conversation)

    turn = company.answerer.asked[-1].turn
    assert [message.text for message in turn.messages] == ["It leaks", "And it is loud"]
    assert turn.history[0].text == "How do I descale it?"
    assert suggestion.text == "Descale it every 3 months."
    assert [citation.passage_id for citation in suggestion.citations] == ["descaling#0"]


async def test_where_an_agent_replied_last_it_is_for_the_words_before(company: Company) -> None:
    conversation = (await company.writes_and_is_met("How do I descale it?")).conversation_id
    robin = await company.agent()
    await company.queue.claim(conversation, robin)
    await company.queue.reply(conversation, robin, "One moment.", None)

    await _suggesting(company).suggest(conversation)

    assert company.answerer.asked[-1].turn.text == "How do I descale it?"


async def test_neither_anger_nor_a_wish_for_a_person_stands_in_the_way(company: Company) -> None:
    company.assessor.assessment = Assessment(feeling=Feeling.ANGRY, feeling_evidence="scandal", wants_person=1.0)
    conversation = (await company.writes_and_is_met("A scandal! How do I descale it?")).conversation_id

    assert (await _suggesting(company).suggest(conversation)).text == "Descale it every 3 months."


async def test_it_is_kept_nowhere(company: Company) -> None:
    conversation = (await company.writes_and_is_met("How do I descale it?")).conversation_id
    before = await company.kinds(conversation), await company.said(conversation)

    await _suggesting(company).suggest(conversation)

    assert (await company.kinds(conversation), await company.said(conversation)) == before


async def test_an_unknown_conversation_gets_none(company: Company) -> None:
    with pytest.raises(UnknownConversationError):
        await _suggesting(company).suggest("cnv_none")


async def test_one_that_takes_too_long_is_given_up_and_leaves_its_place(company: Company) -> None:
    conversation = (await company.writes_and_is_met("How do I descale it?")).conversation_id
    company.answerer = FakeAnswerer(drafts=(_never,))
    room = Room(1)

    with pytest.raises(NoSuggestionError):
        await _suggesting(company, room, seconds=0.1).suggest(conversation)

    async with asyncio.timeout(1), room.entered():
        pass


async def test_it_waits_while_customers_turns_take_all_places(company: Company) -> None:
    conversation = (await company.writes_and_is_met("How do I descale it?")).conversation_id
    room = Room(1)

    async with room.entered():
        with pytest.raises(NoSuggestionError):
            await _suggesting(company, room, seconds=0.1).suggest(conversation)

    assert company.answerer.asked[1:] == []


async def test_many_who_ask_leave_places_to_customers(company: Company) -> None:
    conversation = (await company.writes_and_is_met("How do I descale it?")).conversation_id
    company.answerer = FakeAnswerer(drafts=(_never,))
    room = Room(4)
    suggesting = _suggesting(company, room, seconds=0.5)
    asked = [asyncio.create_task(suggesting.suggest(conversation)) for _ in range(8)]
    await asyncio.sleep(0.1)

    async with asyncio.timeout(0.2), room.entered():
        pass

    results = await asyncio.gather(*asked, return_exceptions=True)
    assert all(isinstance(result, NoSuggestionError) for result in results)


async def _never() -> None:
    await asyncio.sleep(60)


def _suggesting(company: Company, room: Room | None = None, seconds: float = 5) -> Suggesting:
    return Suggesting(
        answering=_answering(company, room or Room()),
        conversations=company.conversations,
        memory=company.memory,
        seconds=seconds,
    )


def _answering(company: Company, room: Room) -> Callable[[ScratchTurns], Answering]:
    def on(scratch: ScratchTurns) -> Answering:
        answerers = (company.answerer,)
        writer = Writer(
            records=scratch,
            answerers=answerers,
            read_values=no_values,
            grounding=CarriesAll(),
            wording=company.wording,
            room=room,
        )
        return replace(company.answering(), records=scratch, writer=writer)

    return on
