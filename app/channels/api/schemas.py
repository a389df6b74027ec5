"""What goes in and out of the HTTP API, as OpenAPI tells it."""

from datetime import datetime
from typing import Annotated

from pydantic import BaseModel, Field, StringConstraints

from app.domain.conversations import Author, Conversation, ConversationStatus, Event, Message
from app.domain.customers import Fact, Profile
from app.domain.files import File
from app.domain.handoffs import Handoff, HandoffReason, HandoffStatus
from app.domain.replies import Outcome
from app.web.event_views import stream_event
from app.web.filing import FileOut
from app.web.schemas import LINE, CitationOut, Id, Strict

Short = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200, pattern=LINE)]
Key = Annotated[str, StringConstraints(min_length=1, max_length=200, pattern=LINE)]


class ClaimedIdentityIn(Strict):
    """What a customer says of themselves without proof: a hint for agents."""

    name: Short | None = None
    email: Short | None = None
    id: Short | None = None


class ChatRequest(Strict):
    """A customer's message. Without `conversation` a new one is opened."""

    text: str = Field(
        description="1 to 4,000 visible characters, by default", examples=["How do I descale the Pour 4?"]
    )
    conversation: Id | None = None
    identity: ClaimedIdentityIn | None = None
    idempotency_key: Key | None = Field(None, description="The same key from the same customer is one message.")


class HandoffOut(BaseModel):
    """The handoff as the customer sees it; `position` counts from 1 while it waits."""

    id: str
    status: HandoffStatus
    reason: HandoffReason
    position: int | None
    agent: str | None

    @classmethod
    def of(cls, handoff: Handoff) -> "HandoffOut":
        return cls(
            id=handoff.id,
            status=handoff.status,
            reason=handoff.reason,
            position=handoff.position,
            agent=handoff.agent_name,
        )


class ChatReply(BaseModel):
    """How the message was met. `reply` is null where the assistant has nothing to say: an agent is in charge."""

    conversation: str
    message: str
    seq: int = Field(description="The number of the message among the conversation's events.")
    outcome: Outcome
    reply: str | None
    citations: list[CitationOut]
    handoff: HandoffOut | None
    notice: str | None = Field(None, description="That an AI answers: at the start, and after an agent.")


class ConversationOut(BaseModel):
    """A conversation of the customer's."""

    id: str
    status: ConversationStatus
    opened_at: datetime
    closed_at: datetime | None

    @classmethod
    def of(cls, conversation: Conversation) -> "ConversationOut":
        return cls(
            id=conversation.id,
            status=conversation.status,
            opened_at=conversation.opened_at,
            closed_at=conversation.closed_at,
        )


class MessageOut(BaseModel):
    """A whole message. `outcome` is there on the customer's own, once they were met; `helpful` where the customer
    said so of the assistant's."""

    id: str
    seq: int
    author: Author
    text: str
    at: datetime
    agent: str | None
    outcome: Outcome | None
    citations: list[CitationOut]
    helpful: bool | None

    @classmethod
    def of(cls, message: Message, helpful: bool | None = None) -> "MessageOut":
        return cls(
            id=message.id,
            seq=message.seq,
            author=message.author,
            text=message.text,
            at=message.at,
            agent=message.agent_name,
            outcome=message.outcome,
            citations=[CitationOut.of(citation) for citation in message.citations],
            helpful=helpful,
        )


class FileSent(FileOut):
    """A file of the conversation."""

    author: Author
    at: datetime

    @classmethod
    def of(cls, file: File) -> "FileSent":
        return cls(**FileOut.of(file).model_dump(), author=file.author, at=file.at)


class ConversationDetail(ConversationOut):
    """A conversation with its messages and files, oldest first, and the handoff that is open."""

    messages: list[MessageOut]
    files: list[FileSent]
    handoff: HandoffOut | None


class ConversationList(BaseModel):
    """The customer's conversations, newest first, a hundred at most."""

    conversations: list[ConversationOut]


class EventOut(BaseModel):
    """One event, as the stream tells it: `seq` is its id there, `name` its event."""

    seq: int
    name: str
    at: datetime
    data: dict[str, object]

    @classmethod
    def of(cls, event: Event) -> "EventOut":
        told = stream_event(event)
        return cls(seq=told.seq, name=told.name, at=event.at, data=dict(told.data))


class EventList(BaseModel):
    """The next events, oldest first, 200 at most: ask again behind the last one for more."""

    events: list[EventOut]


class AttributeOut(BaseModel):
    """What the company has on file."""

    name: str
    value: str


class FactOut(BaseModel):
    """What the customer said of themselves, with the message it comes from."""

    id: str
    kind: str
    about: str
    value: str
    source_message: str
    since: datetime

    @classmethod
    def of(cls, fact: Fact) -> "FactOut":
        return cls(
            id=fact.id,
            kind=fact.kind,
            about=fact.about,
            value=fact.value,
            source_message=fact.source_message_id,
            since=fact.valid_from,
        )


class ProfileOut(BaseModel):
    """What Careline knows of the customer."""

    attributes: list[AttributeOut]
    facts: list[FactOut]

    @classmethod
    def of(cls, profile: Profile) -> "ProfileOut":
        return cls(
            attributes=[AttributeOut(name=attribute.name, value=attribute.value) for attribute in profile.attributes],
            facts=[FactOut.of(fact) for fact in profile.facts],
        )
