"""One episode with a customer: its status, its messages, its numbered events. Pure values and rules."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from app.domain.handoffs import Brief, HandoffReason
from app.domain.replies import Citation, Outcome, Sentence

REOPENS_WITHIN = timedelta(hours=48)


class ConversationStatus(StrEnum):
    """Who has the conversation."""

    WITH_ASSISTANT = "with_assistant"
    WAITING = "waiting"
    WITH_AGENT = "with_agent"
    CLOSED = "closed"


@dataclass(frozen=True, kw_only=True)
class Conversation:
    """One episode. `misses` counts the not known replies in a row, `previous_id` the episode before on the thread."""

    id: str
    customer_id: str
    channel: str
    status: ConversationStatus
    opened_at: datetime
    closed_at: datetime | None = None
    previous_id: str | None = None
    agent_id: str | None = None
    misses: int = 0
    asked_back: bool = False
    person_offered: bool = False

    def reopens_at(self, now: datetime) -> bool:
        """A message within 48 h of the close reopens the conversation; a later one opens a new one."""
        return self.closed_at is None or now - self.closed_at <= REOPENS_WITHIN


class Author(StrEnum):
    """Who wrote a message."""

    CUSTOMER = "customer"
    ASSISTANT = "assistant"
    AGENT = "agent"


@dataclass(frozen=True, kw_only=True)
class Message:
    """A whole message. `outcome` is set on customers' messages once their turn ended."""

    id: str
    conversation_id: str
    seq: int
    author: Author
    text: str
    at: datetime
    outcome: Outcome | None = None
    agent_name: str | None = None
    citations: tuple[Citation, ...] = ()


@dataclass(frozen=True, kw_only=True)
class MessageReceived:
    """A customer's message was stored; `notice` says that an AI answers, where that is due."""

    message_id: str
    text: str
    notice: str | None = None


@dataclass(frozen=True, kw_only=True)
class SentenceShown:
    """A checked sentence of the assistant, in reply to the customer messages up to `covers_to`."""

    turn_id: str
    covers_to: int
    sentence: Sentence


@dataclass(frozen=True, kw_only=True)
class HandedOff:
    """The conversation waits for a person from here on; `position` was its place in the queue then."""

    handoff_id: str
    reason: HandoffReason
    evidence: str
    brief: Brief
    position: int | None = None


@dataclass(frozen=True, kw_only=True)
class TurnDone:
    """The assistant's turn ended for all customer messages up to `covers_to`; `reply` is the whole text or None."""

    turn_id: str
    outcome: Outcome
    covers_to: int
    message_id: str | None = None
    reply: str | None = None
    citations: tuple[Citation, ...] = ()
    handoff_id: str | None = None
    cut_short: bool = False


@dataclass(frozen=True, kw_only=True)
class AgentSaid:
    """An agent's message to the customer."""

    message_id: str
    agent_name: str
    text: str


@dataclass(frozen=True, kw_only=True)
class Claimed:
    """An agent took the conversation."""

    handoff_id: str
    agent_name: str


@dataclass(frozen=True, kw_only=True)
class Returned:
    """An agent gave the conversation back to the assistant."""

    agent_name: str


@dataclass(frozen=True, kw_only=True)
class Closed:
    """The conversation ended, with the reason an agent or a rule gave."""

    reason: str
    agent_name: str | None = None


@dataclass(frozen=True, kw_only=True)
class Reopened:
    """A message within 48 h of the close took the conversation up again."""


@dataclass(frozen=True, kw_only=True)
class FileAdded:
    """The customer or an agent sent a file; the assistant reads none. `size` in bytes."""

    file_id: str
    name: str
    media_type: str
    size: int
    author: Author
    agent_name: str | None = None


Said = MessageReceived | SentenceShown | TurnDone | AgentSaid | FileAdded
Moved = HandedOff | Claimed | Returned | Closed | Reopened
EventBody = Said | Moved


@dataclass(frozen=True, kw_only=True)
class Event:
    """One row of what happened in a conversation; `seq` rises by one."""

    conversation_id: str
    seq: int
    at: datetime
    body: EventBody


class UnknownConversationError(Exception):
    """No such conversation for this caller: unknown and foreign ones are told alike."""
