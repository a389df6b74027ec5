"""What a journal's line says: who sent, was told, saw, took or broke what. Values only."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

Data = Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class Entry:
    """`n` orders all lines of all journals, `at` is the second of the clock on the wall."""

    n: int = 0
    at: float = 0.0


@dataclass(frozen=True, kw_only=True)
class Sent(Entry):
    """A message is about to go to the service, perhaps not for the first time. Its text names the key."""

    party: str
    key: str
    text: str
    conversation: str | None = None


@dataclass(frozen=True, kw_only=True)
class Acknowledged(Entry):
    """The service said that it has the message; `conversation` where it told, `channel` where it came over one."""

    key: str
    conversation: str | None = None
    channel: str | None = None


@dataclass(frozen=True, kw_only=True)
class Denied(Entry):
    """The service refused what it had no reason to refuse, or failed with an error that says nothing."""

    key: str
    status: int
    words: str = ""


@dataclass(frozen=True, kw_only=True)
class GaveUp(Entry):
    """The time of the run was over before the message was acknowledged."""

    key: str


@dataclass(frozen=True, kw_only=True)
class Seen(Entry):
    """A reader got an event. One reader's events are one stream, however often it was cut and taken up again."""

    reader: str
    conversation: str
    seq: int
    name: str
    data: str


@dataclass(frozen=True, kw_only=True)
class Replied(Entry):
    """An agent's reply was acknowledged."""

    agent: str
    conversation: str
    key: str
    text: str


@dataclass(frozen=True, kw_only=True)
class Claimed(Entry):
    """An agent was told that they have the conversation."""

    agent: str
    conversation: str


@dataclass(frozen=True, kw_only=True)
class Taken(Entry):
    """The company's side took a delivery; `told` whether the answer that says so was sent."""

    endpoint: str
    when_unknown: str
    id: str
    told: bool
    body: Data


@dataclass(frozen=True, kw_only=True)
class Broke(Entry):
    """A fault began; `seconds` is how long it lasts where it has a length."""

    kind: str
    target: str
    seconds: float = 0.0


@dataclass(frozen=True, kw_only=True)
class Ready(Entry):
    """A process that had ended serves again."""

    target: str
    seconds: float


@dataclass(frozen=True, kw_only=True)
class FinalMessage:
    """A message as an agent reads it at the end; `at` in seconds."""

    seq: int
    author: str
    text: str
    at: float
    outcome: str | None = None


@dataclass(frozen=True, kw_only=True)
class FinalEvent:
    """An event as a reader gets it at the end; `data` are its bytes as text."""

    seq: int
    name: str
    data: str


@dataclass(frozen=True, kw_only=True)
class FinalConversation(Entry):
    """A conversation when all is quiet. `channel` is the endpoint's name where it came over one."""

    id: str
    status: str
    channel: str | None
    messages: tuple[FinalMessage, ...]
    events: tuple[FinalEvent, ...]


@dataclass(frozen=True, kw_only=True)
class FinalCounts(Entry):
    """What the service counts when all is quiet: deliveries by `kind status`, and messages that wait for too long.
    `unsettled` are the deliveries that agents are shown, ids with `endpoint conversation`; `handoff_texts` the fixed
    words of handoffs."""

    deliveries: Mapping[str, int]
    overdue: int
    unsettled: Mapping[str, str]
    handoff_texts: tuple[str, ...]
