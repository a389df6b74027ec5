"""The outbox at work: a slow receiver keeps nobody else waiting, and what became of a try is always noted."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field
from typing import Any, cast

import pytest

from app.care.outbox import AT_ONCE, NotDeliveredError, Outbox, OutboxRecords, RefusedDeliveryError, UnknownOutcomeError
from app.care.records import RecordsUnavailableError
from app.domain.deliveries import Delivery, DeliveryStatus, EndpointKind, WhenUnknown
from app.storage.database import SqliteDatabase
from tests.fakes.company import Company
from tests.fakes.parts import FakeClock


@dataclass
class FakeCourier:
    """Sends at once, but to endpoints in `slow`, which take until `released`; `raises` by endpoint's name."""

    slow: set[str] = field(default_factory=set)
    raises: dict[str, Exception] = field(default_factory=dict)
    released: asyncio.Event = field(default_factory=asyncio.Event)
    begun: list[Delivery] = field(default_factory=list)
    sent: list[Delivery] = field(default_factory=list)
    asked: list[Delivery] = field(default_factory=list)

    async def send(self, delivery: Delivery) -> None:
        self.begun.append(delivery)
        if delivery.endpoint.name in self.slow:
            await self.released.wait()
        if error := self.raises.get(delivery.endpoint.name):
            raise error
        self.sent.append(delivery)

    async def arrived(self, delivery: Delivery) -> bool:
        self.asked.append(delivery)
        return True


@pytest.fixture
def company(sqlite: SqliteDatabase, clock: FakeClock) -> Company:
    return Company(sqlite, clock)


@pytest.fixture
def courier() -> FakeCourier:
    return FakeCourier()


@pytest.fixture
async def outbox(company: Company, courier: FakeCourier) -> AsyncIterator[Outbox]:
    made = Outbox(records=company.outbox_records, courier=courier, owner="o", clock=company.clock, try_seconds=0.5)
    yield made
    courier.released.set()
    await made.stop()


async def test_a_receiver_that_never_answers_keeps_no_other_waiting(
    company: Company, courier: FakeCourier, outbox: Outbox
) -> None:
    courier.slow = {"slow"}
    await company.endpoint(EndpointKind.EVENTS, "slow")
    await company.endpoint(EndpointKind.EVENTS, "quick")
    await _answered(company, 6)

    await outbox.deliver_due()
    await _until(lambda: len(courier.sent) == 18)

    to_slow = [delivery for delivery in courier.begun if delivery.endpoint.name == "slow"]
    assert len(to_slow) == AT_ONCE


@pytest.mark.parametrize(
    ("error", "status", "reason"),
    [
        (RefusedDeliveryError("answered 410"), DeliveryStatus.FAILED, "answered 410"),
        (UnknownOutcomeError("the connection ended"), DeliveryStatus.UNKNOWN, "the connection ended"),
        (RuntimeError("words of a customer"), DeliveryStatus.UNKNOWN, "RuntimeError"),
    ],
)
async def test_a_message_that_was_refused_or_may_have_arrived_is_shown_to_agents(
    company: Company, courier: FakeCourier, outbox: Outbox, error: Exception, status: DeliveryStatus, reason: str
) -> None:
    courier.raises = {"bridge": error}
    await _answered_on_channel(company, WhenUnknown.SHOW)

    await outbox.deliver_due()
    await outbox.stop()

    [shown] = await company.outbox_records.unsettled()
    assert (shown.status, shown.reason) == (status, reason)
    assert len(courier.begun) == 1


async def test_a_try_that_takes_too_long_has_an_unknown_outcome(
    company: Company, courier: FakeCourier, outbox: Outbox
) -> None:
    courier.slow = {"bridge"}
    await _answered_on_channel(company, WhenUnknown.SHOW)

    await outbox.deliver_due()
    await asyncio.sleep(0.7)

    [shown] = await company.outbox_records.unsettled()
    assert shown.status is DeliveryStatus.UNKNOWN


async def test_a_receiver_that_asks_for_time_gets_it(company: Company, courier: FakeCourier, outbox: Outbox) -> None:
    courier.raises = {"bridge": NotDeliveredError("answered 503", wait=60)}
    await _answered_on_channel(company, WhenUnknown.SHOW)
    await outbox.deliver_due()
    await _until(lambda: len(courier.begun) == 1)
    await asyncio.sleep(0.05)
    courier.raises = {}

    company.clock.forward(seconds=59)
    await outbox.deliver_due()
    early = len(courier.begun)
    company.clock.forward(seconds=1)
    await outbox.deliver_due()
    await _until(lambda: len(courier.sent) == 1)

    assert early == 1


