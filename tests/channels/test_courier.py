"""The courier signs each try alike, and reads from the answer whether it arrived, did not, never will, or may have."""

import socket
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from ipaddress import ip_network

import pytest
from standardwebhooks import Webhook, WebhookVerificationError

from app.care.outbox import NotDeliveredError, RefusedDeliveryError, UnknownOutcomeError
from app.channels.webhook.courier import WebhookCourier
from app.domain.deliveries import Delivery, DeliveryStatus, Endpoint, EndpointKind
from app.web.guarded import Guard, GuardedClient, Patience
from app.web.signatures import new_signing_secret
from tests.fakes.receiver import Manner, Receiver, receiving

SECRET = new_signing_secret()
LOOPBACK = Guard((ip_network("127.0.0.0/8"),))
SHORT = Patience(connect=0.5, write=0.5, read=0.3, whole=1.2)
HAPPENED = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
REFUSED = [301, 302, 307, 400, 401, 403, 404, 409, 410, 413, 422]


def courier(guard: Guard = LOOPBACK) -> WebhookCourier:
    return WebhookCourier(GuardedClient(guard, patience=SHORT), lambda: datetime.now(UTC))


def delivery(address: str, kind: EndpointKind = EndpointKind.EVENTS) -> Delivery:
    return Delivery(
        id="dlv_1",
        endpoint=Endpoint(id="end_1", kind=kind, name="shop", address=address, secret=SECRET),
        conversation_id="cnv_1",
        seq=3,
        kind="message.sent",
        body={"conversation": "cnv_1", "text": "Grüße, 3 × täglich"},
        status=DeliveryStatus.SENDING,
        created_at=HAPPENED,
        attempts=1,
    )


async def test_a_delivery_arrives_signed_with_type_time_and_data() -> None:
    async with receiving(Receiver(status=204, content=b"")) as receiver:
        await courier().send(delivery(receiver.address + "?for=careline"))

    [came] = receiver.received
    told = Webhook(SECRET).verify(came.body, dict(came.headers))
    assert told == {
        "type": "message.sent",
        "timestamp": HAPPENED.isoformat(),
        "data": {"conversation": "cnv_1", "text": "Grüße, 3 × täglich"},
    }
    assert (came.method, came.target, came.headers["content-type"]) == (
        "POST",
        "/hook?for=careline",
        "application/json",
    )


async def test_every_try_carries_the_same_id_and_the_same_bytes() -> None:
    async with receiving(Receiver(status=503)) as receiver:
        for attempt in (1, 2):
            with pytest.raises(NotDeliveredError):
                await courier().send(replace(delivery(receiver.address), attempts=attempt))

    first, second = receiver.received
    assert (first.headers["webhook-id"], first.body) == ("dlv_1", second.body)
    assert second.headers["webhook-id"] == "dlv_1"


async def test_a_changed_byte_breaks_the_signature() -> None:
    async with receiving(Receiver()) as receiver:
        await courier().send(delivery(receiver.address))

    [came] = receiver.received
    with pytest.raises(WebhookVerificationError):
        Webhook(SECRET).verify(came.body.replace(b"cnv_1", b"cnv_2"), dict(came.headers))


@pytest.mark.parametrize("status", [200, 201, 202, 204])
async def test_a_status_of_success_is_enough_whatever_follows_it(status: int) -> None:
    async with receiving(Receiver(status=status, headers={"Content-Length": "999999"}, content=b"cut")) as receiver:
        await courier().send(delivery(receiver.address))

    assert len(receiver.received) == 1


@pytest.mark.parametrize("status", [408, 425, 429, 500, 501, 503, 505, 520])
async def test_a_receiver_that_could_not_take_it_is_tried_again(status: int) -> None:
    async with receiving(Receiver(status=status)) as receiver:
        with pytest.raises(NotDeliveredError, match=str(status)) as raised:
            await courier().send(delivery(receiver.address))

    assert raised.value.wait == 0


@pytest.mark.parametrize("status", REFUSED)
async def test_a_receiver_that_will_never_take_it_is_left_alone(status: int) -> None:
    async with receiving(Receiver(status=status, headers={"Location": "/else"})) as receiver:
        with pytest.raises(RefusedDeliveryError, match=str(status)):
            await courier().send(delivery(receiver.address))

    assert len(receiver.received) == 1


