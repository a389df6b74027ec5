"""The desk: conversations as agents find them, and what they keep beside them. Values, and the ports of the records."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from app.domain.agents import Agent
from app.domain.assessment import Feeling
from app.domain.conversations import Author, ConversationStatus
from app.domain.customers import Assurance
from app.domain.handoffs import Handoff, HandoffReason
from app.domain.replies import Outcome

DESK = "desk"
"""A name beside the conversations' ids: what all agents see changed, and no conversation did."""


@dataclass(frozen=True, kw_only=True)
class CustomerCard:
    """A customer in a line. A `name` that only they themselves gave is `claimed`; none at all is None."""

    id: str
    name: str | None
    assurance: Assurance
    blocked: bool = False


@dataclass(frozen=True, kw_only=True)
class LastWords:
    """The newest message, cut to a line, or the name of a file that came after it."""

    author: Author
    text: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class DeskConversation:
    """A conversation in a list. `waiting_since` is given while it waits; `reason` and `evidence` are those of the
    handoff that waits or is claimed."""

    id: str
    status: ConversationStatus
    channel: str
    customer: CustomerCard
    opened_at: datetime
    last_at: datetime
    agent_id: str | None = None
    agent_name: str | None = None
    last: LastWords | None = None
    waiting_since: datetime | None = None
    reason: HandoffReason | None = None
    evidence: str = ""
    feeling: Feeling | None = None
    tags: tuple[str, ...] = ()
    muted: bool = False
    spam: bool = False


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where a page ended: the next one begins behind it, whatever came in meanwhile."""

    last_at: datetime
    id: str


@dataclass(frozen=True, kw_only=True)
class DeskFilter:
    """What a list is to hold: all that is given must be so. `agent_id`: has it in hand, or had it. Spam is a list of
    its own. `words` are looked for in what customers and agents wrote, and in names."""

    statuses: tuple[ConversationStatus, ...] = ()
    agent_id: str | None = None
    tag: str | None = None
    feeling: Feeling | None = None
    channel: str | None = None
    words: str | None = None
    spam: bool = False


@dataclass(frozen=True, kw_only=True)
class DeskPage:
    """Conversations, the one where something happened last first. A search for words looks through the newest
    messages only: `looked_back_to` tells how far, None where it was all of them."""

    conversations: tuple[DeskConversation, ...]
    next: Place | None = None
    looked_back_to: datetime | None = None


class ListingRecords(Protocol):
    """The list of conversations."""

    async def conversations(self, wanted: DeskFilter, before: Place | None, limit: int) -> DeskPage: ...


@dataclass(frozen=True, kw_only=True)
class Note:
    """What an agent wrote for colleagues; customers never see it."""

    id: str
    agent_name: str
    text: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class FileLine:
    """A file of the conversation, without its content."""

    id: str
    name: str
    media_type: str
    size: int
    author: Author
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Opinion:
    """What the customer said of one reply."""

    helpful: bool
    reason: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class EarlierConversation:
    """Another conversation of the same customer, by its first words."""

    id: str
    status: ConversationStatus
    opened_at: datetime
    question: str
    outcome: Outcome | None


@dataclass(frozen=True, kw_only=True)
class WhyAnswered:
    """The trace of the turn that wrote a message."""

    turn_id: str
    outcome: Outcome | None
    trace: Mapping[str, object]


@dataclass(frozen=True, kw_only=True)
class DeskDetails:
    """All that stands beside the messages of a conversation. `opinions`, `why` and `wrong` go by the message's id."""

    conversation: DeskConversation
    closed_at: datetime | None = None
    previous_id: str | None = None
    claimed: Mapping[str, str] = field(default_factory=dict[str, str])
    notes: tuple[Note, ...] = ()
    files: tuple[FileLine, ...] = ()
    earlier: tuple[EarlierConversation, ...] = ()
    opinions: Mapping[str, Opinion] = field(default_factory=dict[str, Opinion])
    why: Mapping[str, WhyAnswered] = field(default_factory=dict[str, WhyAnswered])
    wrong: frozenset[str] = frozenset()


class DeskRecords(Protocol):
    """What agents keep beside conversations. All raise UnknownConversationError where there is none of the id."""

    async def details(self, conversation_id: str) -> DeskDetails: ...

    async def add_note(self, conversation_id: str, agent: Agent, text: str) -> Note: ...

    async def set_tags(self, conversation_id: str, tags: Sequence[str]) -> Sequence[str]:
        """Exactly these; gives them in order."""
        ...

    async def tags(self) -> Sequence[str]:
        """All that are in use."""
        ...

    async def set_muted(self, conversation_id: str, muted: bool) -> None: ...

    async def set_blocked(self, customer_id: str, blocked: bool, agent: Agent) -> bool:
        """Whether there is such a customer. Stands in the audit."""
        ...

    async def noted_since(self, agent: Agent, action: str, object_id: str, since: datetime) -> bool:
        """Whether the audit has it after `since`."""
        ...


@dataclass(frozen=True, kw_only=True)
class CannedReply:
    """A text for what is often said, by name. Its fields are filled in where it is used."""

    id: str
    name: str
    text: str
    changed_by: str
    changed_at: datetime


class CannedReplyExistsError(Exception):
    """There is one of this name."""


@dataclass(frozen=True, kw_only=True)
class CannedText:
    """A canned reply as a supervisor writes it."""

    name: str
    text: str


class CannedRecords(Protocol):
    """Replies that are kept ready. Every change stands in the audit, with what was before it."""

    async def canned(self) -> Sequence[CannedReply]: ...

    async def add(self, new: CannedText, agent: Agent) -> CannedReply:
        """Raises CannedReplyExistsError."""
        ...

    async def change(self, canned_id: str, to: CannedText, agent: Agent) -> CannedReply | None:
        """None where there is none of the id. Raises CannedReplyExistsError."""
        ...

    async def remove(self, canned_id: str, agent: Agent) -> bool: ...


@dataclass(frozen=True, kw_only=True)
class PresentAgent:
    """An agent who was seen within a minute, and the conversation that they look at."""

    id: str
    name: str
    viewing: str | None = None


@dataclass(frozen=True, kw_only=True)
class InQueue:
    """A handoff that waits or is in an agent's hands, with its conversation."""

    handoff: Handoff
    conversation: DeskConversation


@dataclass(frozen=True, kw_only=True)
class DeskState:
    """What all agents see at once. `waiting` and `in_hand` hold the first ones of many; the numbers are of all that
    are not muted, `with_assistant` of those where something happened within a day."""

    waiting: tuple[InQueue, ...] = ()
    in_hand: tuple[InQueue, ...] = ()
    waiting_count: int = 0
    with_assistant: int = 0
    present: tuple[PresentAgent, ...] = ()


class DeskStateRecords(Protocol):
    """What all see, read cheaply enough for every second; and who is there."""

    async def state(self) -> DeskState: ...

    async def set_viewing(self, agent_id: str, conversation_id: str | None) -> None:
        """The agent is there, and looks at this."""
        ...
