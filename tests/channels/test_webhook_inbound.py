"""A company's bridge posts its customers' messages: signed, stored once, and answered on the channel."""

import asyncio
import json
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx2
import pytest
from standardwebhooks import Webhook

from app.domain.customers import Assurance
from app.domain.deliveries import EndpointKind
from app.web.signatures import new_signing_secret, signed_headers
from tests.fakes.receiver import Receiver, receiving
from tests.fakes.served import Served, serving

BODY = b'{"sender": "ada", "text": "Hello", "message": "m-1"}'
NOWHERE = "https://bridge.example/careline"


async def until(true: Callable[[], bool], seconds: float = 15) -> None:
    end = time.monotonic() + seconds
    while not true() and time.monotonic() < end:
        await asyncio.sleep(0.05)
    assert true()


async def test_a_message_is_stored_and_its_reply_goes_to_the_channel(served: Served) -> None:
    async with receiving(Receiver()) as bridge:
        channel = await served.endpoint(bridge.address)

        answer = await served.bridge(channel, sender="+49 30 1234", name="Ada")
        await until(lambda: len(bridge.received) > 0)

    [came] = bridge.received
    told = Webhook(channel.secret).verify(came.body, dict(came.headers))
    assert (answer.status_code, answer.json()["repeated"]) == (200, False)
    assert (told["type"], told["data"]["recipient"]) == ("message", "+49 30 1234")
    assert told["data"]["conversation"] == answer.json()["conversation"]
    assert (told["data"]["author"], bool(told["data"]["text"])) == ("assistant", True)


async def test_a_burst_of_short_messages_gets_one_reply(served: Served) -> None:
    async with receiving(Receiver()) as bridge:
        channel = await served.endpoint(bridge.address)

        answers = [await served.bridge(channel, text=f"Part {n}", message=f"m-{n}") for n in range(3)]
        await until(lambda: len(bridge.received) > 0)
        await asyncio.sleep(1)

    assert len({answer.json()["conversation"] for answer in answers}) == 1
    assert len({answer.json()["message"] for answer in answers}) == 3
    assert len(bridge.received) == 1


async def test_a_message_that_is_sent_again_is_stored_once(served: Served) -> None:
    channel = await served.endpoint(NOWHERE)

    first = await served.bridge(channel, message="m-7")
    again = await served.bridge(channel, message="m-7")

    assert (first.json()["repeated"], again.json()["repeated"]) == (False, True)
    assert first.json()["message"] == again.json()["message"]
    assert len(await served.service.conversations.messages(first.json()["conversation"])) == 1


async def test_the_same_id_from_another_sender_is_another_message(served: Served) -> None:
    channel = await served.endpoint(NOWHERE)

    ada = await served.bridge(channel, sender="ada", message="m-1")
    bob = await served.bridge(channel, sender="bob", message="m-1")

    assert ada.json()["conversation"] != bob.json()["conversation"]
    assert bob.json()["repeated"] is False


async def test_the_same_sender_on_another_channel_is_another_customer(served: Served) -> None:
    one, other = await served.endpoint(NOWHERE, name="one"), await served.endpoint(NOWHERE, name="other")

    here, there = await served.bridge(one, sender="ada"), await served.bridge(other, sender="ada")

    customers = [
        (await served.service.conversations.conversation(answer.json()["conversation"])).customer_id
        for answer in (here, there)
    ]
    assert customers[0] != customers[1]


async def test_whoever_is_no_signed_channel_is_told_the_same(served: Served) -> None:
    channel = await served.endpoint(NOWHERE)
    events = await served.endpoint(NOWHERE, EndpointKind.EVENTS, "events")
    gone = await served.endpoint(NOWHERE, name="gone")
    await served.service.outbox_records.disable_endpoint(gone.id)
    over_another = signed_headers(channel.secret, "req-1", datetime.now(UTC), BODY + b" ")

    answers = [
        await served.post_raw(channel.id, new_signing_secret(), BODY),
        await served.post_raw("chn_nowhere", channel.secret, BODY),
        await served.post_raw(events.id, events.secret, BODY),
        await served.post_raw(gone.id, gone.secret, BODY),
        await served.post_raw(channel.id, channel.secret, BODY, **over_another),
        await served.post_raw(channel.id, channel.secret, BODY, **{"webhook-signature": "v1"}),
        await served.post_raw(channel.id, channel.secret, BODY, **{"webhook-signature": "v1,no base64"}),
        await served.post_raw(channel.id, channel.secret, BODY, **{"webhook-id": "another"}),
        await served.post_raw(channel.id, channel.secret, BODY, **{"webhook-timestamp": "nan"}),
        await served.client.post(f"/v1/channels/{channel.id}/messages", content=BODY),
    ]

    assert {answer.status_code for answer in answers} == {401}
    assert len({answer.text for answer in answers}) == 1