@pytest.mark.parametrize("status", [502, 504])
async def test_a_gateway_without_an_answer_may_have_passed_it_on(status: int) -> None:
    async with receiving(Receiver(status=status)) as receiver:
        with pytest.raises(UnknownOutcomeError, match=str(status)):
            await courier().send(delivery(receiver.address))


@pytest.mark.parametrize(
    ("said", "seconds"), [("120", 120), ("0", 0), ("soon", 0), ("-5", 0), ("", 0), ("9" * 400, 999_999_999)]
)
async def test_retry_after_in_seconds_is_told_on(said: str, seconds: float) -> None:
    async with receiving(Receiver(status=429, headers={"Retry-After": said})) as receiver:
        with pytest.raises(NotDeliveredError) as raised:
            await courier().send(delivery(receiver.address))

    assert raised.value.wait == seconds


async def test_retry_after_as_a_date_is_told_on_in_seconds() -> None:
    until = format_datetime(datetime.now(UTC) + timedelta(seconds=90), usegmt=True)
    async with receiving(Receiver(status=503, headers={"Retry-After": until})) as receiver:
        with pytest.raises(NotDeliveredError) as raised:
            await courier().send(delivery(receiver.address))

    assert 80 < raised.value.wait <= 90


@pytest.mark.parametrize(
    "manner",
    [Manner.STALL, Manner.DRIP, Manner.HANG_UP_UNREAD, Manner.HANG_UP_READ, Manner.HANG_UP_IN_ANSWER],
)
async def test_no_answer_after_the_sending_is_unknown(manner: Manner) -> None:
    async with receiving(Receiver(manner=manner)) as receiver:
        with pytest.raises(UnknownOutcomeError):
            await courier().send(delivery(receiver.address))


async def test_where_nobody_listens_it_was_not_delivered() -> None:
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))

        with pytest.raises(NotDeliveredError):
            await courier().send(delivery(f"http://127.0.0.1:{held.getsockname()[1]}/hook"))


async def test_a_name_that_is_not_found_may_be_found_later() -> None:
    with pytest.raises(NotDeliveredError):
        await courier().send(delivery("http://nobody.invalid/hook"))


async def test_an_address_inside_is_refused_unless_it_is_allowed() -> None:
    async with receiving(Receiver()) as receiver:
        with pytest.raises(RefusedDeliveryError):
            await courier(Guard()).send(delivery(receiver.address))

    assert receiver.connections == 0


async def test_a_server_that_closes_after_each_answer_loses_no_delivery() -> None:
    async with receiving(Receiver(headers={"Connection": "keep-alive"})) as receiver:
        for _ in range(5):
            await courier().send(delivery(receiver.address))

    assert len(receiver.received) == 5


@pytest.mark.parametrize(("status", "arrived"), [(200, True), (404, False)])
async def test_a_receiver_tells_whether_it_has_the_delivery(status: int, arrived: bool) -> None:
    async with receiving(Receiver(status=status)) as receiver:
        answer = await courier().arrived(delivery(receiver.address + "?for=careline"))

    [came] = receiver.received
    Webhook(SECRET).verify(came.body, dict(came.headers), json_parse=False)
    assert (answer, came.method, came.target) == (arrived, "GET", "/hook?for=careline&id=dlv_1")


@pytest.mark.parametrize("status", [204, 302, 401, 405, 410, 429, 500, 502])
async def test_any_other_answer_to_the_question_tells_nothing(status: int) -> None:
    async with receiving(Receiver(status=status)) as receiver:
        with pytest.raises(UnknownOutcomeError):
            await courier().arrived(delivery(receiver.address))


async def test_a_question_that_meets_nobody_tells_nothing() -> None:
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))

        with pytest.raises(UnknownOutcomeError):
            await courier().arrived(delivery(f"http://127.0.0.1:{held.getsockname()[1]}/hook"))


async def test_the_addresses_of_a_name_are_looked_up_again_at_each_try() -> None:
    asked: list[str] = []

    async def resolve(host: str, _port: int) -> Sequence[str]:
        asked.append(host)
        return ("127.0.0.1",) if len(asked) == 1 else ("169.254.169.254",)

    rebound = WebhookCourier(GuardedClient(LOOPBACK, resolve=resolve, patience=SHORT), lambda: datetime.now(UTC))
    async with receiving(Receiver()) as receiver:
        address = f"http://shop.example:{receiver.port}/hook"
        await rebound.send(delivery(address))
        with pytest.raises(RefusedDeliveryError):
            await rebound.send(delivery(address))

    assert (len(asked), receiver.connections) == (2, 1)
