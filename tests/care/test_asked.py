"""Own matters and several questions through the whole turn: what is said, what stays open, and who takes over."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import pytest

from app.care.asked import Rewritten
from app.domain.assessment import Assessment, SmallTalk
from app.domain.checking import Draft
from app.domain.conversations import TurnDone
from app.domain.customers import Attribute
from app.domain.decisions import Decision, EscalationPolicy, decide_unsearched
from app.domain.handoffs import HandoffReason
from app.domain.knowledge import SearchQuestion, SearchResult
from app.domain.parts import Part
from app.domain.replies import Outcome
from app.domain.turns import Turn
from app.storage.database import SqliteDatabase
from app.storage.gaps import GapRecords
from tests.fakes.company import Company
from tests.fakes.parts import FakeClock, passage

MINE = Assessment(own_matter=0.9, own_matter_evidence="where is my order", numbers=("TB-1",))
YES = Assessment(small_talk=SmallTalk.AGREEMENT, own_matter_before=True, numbers=("TB-1",))


@pytest.fixture
def company(sqlite: SqliteDatabase, clock: FakeClock) -> Company:
    return Company(sqlite, clock)


async def test_an_own_matter_is_not_looked_up_and_offers_a_person(company: Company) -> None:
    company.assessor.assessment = MINE

    done = await _asked(company, "where is my order TB-1")

    assert (done.outcome, done.reply) == (Outcome.NOT_KNOWN, "own_matter_numbered numbers=TB-1")
    assert company.search.asked == []


async def test_the_number_is_asked_for_where_none_was_given(company: Company) -> None:
    company.assessor.assessment = replace(MINE, numbers=())

    assert (await _asked(company, "where is my order")).reply == "own_matter"


async def test_what_the_business_says_of_them_is_said(company: Company) -> None:
    company.assessor.assessment = MINE
    receipt = await company.writes("where is my order TB-1")
    assert receipt.lease is not None
    turn = await company.turns.begin_turn(receipt.lease)
    assert turn is not None
    known = replace(turn.profile, attributes=(Attribute(name="order_status", value="packed"),))

    end = await company.answering().endings.for_decision(turn, MINE, _on_record(replace(turn, profile=known)))

    assert (end.outcome, end.reply) == (Outcome.ANSWERED, "on_record name=order status value=packed")


async def test_yes_brings_a_person_in_who_reads_the_matter_and_the_number(company: Company) -> None:
    company.assessor.by_word = {"order": MINE, "yes": YES}
    conversation = (await company.writes_and_is_met("where is my order TB-1")).conversation_id

    await company.writes_and_is_met("yes please", conversation)

    handoff = await company.conversations.handoff_of(conversation)
    assert handoff is not None
    assert handoff.reason is HandoffReason.OWN_MATTER
    assert handoff.brief.wants == "where is my order TB-1\nyes please"
    assert "number given: TB-1" in handoff.brief.facts


async def test_an_own_matter_is_no_gap_of_the_knowledge_base(company: Company, clock: FakeClock) -> None:
    company.assessor.by_word = {"order": MINE}
    company.search.result = SearchResult()
    await company.writes_and_is_met("where is my order TB-1")
    await company.writes_and_is_met("do you sell mugs", who="eve")

    asked = await GapRecords(company.database, clock, by_meaning=False).unanswered(clock.now.replace(year=2025), 10)

    assert [each.question for each in asked] == ["do you sell mugs"]


async def test_each_question_is_looked_up_and_what_stays_open_is_named_behind_the_answer(company: Company) -> None:
    company.search = BySubject({"mugs": SearchResult(), "clean": company.search.result})  # type: ignore[assignment]
    company.answerer.drafts = (Draft(text="Wipe it.", cited=("descaling#0",)),)

    done = await _asked(company, "how do I clean it and do you sell mugs", "how do I clean it", "do you sell mugs")

    assert done.outcome is Outcome.ANSWERED
    assert done.reply == 'Wipe it.\n\nopen_unknown parts="do you sell mugs" open_offer'
    assert [question.text for question in company.search.asked] == ["how do I clean it", "do you sell mugs"]


async def test_a_part_of_which_nothing_was_said_is_named_as_open(company: Company) -> None:
    other = SearchResult(passages=(passage("It hums.", id="noise#0", article="noise"),), answerable=0.9)
    company.search = BySubject({"loud": other, "clean": company.search.result})  # type: ignore[assignment]
    company.answerer.drafts = (Draft(text="Wipe it.", cited=("descaling#0",)),)

    done = await _asked(company, "how do I clean it, how loud is it", "how do I clean it", "how loud is it")

    assert done.reply == 'Wipe it.\n\nopen_unknown parts="how loud is it" open_offer'


async def test_a_model_says_a_follow_up_anew_for_looking_up_alone(company: Company) -> None:
    rewriter = FakeRewriter(Rewritten(text="how long does delivery to Malta take"))
    conversation = (await company.writes_and_is_met("do you deliver to Malta")).conversation_id

    await _asked(company, "how long?", "how long?", conversation=conversation, leans=True, rewriter=rewriter)

    assert company.search.asked[-1].text == "how long does delivery to Malta take"


@pytest.mark.parametrize(("leans", "first"), [(False, False), (True, True)])
async def test_no_model_is_called_for_what_stands_alone(company: Company, leans: bool, first: bool) -> None:
    rewriter = FakeRewriter(Rewritten(text="other words"))
    conversation = None if first else (await company.writes_and_is_met("hello there")).conversation_id

    await _asked(company, "how long?", "how long?", conversation=conversation, leans=leans, rewriter=rewriter)

    assert rewriter.asked == []


async def test_where_the_model_gives_nothing_the_rules_words_hold(company: Company) -> None:
    conversation = (await company.writes_and_is_met("do you deliver to Malta")).conversation_id

    await _asked(
        company, "how long?", "how long, Malta?", conversation=conversation, leans=True, rewriter=FakeRewriter()
    )

    assert company.search.asked[-1].text == "how long, Malta?"


@dataclass
class BySubject:
    """Finds by a word of the question."""

    results: dict[str, SearchResult]
    asked: list[SearchQuestion] = field(default_factory=list)

    async def search(self, question: SearchQuestion, *, limit: int = 8) -> SearchResult:
        self.asked.append(question)
        return next(result for word, result in self.results.items() if word in question.text)


@dataclass
class FakeRewriter:
    rewritten: Rewritten = Rewritten(text=None)
    asked: list[str] = field(default_factory=list)

    async def rewrite(self, turn: Turn, language: str) -> Rewritten:
        self.asked.append(turn.text)
        return self.rewritten


async def _asked(
    company: Company,
    text: str,
    *parts: str,
    conversation: str | None = None,
    leans: bool = False,
    rewriter: FakeRewriter | None = None,
) -> TurnDone:
    """The end of a turn whose questions are these."""
    receipt = await company.writes(text, conversation)
    assert receipt.lease is not None
    read = _reading(parts or (text,), leans)
    await replace(company.answering(), parts=read, rewriter=rewriter).take_turns(receipt.lease)
    events = await company.conversations.events(receipt.conversation_id, 0)
    return next(event.body for event in reversed(events) if isinstance(event.body, TurnDone))


def _on_record(turn: Turn) -> Decision:
    decision = decide_unsearched(turn, MINE, EscalationPolicy())
    assert decision is not None
    return decision


def _reading(parts: Sequence[str], leans: bool):
    return lambda turn, assessment: tuple(Part(words=part, text=part, leans=leans) for part in parts)
