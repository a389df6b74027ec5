"""docs/webhooks.md is true: its examples are what is sent, its code verifies, its commands sign."""

import asyncio
import json
import re
from datetime import UTC, datetime
from typing import Any

import pytest
from standardwebhooks import WebhookVerificationError

from app.config import ROOT
from app.domain.conversations import (
    AgentSaid,
    Author,
    Claimed,
    Closed,
    Event,
    EventBody,
    FileAdded,
    HandedOff,
    MessageReceived,
    Reopened,
    Returned,
    TurnDone,
)
from app.domain.deliveries import ASK_AGAIN_AFTER, MESSAGE_AGAIN_AFTER, SEND_AGAIN_AFTER
from app.domain.handoffs import Brief, HandoffReason
from app.domain.publishing import KINDS, MESSAGE, Thread, channel_message, published
from app.domain.replies import Citation, Outcome
from app.web.signatures import is_signed, new_signing_secret, signed_headers
from tests.fakes.receiver import Receiver, receiving

PAGE = (ROOT / "docs" / "webhooks.md").read_text()
NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
BODIES: list[EventBody] = [
    MessageReceived(message_id="msg_1", text="Hello"),
    Reopened(),
    HandedOff(handoff_id="hnd_1", reason=HandoffReason.WISH, evidence="a person", brief=Brief(wants="")),
    Claimed(handoff_id="hnd_1", agent_name="Toni"),
    Returned(agent_name="Toni"),
    Closed(reason="resolved", agent_name="Toni"),
    FileAdded(file_id="fil_1", name="invoice.pdf", media_type="application/pdf", size=48_213, author=Author.CUSTOMER),
    TurnDone(
        turn_id="t",
        outcome=Outcome.ANSWERED,
        covers_to=1,
        message_id="msg_2",
        reply="Descale it.",
        citations=(Citation(passage_id="p", article_id="a", title="Descaling"),),
    ),
]


def examples() -> dict[str, dict[str, Any]]:
    found = [json.loads(block) for block in re.findall(r"^```json\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)]
    return {example["type"]: example for example in found}


def code() -> dict[str, Any]:
    space: dict[str, Any] = {}
    for block in re.findall(r"^```python\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL):
        exec(block, space)
    return space


def event(body: EventBody) -> Event:
    return Event(conversation_id="cnv_1", seq=1, at=NOW, body=body)


def test_every_event_is_listed_with_an_example_and_no_other() -> None:
    listed = re.findall(r"^### `(.+)`$", PAGE, re.MULTILINE)

    assert sorted(listed) == sorted(KINDS)
    assert set(examples()) == {*KINDS, MESSAGE}


def test_every_example_has_the_fields_that_are_sent() -> None:
    thread = Thread(conversation_id="cnv_1", customer_id="cus_1", channel="token")
    sent = {kind: data for body in BODIES for kind, data in published(event(body), thread)}

    assert {kind: list(data) for kind, data in sent.items()} == {kind: list(examples()[kind]["data"]) for kind in KINDS}


def test_a_message_of_an_agent_tells_their_name_instead_of_an_outcome() -> None:
    thread = Thread(conversation_id="cnv_1", customer_id="cus_1", channel="token")
    [(_, data)] = published(event(AgentSaid(message_id="m", agent_name="Toni", text="Hi")), thread)

    assert set(examples()["message.sent"]["data"]) - set(data) == {"outcome"}
    assert set(data) - set(examples()["message.sent"]["data"]) == {"agent"}


def test_the_example_of_a_channel_message_has_the_fields_that_are_sent() -> None:
    sent = channel_message(event(BODIES[-1]), Thread(conversation_id="c", customer_id="c", channel="c"))

    example = examples()[MESSAGE]["data"]
    assert sent is not None
    assert (list(sent), sent["citations"][0].keys()) == (list(example), example["citations"][0].keys())


def test_the_code_of_the_page_verifies_what_is_signed_and_nothing_else() -> None:
    secret, body = new_signing_secret(), b'{"type": "message.sent"}'
    headers = signed_headers(secret, "dlv_1", datetime.now(UTC), body)

    assert code()["event_of"](secret, headers, body) == {"type": "message.sent"}
    with pytest.raises(WebhookVerificationError):
        code()["event_of"](new_signing_secret(), headers, body)


@pytest.mark.parametrize(("seen", "status"), [({"dlv_1"}, 200), (set(), 404)])
def test_the_code_of_the_page_answers_whether_it_arrived(seen: set[str], status: int) -> None:
    secret = new_signing_secret()
    headers = signed_headers(secret, "dlv_1", datetime.now(UTC), b"")

    assert code()["arrived"]("dlv_1", headers, seen, secret) == status


async def test_the_commands_of_the_page_post_a_signed_message() -> None:
    [block] = [b for b in re.findall(r"^```bash\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL) if "curl" in b]
    secret = new_signing_secret()
    async with receiving(Receiver()) as receiver:
        ours = {"CARELINE": f"http://127.0.0.1:{receiver.port}", "CHANNEL": "chn_1", "SECRET": secret}
        for name, value in ours.items():
            block = re.sub(rf"^{name}=.*$", f"{name}={value}", block, flags=re.MULTILINE)
        shell = await asyncio.create_subprocess_exec("bash", "-euc", f"export NO_PROXY='*'; {block}")
        exit_code = await asyncio.wait_for(shell.wait(), 20)

    [came] = receiver.received
    assert (exit_code, came.target) == (0, "/v1/channels/chn_1/messages")
    assert is_signed(secret, came.headers, came.body)
    assert json.loads(came.body).keys() == {"sender", "name", "text", "message"}


def test_the_schedules_are_told_as_they_are() -> None:
    words = " ".join(PAGE.split())

    assert (5, *(60 * m for m in (5, 30)), *(3_600 * h for h in (2, 5, 10, 14, 20, 24))) == SEND_AGAIN_AFTER
    assert "after 5 s, 5 min, 30 min, 2 h, 5 h, 10 h, 14 h, 20 h and 24 h" in words
    assert MESSAGE_AGAIN_AFTER[:9] == (1, 2, 4, 8, 15, 30, 60, 120, 300)
    assert "after 1, 2, 4, 8, 15, 30, 60 and 120 s and then every 5 minutes" in words
    assert ASK_AGAIN_AFTER == (2, 5, 15, 60, 300, 900, 1_800)
    assert "after 2 s, 5 s, 15 s, 1 min, 5 min, 15 min and 30 min" in words
