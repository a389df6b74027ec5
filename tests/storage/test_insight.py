"""The figures of the insight page, counted on real records; spam is in none of them."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import insert, update

from app.care.answerers import ModelFailedError, Usage
from app.care.insight import Figures, Insight
from app.care.policies import FixedPolicies
from app.domain.assessment import Assessment, Feeling, SmallTalk
from app.domain.handoffs import HandoffReason
from app.domain.insight import Resolution
from app.domain.knowledge import SearchResult
from app.domain.policies import PolicySet, Price, Prices
from app.domain.replies import Outcome
from app.storage import tables as t
from app.storage.database import Database
from app.storage.insight import InsightRecords
from tests.fakes.company import Company
from tests.fakes.parts import FakeAnswerer, FakeClock

UTC_ZONE = ZoneInfo("UTC")
PRICES = Prices(currency="EUR", by_model={"small": Price(input=2, output=10)})


@pytest.fixture
def company(database: Database, clock: FakeClock) -> Company:
    return Company(database, clock)


async def figures(company: Company, days: int = 7, zone: str = "UTC", prices: Prices | None = None) -> Figures:
    insight = Insight(
        records=InsightRecords(company.database),
        policies=FixedPolicies(current=PolicySet(prices=prices)),
        key_of=lambda text: text.lower(),
        clock=company.clock,
    )
    return await insight.figures(days, ZoneInfo(zone))


async def test_nothing_is_counted_of_nothing(company: Company) -> None:
    counted = await figures(company, days=3)

    assert (sum(counted.by_hour), [day.conversations for day in counted.by_day]) == (0, [0, 0, 0])
    assert (counted.waits.count, counted.waits.p50, counted.cost, counted.tokens) == (0, None, None, [])
    assert counted.resolved == {Resolution.CONFIRMED: 0, Resolution.ASSUMED: 0, Resolution.REOPENED: 0}


async def test_conversations_stand_in_the_hours_and_days_of_the_zone(company: Company, clock: FakeClock) -> None:
    clock.now = datetime(2026, 3, 2, 23, 30, tzinfo=UTC)
    await company.writes_and_is_met("How do I descale it?")
    clock.forward(hours=1)
    await company.writes_and_is_met("How do I descale it?", who="bob")

    here, there = await figures(company, 3), await figures(company, 3, "Asia/Tokyo")

    assert [(hour, count) for hour, count in enumerate(here.by_hour) if count] == [(0, 1), (23, 1)]
    assert [(hour, count) for hour, count in enumerate(there.by_hour) if count] == [(8, 1), (9, 1)]
    assert [day.conversations for day in here.by_day] == [0, 1, 1]
    assert [day.conversations for day in there.by_day] == [0, 0, 2]


async def test_outcomes_and_feelings_are_those_of_turns_and_spam_is_left_out(
    company: Company, clock: FakeClock
) -> None:
    company.assessor.by_word = {"cross": Assessment(feeling=Feeling.UPSET)}
    await company.writes_and_is_met("How do I descale it?")
    await company.writes_and_is_met("I am cross. How do I descale it?", who="bob")
    company.search.result = SearchResult(answerable=0.1)
    await company.writes_and_is_met("Is the moon made of cheese?", who="eve")
    spam = (await company.writes_and_is_met("Cheap watches for everybody here", who="spammer")).conversation_id
    mark = update(t.conversations).where(t.conversations.c.id == spam).values(spam_at=datetime(2026, 3, 2))
    await company.database.write(lambda c: c.execute(mark).rowcount)

    counted = await figures(company)

    assert counted.outcomes == {Outcome.ANSWERED: 2, Outcome.NOT_KNOWN: 1}
    assert counted.by_day[-1].feelings == {"calm": 2, "upset": 1}
    assert counted.by_day[-1].outcomes == counted.outcomes
    assert {each.question for each in counted.questions} >= {"Is the moon made of cheese?", "How do I descale it?"}
    assert [(each.title, each.count) for each in counted.raw.articles] == [("Descaling", 2)]


async def test_the_wait_is_from_the_handoff_to_the_first_message_of_a_person(
    company: Company, clock: FakeClock
) -> None:
    company.assessor.assessment = Assessment(wants_person=0.9, person_evidence="a person")
    agent = await company.agent()
    for who, seconds in (("ada", 60), ("bob", 600)):
        conversation = (await company.writes_and_is_met("A person please", who=who)).conversation_id
        clock.forward(seconds=10)
        await company.queue.claim(conversation, agent)
        clock.forward(seconds=seconds - 10)
        await company.queue.reply(conversation, agent, "Hello", None)
        await company.queue.reply(conversation, agent, "How can I help?", None)
    await company.writes_and_is_met("A person please", who="eve")

    counted = await figures(company)

    waits = counted.waits
    assert (waits.count, waits.p50, waits.p90, waits.longest, waits.unmet) == (2, 60, 600, 600, 1)
    assert counted.raw.handoffs == {HandoffReason.WISH: 3}
    [load] = counted.raw.agents
    assert (load.name, load.claimed, load.replies, load.in_hand) == ("Robin", 2, 4, 2)


async def test_resolved_is_confirmed_by_thanks_or_a_thumb_and_assumed_by_quiet(
    company: Company, clock: FakeClock
) -> None:
    company.assessor.by_word = {"Thanks": Assessment(small_talk=SmallTalk.THANKS)}
    thankful = (await company.writes_and_is_met("How do I descale it?")).conversation_id
    clock.forward(minutes=1)
    await company.writes_and_is_met("Thanks a lot", thankful)
    thumb = (await company.writes_and_is_met("How do I descale it?", who="bob")).conversation_id
    reply = (await company.conversations.messages(thumb))[-1]
    values = {"message_id": reply.id, "conversation_id": thumb, "helpful": True, "at": datetime(2026, 3, 2, 9, 2)}
    await company.database.write(lambda c: c.execute(insert(t.feedback).values(values)).rowcount)
    await company.writes_and_is_met("How do I descale it?", who="quiet")
    back = (await company.writes_and_is_met("How do I descale it?", who="back")).conversation_id
    clock.forward(hours=30)
    await company.writes_and_is_met("It did not work, how do I descale it?", back, who="back")
    await company.writes_and_is_met("How do I descale it?", who="just now")

    counted = await figures(company)

    assert counted.resolved == {Resolution.CONFIRMED: 2, Resolution.ASSUMED: 1, Resolution.REOPENED: 1}
    assert (counted.without_person, counted.raw.helpful, counted.raw.unhelpful) == (5, 1, 0)


async def test_thumbs_down_come_with_their_reasons(company: Company, clock: FakeClock) -> None:
    conversation = (await company.writes_and_is_met("How do I descale it?")).conversation_id
    reply = (await company.conversations.messages(conversation))[-1]
    values = {"message_id": reply.id, "conversation_id": conversation, "helpful": False, "reason": "Too long"}
    said = insert(t.feedback).values(values | {"at": datetime(2026, 3, 2, 9, 2)})
    await company.database.write(lambda c: c.execute(said).rowcount)

    counted = await figures(company)

    assert (counted.raw.helpful, counted.raw.unhelpful) == (0, 1)
    assert [(each.message_id, each.reason) for each in counted.raw.opinions] == [(reply.id, "Too long")]


class CountingAnswerer(FakeAnswerer):
    """Leaves what two calls cost."""

    async def write(self, writing):  # type: ignore[no-untyped-def]
        writing.usage += [Usage(model="small", input_tokens=1_000, output_tokens=100)]
        writing.usage += [Usage(model="big", input_tokens=50, output_tokens=5)]
        async for draft in super().write(writing):
            yield draft


async def test_tokens_are_summed_by_model_and_cost_what_the_policy_says(company: Company) -> None:
    company.answerer = CountingAnswerer()
    await company.writes_and_is_met("How do I descale it?")
    await company.writes_and_is_met("How do I descale it?", who="bob")

    without, priced = await figures(company), await figures(company, prices=PRICES)

    assert [(each.model, each.input, each.output, each.cost) for each in without.tokens] == [
        ("big", 100, 10, None),
        ("small", 2_000, 200, None),
    ]
    assert (without.cost, without.currency, without.by_day[-1].tokens) == (None, None, 2_310)
    assert (priced.cost, priced.currency) == (pytest.approx(0.006), "EUR")


async def test_a_model_that_failed_is_an_error_also_where_the_customer_was_answered(company: Company) -> None:
    company.answerer = FakeAnswerer(drafts=(ModelFailedError("no answer"),))
    company.fallback = replace(FakeAnswerer(), name="fallback")
    await company.writes_and_is_met("How do I descale it?")

    counted = await figures(company)

    assert counted.outcomes == {Outcome.ANSWERED: 1}
    assert counted.by_day[-1].model_errors == 1


async def test_what_was_before_the_first_day_is_not_counted(company: Company, clock: FakeClock) -> None:
    await company.writes_and_is_met("How do I descale it?")
    clock.now += timedelta(days=3)

    assert sum((await figures(company, days=3)).by_hour) == 0
    assert sum((await figures(company, days=4)).by_hour) == 1
