"""Policies hold at once where they are changed and soon elsewhere; of two changes of one version one is refused."""

import asyncio
from collections.abc import Mapping

import pytest

from app.care.policies import LivePolicies, PolicyChangedError, PolicyDesk, PolicyKinds, UnknownPolicyError
from app.domain.agents import Agent
from app.domain.decisions import EscalationPolicy
from app.domain.policies import PolicyRefusedError, PolicySet
from app.storage.audit import AuditRecords
from app.storage.database import Database
from app.storage.policies import PolicyRecords
from app.storage.wakeups import LocalWakeups
from tests.fakes.parts import FakeClock, counting_ids

ADMIN = Agent(id="agt_1", name="Robin", email="robin@company.example")


class FakeTexts:
    """One language with two texts."""

    languages = ("en",)
    fields: Mapping[str, frozenset[str]] = {"greeting": frozenset(), "queue": frozenset({"position"})}

    def texts(self, language: str) -> Mapping[str, str]:
        return {"greeting": "Hello", "queue": "Number {position}"}


@pytest.fixture
def records(database: Database, clock: FakeClock) -> PolicyRecords:
    return PolicyRecords(database, clock, AuditRecords(database, clock, counting_ids()))


def live(records: PolicyRecords, wakeups: LocalWakeups | None = None) -> LivePolicies:
    kinds = PolicyKinds(rules=EscalationPolicy(), texts=FakeTexts())
    return LivePolicies(records, kinds, wakeups or LocalWakeups())


@pytest.fixture
def desk(records: PolicyRecords) -> PolicyDesk:
    wakeups = LocalWakeups()
    kinds = PolicyKinds(rules=EscalationPolicy(), texts=FakeTexts())
    return PolicyDesk(records=records, kinds=kinds, live=live(records, wakeups), wakeups=wakeups)


async def test_a_change_holds_at_once_here_and_at_the_next_look_elsewhere(
    desk: PolicyDesk, records: PolicyRecords
) -> None:
    elsewhere = live(records)
    await elsewhere.refresh()

    await desk.change(ADMIN, "rules", 0, {"misses_before_handoff": 4})
    await desk.change(ADMIN, "texts.en", 0, {"greeting": "Moin"})
    before = elsewhere.current
    await elsewhere.refresh()

    assert before.rules.misses_before_handoff == 2
    assert desk.live.current == elsewhere.current
    assert elsewhere.current.rules.misses_before_handoff == 4
    assert elsewhere.current.texts == {"en": {"greeting": "Moin"}}


async def test_a_process_that_is_rung_sees_the_change_without_waiting(desk: PolicyDesk, records: PolicyRecords) -> None:
    elsewhere = live(records, desk.wakeups)
    await elsewhere.start()

    await desk.change(ADMIN, "rules", 0, {"misses_before_handoff": 4})
    async with asyncio.timeout(1.5):
        while elsewhere.current == PolicySet():
            await asyncio.sleep(0.01)
    await elsewhere.stop()

    assert elsewhere.current.rules.misses_before_handoff == 4


async def test_of_two_changes_of_one_version_one_is_refused(desk: PolicyDesk) -> None:
    changes = [desk.change(ADMIN, "rules", 0, {"misses_before_handoff": misses}) for misses in (1, 3, 4, 5)]

    ended = await asyncio.gather(*changes, return_exceptions=True)

    assert sum(isinstance(each, PolicyChangedError) for each in ended) == 3
    assert [version.version for version in await desk.versions("rules")] == [1]


async def test_every_version_is_kept_and_an_earlier_one_comes_back_as_the_newest(
    desk: PolicyDesk, clock: FakeClock
) -> None:
    await desk.change(ADMIN, "rules", 0, {"misses_before_handoff": 3})
    clock.forward(hours=1)
    await desk.change(ADMIN, "rules", 1, {"misses_before_handoff": 4})

    back = await desk.go_back(ADMIN, "rules", 2, 1)
    default = await desk.go_back(ADMIN, "rules", 3, 0)

    assert (back.version, back.body) == (3, {"misses_before_handoff": 3})
    assert (default.version, default.body, desk.live.current.rules) == (4, {}, EscalationPolicy())
    versions = await desk.versions("rules")
    assert [(each.version, each.agent_name) for each in versions] == [(n, "Robin") for n in (4, 3, 2, 1)]


async def test_what_cannot_be_is_refused_and_nothing_is_kept(desk: PolicyDesk) -> None:
    with pytest.raises(PolicyRefusedError):
        await desk.change(ADMIN, "texts.en", 0, {"queue": "Soon."})
    with pytest.raises(UnknownPolicyError):
        await desk.change(ADMIN, "texts.tlh", 0, {})
    with pytest.raises(UnknownPolicyError):
        await desk.go_back(ADMIN, "rules", 0, 7)

    assert [policy.version for policy in await desk.policies()] == [0, 0, 0, 0]


async def test_a_policy_that_is_not_understood_leaves_the_others_in_force(
    desk: PolicyDesk, records: PolicyRecords
) -> None:
    await desk.change(ADMIN, "rules", 0, {"misses_before_handoff": 4})
    later = (await desk.policies())[1]
    await records.add(later, {"mood": "of a later release"}, ADMIN)

    elsewhere = live(records)
    await elsewhere.refresh()

    assert elsewhere.current.hours is None
    assert elsewhere.current.rules.misses_before_handoff == 4


async def test_each_change_is_noted_with_who_made_it(desk: PolicyDesk, database: Database, clock: FakeClock) -> None:
    await desk.change(ADMIN, "rules", 0, {"misses_before_handoff": 4})

    [noted] = await AuditRecords(database, clock, counting_ids()).noted(None, 10)

    assert (noted.agent_name, noted.action, noted.object_id) == ("Robin", "policy.changed", "rules")
