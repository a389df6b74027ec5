"""What goes in and out of the agents' API."""

from datetime import datetime
from typing import Annotated

from pydantic import BaseModel, Field

from app.care.state import OverdueConversation
from app.domain.agents import Agent, AgentRole
from app.domain.conversations import Author, Message
from app.domain.customers import Assurance, Profile
from app.domain.handoffs import Handoff, HandoffReason, HandoffStatus
from app.domain.replies import Outcome
from app.web.schemas import LINE, Strict


class DutyIn(Strict):
    """Whether the agent takes conversations now."""

    on_duty: bool


class ReplyIn(Strict):
    """An agent's message to the customer; the same key is one message."""

    text: str = Field(description="1 to 4,000 characters")
    idempotency_key: Annotated[str, Field(min_length=1, max_length=200, pattern=LINE)] | None = None


class CloseIn(Strict):
    """Why the conversation ends."""

    reason: Annotated[str, Field(min_length=1, max_length=200, pattern=LINE)] = "resolved"


class AgentOut(BaseModel):
    """The calling agent."""

    id: str
    name: str
    email: str
    role: AgentRole
    on_duty: bool
    second_factor: bool

    @classmethod
    def of(cls, agent: Agent) -> "AgentOut":
        return cls(
            id=agent.id,
            name=agent.name,
            email=agent.email,
            role=agent.role,
            on_duty=agent.on_duty,
            second_factor=agent.second_factor,
        )


class BriefOut(BaseModel):
    """What an agent reads first."""

    wants: str
    tried: tuple[str, ...]
    feeling: str
    feeling_evidence: str
    facts: tuple[str, ...]
    claimed: tuple[str, ...]
    doubts: tuple[str, ...]


class QueueItem(BaseModel):
    """A handoff: since when, why in the customer's words, and the brief."""

    id: str
    conversation: str
    reason: HandoffReason
    evidence: str
    status: HandoffStatus
    since: datetime
    position: int | None
    contact: str | None
    agent: str | None
    brief: BriefOut

    @classmethod
    def of(cls, handoff: Handoff) -> "QueueItem":
        return cls(
            id=handoff.id,
            conversation=handoff.conversation_id,
            reason=handoff.reason,
            evidence=handoff.evidence,
            status=handoff.status,
            since=handoff.created_at,
            position=handoff.position,
            contact=handoff.contact,
            agent=handoff.agent_name,
            brief=BriefOut(**vars(handoff.brief)),
        )


class QueueOut(BaseModel):
    """Who waits, head of the queue first, and what the calling agent has in hand."""

    waiting: list[QueueItem]
    mine: list[QueueItem]


class OverdueItem(BaseModel):
    """A conversation whose customer waits for too long: since when, and with how many messages."""

    conversation: str
    channel: str
    since: datetime
    messages: int

    @classmethod
    def of(cls, late: OverdueConversation) -> "OverdueItem":
        return cls(conversation=late.id, channel=late.channel, since=late.since, messages=late.messages)


class OverdueOut(BaseModel):
    """Longest waiting first, at most 200."""

    conversations: list[OverdueItem]


class AgentMessage(BaseModel):
    """A message as agents see it."""

    id: str
    seq: int
    author: Author
    text: str
    at: datetime
    agent: str | None
    outcome: Outcome | None

    @classmethod
    def of(cls, message: Message) -> "AgentMessage":
        return cls(
            id=message.id,
            seq=message.seq,
            author=message.author,
            text=message.text,
            at=message.at,
            agent=message.agent_name,
            outcome=message.outcome,
        )


class KnownOut(BaseModel):
    """One thing on file, with where it comes from."""

    about: str
    value: str
    source: str


class ProfileOut(BaseModel):
    """The customer beside the conversation."""

    customer: str
    assurance: Assurance
    known: list[KnownOut]

    @classmethod
    def of(cls, profile: Profile) -> "ProfileOut":
        set_ones = [KnownOut(about=a.name, value=a.value, source="company") for a in profile.attributes]
        said = [KnownOut(about=f.about, value=f.value, source=f.source_message_id) for f in profile.facts]
        return cls(customer=profile.customer_id, assurance=profile.assurance, known=set_ones + said)
