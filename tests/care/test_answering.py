"""The route of a turn: whatever happens, the customer is met, and nothing unchecked is shown."""

import asyncio

import pytest

from app.care.answerers import ModelFailedError
from app.domain.assessment import Assessment, Feeling, SmallTalk
from app.domain.checking import Draft
from app.domain.conversations import ConversationStatus, HandedOff, TurnDone
from app.domain.handoffs import HandoffReason
from app.domain.knowledge import SearchResult
from app.domain.replies import Outcome
from app.storage.database import SqliteDatabase
from tests.fakes.company import Company
from tests.fakes.parts import FakeAnswerer, FakeClock

CITED = ("descaling#0",)
NOTHING = SearchResult()


@pytest.fixture
def company(sqlite: SqliteDatabase, clock: FakeClock) -> Company:
    return Company(sqlite, clock)


async def test_an_answer_is_shown_sentence_by_sentence_with_its_sources(company: Company) -> None:
    company.answerer.drafts = (Draft(text="Every 3 months.", cited=CITED), Draft(text="Use descaler.", cited=CITED))

    receipt = await company.writes_and_is_met("How often do I descale it?")

    done = await _done(company, receipt.conversation_id)
    assert (done.outcome, done.reply) == (Outcome.ANSWERED, "Every 3 months. Use descaler.")
    assert [citation.article_id for citation in done.citations] == ["descaling"]
    assert await company.kinds(receipt.conversation_id) == [
        "MessageReceived", "SentenceShown", "SentenceShown", "TurnDone",
    ]  # fmt: skip


async def test_a_sentence_that_cites_what_was_not_found_is_withheld(company: Company) -> None:
    company.answerer.drafts = (Draft(text="Every 3 months.", cited=CITED), Draft(text="Made up.", cited=("other#1",)))

    receipt = await company.writes_and_is_met("How often?")

    done = await _done(company, receipt.conversation_id)
    assert done.reply == "Every 3 months."
    [trace] = await company.conversations.trace(receipt.conversation_id)
    assert trace["withheld"] == [{"sentence": "Made up.", "why": ["unknown_citation: other#1"]}]


async def test_a_limit_that_fails_takes_with_it_the_sentence_it_limits(company: Company) -> None:
    company.answerer.drafts = (
        Draft(text="It is dishwasher safe.", cited=CITED),
        Draft(text="But only the lid is, for 9 minutes.", cited=("other#1",)),
    )

    receipt = await company.writes_and_is_met("Is it dishwasher safe?")

    assert (await _done(company, receipt.conversation_id)).outcome is Outcome.NOT_KNOWN


async def test_a_failing_model_is_followed_by_the_second_answerer_without_repeating(company: Company) -> None:
    first, second = Draft(text="First.", cited=CITED), Draft(text="Second.", cited=CITED)
    company.answerer.drafts = (first, second, ModelFailedError("cut off"))
    company.fallback.drafts = (Draft(text="Third.", cited=CITED),)

    receipt = await company.writes_and_is_met("How?")

    assert (await _done(company, receipt.conversation_id)).reply == "First. Third."
    [asked] = company.fallback.asked
    assert [sentence.text for sentence in asked.turn.shown] == ["First."]


async def test_when_no_answerer_can_a_person_follows_with_an_honest_text(company: Company) -> None:
    company.answerer.drafts = (ModelFailedError("401"),)

    receipt = await company.writes_and_is_met("How?")

    assert await _reason(company, receipt.conversation_id) is HandoffReason.MODEL_FAILURE
    assert "handoff_model_failure" in ((await _done(company, receipt.conversation_id)).reply or "")


async def test_a_model_that_takes_too_long_is_left_for_the_second_answerer(company: Company) -> None:
    company.answerer = FakeAnswerer(drafts=(lambda: asyncio.sleep(30),))
    company.fallback.drafts = (Draft(text="From the article.", cited=CITED),)
    answering = company.answering()
    answering.writer._seconds = 0.05  # pyright: ignore[reportPrivateUsage]

    receipt = await company.writes("How?")
    assert receipt.lease is not None
    await answering.take_turns(receipt.lease)

    assert (await _done(company, receipt.conversation_id)).reply == "From the article."


async def test_when_the_search_fails_a_person_is_brought_in(company: Company) -> None:
    company.search.error = RuntimeError("index broken")

    receipt = await company.writes_and_is_met("How?")

    assert await _reason(company, receipt.conversation_id) is HandoffReason.FAILURE
    [message] = [m for m in await company.conversations.messages(receipt.conversation_id) if m.author == "customer"]
    assert message.outcome is Outcome.HANDED_OFF