@pytest.mark.parametrize("minutes", [-6, 6])
async def test_a_signature_holds_for_five_minutes(served: Served, minutes: int) -> None:
    channel = await served.endpoint(NOWHERE)
    signed = signed_headers(channel.secret, "req-1", datetime.now(UTC) + timedelta(minutes=minutes), BODY)

    answer = await served.client.post(f"/v1/channels/{channel.id}/messages", content=BODY, headers=signed)

    assert answer.status_code == 401


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"not json",
        b"[1]",
        b'{"sender": "ada", "text": "Hello"}',
        b'{"sender": "", "text": "Hello", "message": "m"}',
        b'{"sender": "a\\u0000", "text": "Hello", "message": "m"}',
        b'{"sender": "ada", "text": "Hello", "message": "m", "other": 1}',
        b'{"sender": "ada", "text": "   ", "message": "m"}',
        b'{"sender": "ada", "text": "Hello", "message": "' + b"m" * 201 + b'"}',
        b'{"sender": "\\ud800", "text": "Hello", "message": "m"}',
    ],
)
async def test_a_signed_body_that_is_no_message_is_told_so(served: Served, body: bytes) -> None:
    channel = await served.endpoint(NOWHERE)

    answer = await served.post_raw(channel.id, channel.secret, body)

    assert (answer.status_code, answer.headers["content-type"]) == (422, "application/problem+json")
    assert "Hello" not in answer.text


@pytest.mark.parametrize("body", [b"not json", b"\xff\xfe", b'{"text": 5}'])
async def test_the_signature_is_verified_before_the_body_is_read(served: Served, body: bytes) -> None:
    channel = await served.endpoint(NOWHERE)

    signed = signed_headers(channel.secret, "req-1", datetime.now(UTC), b"something else")
    answer = await served.client.post(f"/v1/channels/{channel.id}/messages", content=body, headers=signed)

    assert answer.status_code == 401


async def test_a_body_that_is_too_large_is_refused(served: Served) -> None:
    channel = await served.endpoint(NOWHERE)

    answer = await served.bridge(channel, text="x" * 70_000)

    assert answer.status_code == 413


async def test_one_sender_who_writes_too_much_does_not_use_up_the_others_room(
    migrated_file: Path, tmp_path: Path
) -> None:
    async with serving(tmp_path, migrated_file, rate_per_customer="2/minute", rate_per_address="1/minute") as served:
        channel = await served.endpoint(NOWHERE)

        ada = [await served.bridge(channel, sender="ada", message=f"m-{n}") for n in range(3)]
        bob = await served.bridge(channel, sender="bob")

    assert [answer.status_code for answer in ada] == [200, 200, 429]
    assert int(ada[-1].headers["Retry-After"]) > 0
    assert bob.status_code == 200


async def test_what_cannot_be_stored_is_not_acknowledged(served: Served) -> None:
    channel = await served.endpoint(NOWHERE)
    await served.service.database.write(lambda c: c.exec_driver_sql("ALTER TABLE messages RENAME TO gone").rowcount)

    answer = await served.bridge(channel)

    assert answer.status_code == 503


async def test_a_name_that_a_sender_gives_is_a_hint_and_opens_no_profile(served: Served) -> None:
    channel = await served.endpoint(NOWHERE)

    answer = await served.bridge(channel, sender="ada", name="Grace", email="grace@home.example")
    found = await served.service.conversations.conversation(answer.json()["conversation"])
    profile = await served.service.memory.profile(found.customer_id)

    assert (profile.first_name, profile.contact) == (None, None)
    assert profile.assurance is not Assurance.VERIFIED


async def test_the_route_is_described_with_its_body(served: Served) -> None:
    described = (await served.client.get("/openapi.json")).json()

    operation = described["paths"]["/v1/channels/{channel_id}/messages"]["post"]
    schema = operation["requestBody"]["content"]["application/json"]["schema"]
    assert set(schema["required"]) == {"sender", "text", "message"}
    assert json.dumps(httpx2.codes.UNAUTHORIZED) in operation["responses"]
