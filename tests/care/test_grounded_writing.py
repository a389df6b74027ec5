"""A sentence that nothing carries is never shown: a passage is quoted in its place, or the model is asked once more."""

import pytest

from app.domain.checking import Draft
from app.domain.conversations import TurnDone
from app.domain.replies import Outcome
from app.storage.database import SqliteDatabase
from tests.fakes.company import Company
from tests.fakes.parts import CarriesAll, FakeClock

CITED = ("descaling#0",)
LIE = Draft(text="Descale it every 9 years.", cited=CITED)
QUOTE = Draft(text="Descale it every 3 months.", cited=CITED, quoted=True)
TRUE = Draft(text="Use the descaler.", cited=CITED)


@pytest.fixture
def company(sqlite: SqliteDatabase, clock: FakeClock) -> Company:
    return Company(sqlite, clock)


async def test_the_passage_is_quoted_in_place_of_what_it_does_not_carry(company: Company) -> None:
    company.grounding = CarriesAll({LIE.text: [QUOTE]})
    company.answerer.drafts = (LIE, TRUE)

    done = await _asked(company)

    assert done.reply == "Descale it every 3 months. Use the descaler."
    assert [citation.article_id for citation in done.citations] == ["descaling"]


async def test_the_trace_tells_what_was_withheld_and_what_was_quoted(company: Company) -> None:
    company.grounding = CarriesAll({LIE.text: [QUOTE]})
    company.answerer.drafts = (LIE, TRUE)

    receipt = await company.writes_and_is_met("How often?")

    (trace,) = await company.conversations.trace(receipt.conversation_id)
    assert trace["withheld"] == [{"sentence": LIE.text, "why": ["not_carried: not_said"]}]
    assert (trace["quoted"], trace["checked"]) == ([QUOTE.text], 2)


async def test_two_lies_about_the_same_are_met_by_one_quotation(company: Company) -> None:
    other = Draft(text="You never have to descale it.", cited=CITED)
    company.grounding = CarriesAll({LIE.text: [QUOTE], other.text: [QUOTE]})
    company.answerer.drafts = (LIE, other)

    assert (await _asked(company)).reply == QUOTE.text


async def test_what_was_said_already_is_not_quoted_again(company: Company) -> None:
    company.grounding = CarriesAll({LIE.text: [QUOTE]})
    company.answerer.drafts = (Draft(text=QUOTE.text, cited=CITED), LIE)

    assert (await _asked(company)).reply == QUOTE.text


async def test_a_model_of_which_nothing_can_be_shown_is_asked_once_more_with_its_sentences(company: Company) -> None:
    company.grounding = CarriesAll({LIE.text: []})
    company.answerer.drafts, company.answerer.waits = (LIE,), True
    company.fallback.drafts = (QUOTE,)

    done = await _asked(company)

    assert [writing.refused for writing in company.answerer.asked] == [(), (LIE.text,)]
    assert (done.outcome, done.reply) == (Outcome.ANSWERED, QUOTE.text)


async def test_what_cannot_be_carried_at_all_ends_in_an_honest_not_known(company: Company) -> None:
    company.grounding = CarriesAll({LIE.text: []})
    company.answerer.drafts = (LIE,)

    assert (await _asked(company)).outcome is Outcome.NOT_KNOWN


async def _asked(company: Company) -> TurnDone:
    receipt = await company.writes_and_is_met("How often?")
    events = await company.conversations.events(receipt.conversation_id, 0)
    return next(event.body for event in events if isinstance(event.body, TurnDone))
