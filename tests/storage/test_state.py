"""What stands in the records now: who waits for what, and for how long."""

from datetime import timedelta

import pytest
from sqlalchemy import event

from app.care.outbox import NewEndpoint
from app.care.watching import Watchdog
from app.domain.assessment import Assessment
from app.domain.deliveries import DeliveryStatus, EndpointKind, Tried
from app.storage import state
from app.storage.database import Database, SqliteDatabase
from app.storage.rows import stored
from app.storage.state import StateRecords
from tests.fakes.company import OWNER, Company
from tests.fakes.parts import FakeClock

DEADLINE = 30.0


@pytest.fixture
def company(database: Database, clock: FakeClock) -> Company:
    return Company(database, clock)


@pytest.fixture
def watchdog(database: Database, clock: FakeClock) -> Watchdog:
    return Watchdog(records=StateRecords(database), clock=clock, deadline=DEADLINE)


async def test_an_empty_installation_waits_for_nothing(watchdog: Watchdog) -> None:
    found = await watchdog.state()

    assert (found.queue_waiting, found.queue_longest_wait) == (0, 0)
    assert (found.overdue_messages, found.unanswered_conversations) == (0, 0)
    assert set(found.deliveries.values()) == {0}
    assert await watchdog.overdue() == []


async def test_the_queue_is_counted_with_the_wait_of_its_head(
    company: Company, watchdog: Watchdog, clock: FakeClock
) -> None:
    company.assessor.assessment = Assessment(wants_person=0.9)
    await company.writes_and_is_met("A human please")
    clock.forward(seconds=40)
    await company.writes_and_is_met("Me too", who="grace")
    clock.forward(seconds=10)

    found = await watchdog.state()

    assert (found.queue_waiting, found.queue_longest_wait) == (2, 50)


async def test_messages_count_as_overdue_only_once_the_deadline_has_passed(
    company: Company, watchdog: Watchdog, clock: FakeClock
) -> None:
    await company.writes("How often do I descale it?")

    at_once = await watchdog.state()
    clock.forward(seconds=DEADLINE + 1)
    later = await watchdog.state()

    assert (at_once.overdue_messages, at_once.unanswered_conversations) == (0, 1)
    assert (later.overdue_messages, later.unanswered_conversations) == (1, 1)


async def test_a_message_that_was_met_is_never_overdue(company: Company, watchdog: Watchdog, clock: FakeClock) -> None:
    await company.writes_and_is_met("How often do I descale it?")
    clock.forward(hours=1)

    found = await watchdog.state()

    assert (found.overdue_messages, found.unanswered_conversations) == (0, 0)


async def test_a_message_to_an_agent_is_never_overdue(company: Company, watchdog: Watchdog, clock: FakeClock) -> None:
    receipt = await company.writes_and_is_met("How often do I descale it?")
    await company.queue.claim(receipt.conversation_id, await company.agent(on_duty=True))
    await company.writes("Thank you", receipt.conversation_id)
    clock.forward(hours=1)

    assert (await watchdog.state()).overdue_messages == 0


async def test_overdue_conversations_are_named_longest_waiting_first(
    company: Company, watchdog: Watchdog, clock: FakeClock
) -> None:
    began = clock.now
    first = await company.writes("How often?")
    clock.forward(seconds=5)
    second = await company.writes("And why?", who="grace")
    await company.writes("Hello?", first.conversation_id)
    clock.forward(seconds=DEADLINE + 1)

    late = await watchdog.overdue()

    assert [(each.id, each.messages) for each in late] == [(first.conversation_id, 2), (second.conversation_id, 1)]
    assert [each.since for each in late] == [began, began + timedelta(seconds=5)]
    assert {each.channel for each in late} == {"token"}


async def test_the_watchdog_warns_of_each_with_ids_only(
    company: Company, watchdog: Watchdog, clock: FakeClock, caplog: pytest.LogCaptureFixture
) -> None:
    receipt = await company.writes("My secret is a canary")
    await watchdog.warn()
    assert caplog.records == []
    clock.forward(seconds=DEADLINE + 1)

    await watchdog.warn()

    [record] = caplog.records
    assert (record.levelname, record.__dict__["conversation"]) == ("WARNING", receipt.conversation_id)
    assert record.__dict__["seconds"] == DEADLINE + 1
    assert "canary" not in str(record.__dict__)


async def test_deliveries_are_counted_by_kind_and_status(
    company: Company, watchdog: Watchdog, clock: FakeClock
) -> None:
    new = NewEndpoint(kind=EndpointKind.EVENTS, name="shop", address="https://shop.example/", secret="whsec_c2VjcmV0")
    endpoint = await company.outbox_records.add_endpoint(new)
    await company.writes_and_is_met("How often?")
    [first, *rest] = await company.outbox_records.take_deliveries(
        endpoint.id, OWNER, 1, clock.now + timedelta(seconds=30)
    )
    await company.outbox_records.note_try(first, Tried.REFUSED)
    taken = await company.outbox_records.take_deliveries(endpoint.id, OWNER, 1, clock.now + timedelta(seconds=30))

    found = (await watchdog.state()).deliveries

    assert rest == []
    assert len(taken) == found[(EndpointKind.EVENTS, DeliveryStatus.SENDING)] == 1
    assert found[(EndpointKind.EVENTS, DeliveryStatus.FAILED)] == 1
    assert sum(number for (kind, _), number in found.items() if kind is EndpointKind.CHANNEL) == 0


async def test_no_look_reads_a_whole_table(sqlite: SqliteDatabase, clock: FakeClock) -> None:
    before = stored(clock.now)
    looks = [
        state.queue(), state.overdue(before), state.unanswered(), state.open_deliveries(),
        state.overdue_conversations(before, 20),
    ]  # fmt: skip

    plans = [await plan_of(sqlite, look) for look in looks]

    assert all(plan and "SCAN" not in " ".join(plan) for plan in plans), plans


async def plan_of(database: SqliteDatabase, look: object) -> list[str]:
    """How SQLite goes about the statement, with the values it is run with."""

    def explain(connection) -> list[str]:
        def explained(_c, _cursor, statement, parameters, _context, _many):
            return f"EXPLAIN QUERY PLAN {statement}", parameters

        event.listen(connection, "before_cursor_execute", explained, retval=True)
        try:
            return [str(row[3]) for row in connection.execute(look).cursor.fetchall()]
        finally:
            event.remove(connection, "before_cursor_execute", explained)

    return await database.read(explain)
