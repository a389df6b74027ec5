"""Who reaches nobody is told when people are here again, where hours are set; an agent on duty needs no hours."""

import pytest

from app.care.opening import Opening
from app.care.policies import FixedPolicies
from app.domain.assessment import Assessment
from app.domain.hours import hours_from
from app.domain.policies import PolicySet
from app.storage.database import SqliteDatabase
from tests.fakes.company import Company
from tests.fakes.parts import FakeClock, PlainWording

WEEK = {"zone": "Europe/Berlin", "week": {"monday": ["11:30-17:00"], "wednesday": ["09:00-17:00"]}}
CLOSED = PolicySet(hours=hours_from(WEEK))


@pytest.mark.parametrize(
    ("hours_later", "expected"),
    [
        (0, {"day": "day_today", "time": "11:30", "zone": "Berlin"}),
        (2, {}),
        (9, {"day": "day_wednesday", "time": "09:00", "zone": "Berlin"}),
    ],
)
def test_the_next_opening_is_named(clock: FakeClock, hours_later: int, expected: dict[str, str]) -> None:
    clock.forward(hours=hours_later)
    opening = Opening(policies=FixedPolicies(current=CLOSED), wording=PlainWording(), clock=clock)

    assert opening.next_fields("en") == expected


@pytest.mark.parametrize(
    ("policies", "on_duty", "told"), [(CLOSED, False, True), (PolicySet(), False, False), (CLOSED, True, False)]
)
async def test_a_customer_who_reaches_nobody_is_told_when(
    sqlite: SqliteDatabase, clock: FakeClock, policies: PolicySet, on_duty: bool, told: bool
) -> None:
    company = Company(sqlite, clock)
    company.policies = FixedPolicies(current=policies)
    company.assessor.assessment = Assessment(wants_person=0.9, person_evidence="a person")
    agent = await company.agent(on_duty=on_duty)
    await company.people.seen(agent.id)

    conversation = (await company.writes_and_is_met("A person please")).conversation_id

    (_, reply) = (await company.said(conversation))[-1]
    assert ("back_at" in reply) is told