async def test_a_wish_for_a_person_is_honoured_in_the_same_turn(company: Company) -> None:
    company.assessor.assessment = Assessment(wants_person=0.9, person_evidence="a human")

    receipt = await company.writes_and_is_met("I want to talk to a human")

    assert company.search.asked == []
    handoff = await company.conversations.handoff_of(receipt.conversation_id)
    assert handoff is not None
    assert (handoff.reason, handoff.evidence, handoff.position) == (HandoffReason.WISH, "a human", 1)
    assert await company.kinds(receipt.conversation_id) == [
        "MessageReceived", "HandedOff", "SentenceShown", "SentenceShown", "TurnDone",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("assessment", "reason"),
    [
        (Assessment(feeling=Feeling.ANGRY, feeling_evidence="useless"), HandoffReason.ANGER),
        (Assessment(feeling=Feeling.DISTRESSED, feeling_evidence="I panic"), HandoffReason.DISTRESS),
        (Assessment(safety_evidence="smoke", wants_person=1.0), HandoffReason.SAFETY),
    ],
)
async def test_feeling_and_safety_call_a_person(
    company: Company, assessment: Assessment, reason: HandoffReason
) -> None:
    company.assessor.assessment = assessment

    receipt = await company.writes_and_is_met("There is smoke, this is useless, I panic")

    assert await _reason(company, receipt.conversation_id) is reason


async def test_with_nobody_on_duty_the_customer_is_told_and_asked_for_a_contact(company: Company) -> None:
    company.assessor.assessment = Assessment(wants_person=0.9)

    receipt = await company.writes_and_is_met("A human please")

    assert "nobody_on_duty_ask_contact" in ((await _done(company, receipt.conversation_id)).reply or "")


async def test_with_an_agent_on_duty_the_position_in_the_queue_is_told(company: Company) -> None:
    await company.agent(on_duty=True)
    company.assessor.assessment = Assessment(wants_person=0.9)

    receipt = await company.writes_and_is_met("A human please")

    assert "agent_on_duty position=1" in ((await _done(company, receipt.conversation_id)).reply or "")


async def test_two_misses_in_a_row_bring_a_person_in(company: Company) -> None:
    company.search.result = NOTHING
    first = await company.writes_and_is_met("Can it also make proper ice cream?")

    await company.writes_and_is_met("And can it fly to the moon tonight?", first.conversation_id)

    assert await _reason(company, first.conversation_id) is HandoffReason.TWO_MISSES


async def test_an_answer_between_forgives_the_miss(company: Company) -> None:
    found, company.search.result = company.search.result, NOTHING
    first = await company.writes_and_is_met("Can it also make proper ice cream?")
    company.search.result = found
    await company.writes_and_is_met("How often do I descale it?", first.conversation_id)
    company.search.result = NOTHING

    await company.writes_and_is_met("Can it also make proper soup then?", first.conversation_id)

    assert (await _done(company, first.conversation_id)).outcome is Outcome.NOT_KNOWN


async def test_yes_to_the_offer_of_a_person_is_a_wish_for_one(company: Company) -> None:
    company.search.result = NOTHING
    first = await company.writes_and_is_met("Can it also make proper ice cream?")
    company.assessor.assessment = Assessment(small_talk=SmallTalk.AGREEMENT)

    await company.writes_and_is_met("Yes please", first.conversation_id)

    assert await _reason(company, first.conversation_id) is HandoffReason.WISH


async def test_a_bare_word_is_asked_back_once(company: Company) -> None:
    company.search.result = NOTHING
    first = await company.writes_and_is_met("broken")
    assert (await _done(company, first.conversation_id)).outcome is Outcome.ASKED_BACK

    await company.writes_and_is_met("kaputt", first.conversation_id)

    assert (await _done(company, first.conversation_id)).outcome is Outcome.NOT_KNOWN


async def test_a_product_on_file_is_named_and_not_asked_for(company: Company) -> None:
    company.search.result = NOTHING
    receipt = await company.writes("broken")
    await company.database.write(lambda c: _own_products(c, receipt.customer_id))

    assert receipt.lease is not None
    await company.answering().take_turns(receipt.lease)

    assert (await _done(company, receipt.conversation_id)).reply == "ask_back_about products=Pour 4"


async def test_thanks_are_met_without_a_look_up(company: Company) -> None:
    company.assessor.assessment = Assessment(small_talk=SmallTalk.THANKS)

    receipt = await company.writes_and_is_met("Thank you!")

    assert (await _done(company, receipt.conversation_id)).reply == "thanks"
    assert company.search.asked == []


async def test_a_burst_before_the_first_sentence_gets_one_reply_that_used_all(company: Company) -> None:
    receipt = await company.writes("How often do I descale")
    await company.writes("the small one?", receipt.conversation_id)

    assert receipt.lease is not None
    await company.answering().take_turns(receipt.lease)

    assert [kind for kind in await company.kinds(receipt.conversation_id) if kind == "TurnDone"] == ["TurnDone"]
    assert company.search.asked[-1].text == "How often do I descale\nthe small one?"


