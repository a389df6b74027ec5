"""The ports of the records: one method is one transition, one short transaction."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from app.domain.agents import Agent, AgentRole, BusinessKey
from app.domain.conversations import Conversation, Event, Message
from app.domain.customers import Attribute, ClaimedIdentity, Identity, NewFact, Profile
from app.domain.handoffs import Handoff, NewHandoff
from app.domain.replies import Citation, Outcome, Sentence
from app.domain.turns import Lease, Turn


class RecordsUnavailableError(Exception):
    """The records could not be read or written: disk full, database gone. Nothing of a transition was kept, or
    nobody can tell: whoever goes on reads first."""


@dataclass(frozen=True, kw_only=True)
class Inbound:
    """A customer's message at the door. `sender_key` is unique for its sender; `notice` is the AI notice, if due.
    `on_thread`: no conversation is named, it joins the sender's newest one on the channel, or opens the next after
    48 hours. `settle_seconds`: no turn begins before so long nothing more came, one reply answers the burst.
    `language` is what the sender's machine speaks, for when the words do not tell."""

    identity: Identity
    text: str
    notice: str = ""
    owner: str | None = None
    conversation_id: str | None = None
    sender_key: str | None = None
    claimed: ClaimedIdentity = field(default_factory=ClaimedIdentity)
    on_thread: bool = False
    settle_seconds: float = 0
    language: str = ""


@dataclass(frozen=True, kw_only=True)
class Receipt:
    """What was stored. `lease` is given when this process is to take the turn now."""

    customer_id: str
    conversation_id: str
    message_id: str
    seq: int
    lease: Lease | None = None
    repeated: bool = False


@dataclass(frozen=True, kw_only=True)
class TurnEnd:
    """How a turn came out. `sentences` are fixed texts still to be shown in the same transaction; `reply` is the
    whole text, with what was shown before. `misses` in a row count from here on."""

    outcome: Outcome
    reply: str | None
    sentences: tuple[Sentence, ...] = ()
    citations: tuple[Citation, ...] = ()
    handoff: NewHandoff | None = None
    contact: str | None = None
    misses: int = 0
    asked_back: bool = False
    person_offered: bool = False
    trace: Mapping[str, object] = field(default_factory=dict[str, object])


class InboxRecords(Protocol):
    """Where messages come in."""

    async def record_inbound(self, inbound: Inbound) -> Receipt:
        """Raises UnknownConversationError for a conversation that is not this customer's, CustomerBlockedError."""
        ...

    async def add_customer(self, identity: Identity) -> str:
        """Their id; a customer who is known stays who they are."""
        ...


class TurnRecords(Protocol):
    """What the worker and the turns it takes need. Writes raise LeaseLostError once a later lease was given."""

    async def begin_turn(self, lease: Lease) -> Turn | None:
        """None when nothing is left to answer, or the lease is not ours any more."""
        ...

    async def append_sentence(self, turn: Turn, sentence: Sentence) -> None:
        """Raises NewMessageError when the customer wrote again and nothing was shown yet."""
        ...

    async def finish_turn(self, turn: Turn, end: TurnEnd) -> Lease | None:
        """The lease for the messages that came in meanwhile, or None when all are answered."""
        ...

    async def queue_length(self) -> int: ...

    async def renew(self, leases: Sequence[Lease]) -> None: ...

    async def release(self, lease: Lease) -> None: ...

    async def take_due(self, owner: str, limit: int) -> Sequence[Lease]:
        """Leases of conversations with unanswered messages that nobody holds, longest waiting first."""
        ...

    async def overdue(self, before: datetime) -> int:
        """Customer messages older than `before` without an outcome: the watchdog's number."""
        ...


@dataclass(frozen=True, kw_only=True)
class Unremembered:
    """A finished turn whose facts have not been read yet."""

    turn_id: str
    customer_id: str
    messages: tuple[Message, ...]


class MemoryRecords(Protocol):
    """Profiles: attributes of the business, facts of the conversations."""

    async def profile(self, customer_id: str) -> Profile: ...

    async def set_attributes(self, external_id: str, attributes: Sequence[Attribute]) -> str:
        """Creates the verified customer when new; an empty value takes the attribute away. Gives the customer's id."""
        ...

    async def unremembered(self, limit: int) -> Sequence[Unremembered]: ...

    async def remember(self, facts: Mapping[Unremembered, Sequence[NewFact]]) -> None:
        """In one transaction for all these turns; one that was remembered meanwhile is left as it is."""
        ...

    async def forget_fact(self, customer_id: str, fact_id: str) -> bool: ...


class ConversationRecords(Protocol):
    """Reading: what customers and agents see."""

    async def events(self, conversation_id: str, after: int, limit: int = 200) -> Sequence[Event]: ...

    async def last_numbers(self, conversation_ids: Sequence[str]) -> Mapping[str, int]:
        """The number of the last event of each that there is."""
        ...

    async def conversation(self, conversation_id: str) -> Conversation | None: ...

    async def conversations_of(self, customer_id: str) -> Sequence[Conversation]: ...

    async def messages(self, conversation_id: str) -> Sequence[Message]: ...

    async def handoff_of(self, conversation_id: str) -> Handoff | None:
        """The handoff that is waiting or claimed, with its position in the queue."""
        ...

    async def trace(self, conversation_id: str) -> Sequence[Mapping[str, object]]: ...


class CallerRecords(Protocol):
    """Who a secret belongs to; secrets are looked up by their hash."""

    async def customer_by(self, identity: Identity) -> str | None: ...

    async def agent_by(self, key_hash: str) -> Agent | None: ...

    async def key_by(self, key_hash: str) -> BusinessKey | None: ...


class AgentRecords(Protocol):
    """The people of the company."""

    async def add_agent(self, name: str, email: str, role: AgentRole, key_hash: str) -> Agent:
        """Raises AgentExistsError for an e-mail that is taken."""
        ...

    async def agents(self) -> Sequence[Agent]: ...

    async def set_duty(self, agent_id: str, on_duty: bool) -> None: ...

    async def seen(self, agent_id: str) -> None: ...

    async def on_duty(self) -> int:
        """How many agents are on duty now."""
        ...

    async def add_key(self, name: str, scopes: Sequence[str], key_hash: str) -> BusinessKey: ...


class QueueRecords(Protocol):
    """What agents do with conversations."""

    async def waiting(self) -> Sequence[Handoff]: ...

    async def handoffs_of(self, agent_id: str) -> Sequence[Handoff]: ...

    async def claim(self, conversation_id: str, agent: Agent) -> Handoff:
        """Only one agent wins; raises AlreadyClaimedError, NotWaitingError, UnknownConversationError."""
        ...

    async def reply(self, conversation_id: str, agent: Agent, text: str, sender_key: str | None) -> Message: ...

    async def hand_over(self, conversation_id: str, agent: Agent, to: str, note: str | None) -> Handoff:
        """To the agent `to`, with a note for them. Raises UnknownAgentError, NotYoursError for an agent who is no
        supervisor and does not have it, NotWaitingError for a closed one."""
        ...

    async def give_back(self, conversation_id: str, agent: Agent) -> None: ...

    async def close(self, conversation_id: str, agent: Agent, reason: str) -> None: ...

    async def mark_spam(self, conversation_id: str, agent: Agent) -> None:
        """Closes it where it is open. Raises NotYoursError where a colleague has it in hand."""
        ...

    async def unmark_spam(self, conversation_id: str) -> None: ...
