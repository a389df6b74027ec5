"""docs/widget.md is true: its events and fields are what is told, its files are what is taken, its settings exist."""

import json
import re
from datetime import UTC, datetime

import pytest

from app.config import ROOT, Settings
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
    SentenceShown,
    TurnDone,
)
from app.domain.files import MOST_IN_A_CONVERSATION, MOST_IN_AN_HOUR, FileType
from app.domain.handoffs import Brief, HandoffReason
from app.domain.replies import Outcome, Sentence
from app.web.event_views import stream_event
from app.web.origins import READ

PAGE = (ROOT / "docs" / "widget.md").read_text()
WORDS = " ".join(PAGE.split())
NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
BODIES: list[EventBody] = [
    MessageReceived(message_id="msg_1", text="Hello"),
    SentenceShown(turn_id="t", covers_to=1, sentence=Sentence(text="Hello.")),
    TurnDone(turn_id="t", outcome=Outcome.ANSWERED, covers_to=1),
    HandedOff(handoff_id="hof_1", reason=HandoffReason.WISH, evidence="a person", brief=Brief(wants="")),
    Claimed(handoff_id="hof_1", agent_name="Toni"),
    Returned(agent_name="Toni"),
    AgentSaid(message_id="msg_2", agent_name="Toni", text="Hi"),
    FileAdded(file_id="fil_1", name="a.pdf", media_type="application/pdf", size=1, author=Author.CUSTOMER),
    Closed(reason="resolved", agent_name="Toni"),
    Reopened(),
]


def listed() -> dict[str, str]:
    """What the page says of each event's data."""
    rows = re.findall(r"^\| ((?:`\w+`(?:, )?)+) \| (.+) \|$", PAGE.split("Each event's data")[1], re.MULTILINE)
    return {name: fields for names, fields in rows for name in re.findall(r"`(\w+)`", names)}


@pytest.mark.parametrize("body", BODIES, ids=lambda body: type(body).__name__)
def test_every_event_is_listed_with_the_fields_that_are_told(body: EventBody) -> None:
    told = stream_event(Event(conversation_id="cnv_1", seq=1, at=NOW, body=body))

    fields = re.findall(r"`(\w+)`", listed()[told.name].partition("(the place")[0])
    assert json.dumps(dict(told.data))
    assert set(told.data) - {"conversation", "at"} <= set(fields)


def test_no_event_is_listed_that_is_not_told() -> None:
    told = {stream_event(Event(conversation_id="cnv_1", seq=1, at=NOW, body=body)).name for body in BODIES}

    assert set(listed()) == told


def test_the_settings_headers_and_limits_of_the_page_are_those_of_the_service() -> None:
    settings = {f"CARELINE_{name.upper()}" for name in Settings.model_fields}

    assert set(re.findall(r"CARELINE_[A-Z_]+", PAGE)) <= settings
    assert all(f"`{name}`" in PAGE for name in READ)
    assert f"holds {MOST_IN_A_CONVERSATION} at most" in WORDS
    assert f"may send {MOST_IN_AN_HOUR} in an hour" in WORDS


def test_every_type_of_file_that_is_taken_is_named() -> None:
    named = re.search(r"Taken are (.+?) without macros", WORDS)

    assert named is not None
    assert len(re.split(r", | and ", named[1])) == len(FileType)
    for each in FileType:
        assert each.name.lower() in named[1].lower()


def test_the_properties_of_the_page_are_those_of_the_widget() -> None:
    look = (ROOT / "app" / "channels" / "widget" / "script" / "look.js").read_text()

    assert set(re.findall(r"`(--care-[a-z-]+)`", PAGE)) <= set(re.findall(r"(--care-[a-z-]+):", look))