async def test_a_receiver_that_can_be_asked_is_asked_before_anything_is_sent_again(
    company: Company, courier: FakeCourier, outbox: Outbox
) -> None:
    courier.raises = {"bridge": UnknownOutcomeError("the connection ended")}
    await _answered_on_channel(company, WhenUnknown.ASK)
    await outbox.deliver_due()
    await _until(lambda: len(courier.begun) == 1)
    await asyncio.sleep(0.05)

    company.clock.forward(seconds=15)
    await outbox.deliver_due()
    await _until(lambda: len(courier.asked) == 1)
    await asyncio.sleep(0.05)

    company.clock.forward(hours=1)
    await outbox.deliver_due()
    assert len(courier.begun) == 1
    assert await company.outbox_records.unsettled() == []


async def test_a_stop_lets_tries_end_and_begins_no_other(
    company: Company, courier: FakeCourier, outbox: Outbox
) -> None:
    courier.slow = {"slow"}
    await company.endpoint(EndpointKind.EVENTS, "slow")
    await _answered(company, 6)
    await outbox.deliver_due()
    await _until(lambda: len(courier.begun) == AT_ONCE)

    stopping = asyncio.create_task(outbox.stop())
    await asyncio.sleep(0.05)
    courier.released.set()
    await stopping

    assert len(courier.sent) == AT_ONCE


async def test_a_stop_in_the_instant_of_taking_leaves_nothing_unknown(
    company: Company, courier: FakeCourier, outbox: Outbox
) -> None:
    await _answered_on_channel(company, WhenUnknown.SHOW)
    taking = asyncio.create_task(outbox.deliver_due())
    while not taking.done() and not courier.begun:
        await asyncio.sleep(0)
        taking.cancel()
    await asyncio.gather(taking, return_exceptions=True)

    await outbox.stop()

    await company.outbox_records.give_up_tries()
    company.clock.forward(hours=1)
    assert await company.outbox_records.unsettled() == []


class LosingRecords:
    """Real records, but answers are lost: of the first taking, or of each note that a try is followed by."""

    def __init__(self, company: Company, *, lose: str) -> None:
        self._records, self._lose = company.outbox_records, lose

    def __getattr__(self, name: str) -> object:
        return getattr(self._records, name)

    async def take_deliveries(self, *given: Any) -> Sequence[Delivery]:
        taken = await self._records.take_deliveries(*given)
        if self._lose == "the first taking":
            self._lose = ""
            raise RecordsUnavailableError("the connection ended")
        return taken

    async def note_try(self, *given: Any) -> None:
        if self._lose == "notes":
            raise RecordsUnavailableError("away")
        await self._records.note_try(*given)


async def test_what_was_taken_when_the_answer_was_lost_is_sent_once(company: Company, courier: FakeCourier) -> None:
    await _answered_on_channel(company, WhenUnknown.SHOW)
    records = cast(OutboxRecords, LosingRecords(company, lose="the first taking"))
    outbox = Outbox(records=records, courier=courier, owner="o", clock=company.clock)
    with pytest.raises(RecordsUnavailableError):
        await outbox.deliver_due()
    await company.endpoint(EndpointKind.EVENTS, "crm")
    await _answered(company, 1)

    for _ in range(3):
        await outbox.deliver_due()
        await asyncio.sleep(0.05)
    await outbox.stop()

    ids = [delivery.id for delivery in courier.sent]
    assert sum(delivery.endpoint.name == "bridge" for delivery in courier.sent) == 1
    assert len(ids) == len(set(ids)) == 4


async def test_a_try_that_could_not_be_noted_is_not_given_back_at_the_stop(
    company: Company, courier: FakeCourier
) -> None:
    await _answered_on_channel(company, WhenUnknown.SHOW)
    records = cast(OutboxRecords, LosingRecords(company, lose="notes"))
    outbox = Outbox(records=records, courier=courier, owner="o", clock=company.clock, note_again_after=(0.01,))
    await outbox.deliver_due()

    await outbox.stop()

    company.clock.forward(minutes=2)
    again = Outbox(records=company.outbox_records, courier=courier, owner="next", clock=company.clock)
    await again.deliver_due()
    await again.stop()
    assert len(courier.sent) == 1
    assert [shown.status for shown in await company.outbox_records.unsettled()] == [DeliveryStatus.UNKNOWN]


async def _answered(company: Company, conversations: int) -> None:
    for number in range(conversations):
        await company.writes_and_is_met("How do I descale it?", who=f"customer {number}")


async def _answered_on_channel(company: Company, when_unknown: WhenUnknown) -> None:
    channel = await company.endpoint(EndpointKind.CHANNEL, "bridge", when_unknown=when_unknown)
    receipt = await company.writes_on(channel, "How do I descale it?")
    assert receipt.lease is not None
    await company.answering().take_turns(receipt.lease)


async def _until(holds: object) -> None:
    async with asyncio.timeout(5):
        while not holds():  # type: ignore[operator]
            await asyncio.sleep(0.01)