async def test_a_message_in_mid_answer_gets_a_reply_of_its_own(company: Company) -> None:
    receipt = await company.writes("How often do I descale it?")
    later = company.writes("And how loud is it?", receipt.conversation_id)
    first = Draft(text="First.", cited=CITED)
    once, second = [later], Draft(text="Second.", cited=CITED)
    company.answerer.drafts = (first, second, lambda: once.pop() if once else asyncio.sleep(0))

    assert receipt.lease is not None
    await company.answering().take_turns(receipt.lease)
    kinds = await company.kinds(receipt.conversation_id)

    assert kinds[:5] == ["MessageReceived", "SentenceShown", "MessageReceived", "SentenceShown", "TurnDone"]


async def test_the_messages_before_go_into_the_look_up(company: Company) -> None:
    first = await company.writes_and_is_met("How much water does the large one take?")

    await company.writes_and_is_met("And the small one?", first.conversation_id)

    assert company.search.asked[-1].before == ("How much water does the large one take?",)


async def test_a_customer_known_by_name_is_greeted_once(company: Company) -> None:
    receipt = await company.writes("How often?")
    await _set_name(company, receipt.customer_id)
    assert receipt.lease is not None
    await company.answering().take_turns(receipt.lease)

    await company.writes_and_is_met("And the small one?", receipt.conversation_id)

    replies = [text for author, text in await company.said(receipt.conversation_id) if author == "assistant"]
    assert replies[0].startswith("greeting_named name=Ada\n\nDescale")
    assert not replies[1].startswith("greeting_named")


async def test_an_agents_claim_in_mid_answer_discards_the_rest(company: Company) -> None:
    receipt = await company.writes("How?")
    agent = await company.agent()
    claim = company.queue.claim(receipt.conversation_id, agent)
    first = Draft(text="First.", cited=CITED)
    company.answerer.drafts = (
        first,
        Draft(text="Second.", cited=CITED),
        lambda: claim,
        Draft(text="Third.", cited=CITED),
    )

    assert receipt.lease is not None
    await company.answering().take_turns(receipt.lease)

    assert (await company.said(receipt.conversation_id))[-1] == ("assistant", "First.")
    assert (await company.kinds(receipt.conversation_id))[-1] == "Claimed"
    found = await company.conversations.conversation(receipt.conversation_id)
    assert found is not None
    assert found.status is ConversationStatus.WITH_AGENT


async def test_the_brief_tells_the_wish_what_was_tried_and_what_is_known(company: Company) -> None:
    first = await company.writes_and_is_met("Why is my coffee cold?")
    company.assessor.assessment = Assessment(wants_person=0.9, person_evidence="a human")

    await company.writes_and_is_met("Let me talk to a human", first.conversation_id)

    handoff = await company.conversations.handoff_of(first.conversation_id)
    assert handoff is not None
    assert handoff.brief.wants == "Why is my coffee cold?\nLet me talk to a human"
    assert handoff.brief.tried == ("Descale it every 3 months.",)


async def test_a_customer_who_waits_already_is_told_so_and_not_queued_twice(company: Company) -> None:
    company.assessor.assessment = Assessment(wants_person=0.9)
    first = await company.writes_and_is_met("A human please")

    await company.writes_and_is_met("A human!!", first.conversation_id)

    assert (await _done(company, first.conversation_id)).outcome is Outcome.WAITING
    assert len(await company.queue.waiting()) == 1


async def test_the_product_on_file_goes_into_the_look_up(company: Company) -> None:
    receipt = await company.writes("How often?")
    await company.database.write(lambda c: _own_products(c, receipt.customer_id))

    assert receipt.lease is not None
    await company.answering().take_turns(receipt.lease)

    assert company.search.asked[0].products == ("Pour 4",)


def _own_products(connection, customer_id: str) -> None:
    from sqlalchemy import insert

    from app.storage import tables as t

    values = {"customer_id": customer_id, "name": "products", "value": "Pour 4", "set_at": FakeClock().now}
    connection.execute(insert(t.attributes).values(values))


async def _set_name(company: Company, customer_id: str) -> None:
    from sqlalchemy import insert

    from app.storage import tables as t

    values = {"customer_id": customer_id, "name": "first_name", "value": "Ada", "set_at": FakeClock().now}
    await company.database.write(lambda c: c.execute(insert(t.attributes).values(values)).rowcount)


async def _done(company: Company, conversation: str) -> TurnDone:
    events = await company.conversations.events(conversation, 0)
    return [event.body for event in events if isinstance(event.body, TurnDone)][-1]


async def _reason(company: Company, conversation: str) -> HandoffReason:
    events = await company.conversations.events(conversation, 0)
    return [event.body for event in events if isinstance(event.body, HandedOff)][-1].reason
