"""What goes in and out of the routes of the desk: the list, the live queue, what agents keep beside conversations."""

from datetime import UTC, datetime
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, Field, StringConstraints

from app.care.desk import (
    CannedReply,
    CannedText,
    CustomerCard,
    DeskConversation,
    DeskFilter,
    InQueue,
    LastWords,
    Note,
    Place,
    PresentAgent,
)
from app.console.schemas import QueueItem
from app.domain.agents import Agent
from app.domain.assessment import Feeling
from app.domain.conversations import Author, ConversationStatus
from app.domain.customers import Assurance
from app.domain.handoffs import HandoffReason
from app.domain.messages import clean_text
from app.web.schemas import Strict

LINE = r"^[^\x00-\x1f\x7f]+$"
Id = Annotated[str, StringConstraints(max_length=64, pattern=r"^[^\x00]*$")]
Tag = Annotated[str, StringConstraints(strip_whitespace=True, to_lower=True, min_length=1, max_length=40, pattern=LINE)]
LONGEST_CANNED = 4_000
CannedName = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=60, pattern=LINE)]


def _place(cursor: object) -> object:
    """`next` of the page before, as `written` makes it."""
    when, _, id = str(cursor).partition("~")
    if not id or len(id) > 64 or "\x00" in id:
        raise ValueError("before must be the `next` of another page")
    return Place(last_at=datetime.fromisoformat(when).replace(tzinfo=UTC), id=id)


Before = Annotated[Place, BeforeValidator(_place, json_schema_input_type=str)]


def written(place: Place | None) -> str | None:
    return None if place is None else f"{place.last_at.replace(tzinfo=None).isoformat()}~{place.id}"


class ListQuery(BaseModel):
    """What the list is to hold; what is empty is not asked for."""

    status: list[ConversationStatus | Literal[""]] = Field(default_factory=list[Any], description="One or several.")
    agent: Id = Field("", description="Has it in hand, or had it: an agent's id, or `me`.")
    tag: Id = ""
    feeling: Feeling | Literal[""] = ""
    channel: Id = Field("", description="`widget`, or the name of another channel.")
    q: str = Field("", max_length=200, description="Words of customers or agents, or a name.")
    spam: bool = Field(False, description="Spam alone; else all but spam.")
    before: Before | Literal[""] = ""
    limit: int = Field(50, ge=1, le=100)

    def filter(self, caller: Agent) -> DeskFilter:
        return DeskFilter(
            statuses=tuple(status for status in self.status if status != ""),
            agent_id=(caller.id if self.agent == "me" else self.agent) or None,
            tag=self.tag.lower() or None,
            feeling=self.feeling or None,
            channel=self.channel or None,
            words=self.q.replace("\x00", "").strip() or None,
            spam=self.spam,
        )


class CustomerOut(BaseModel):
    """A customer in a line. Whose name is only their own word has the assurance `claimed`."""

    id: str
    name: str | None
    assurance: Assurance
    blocked: bool

    @classmethod
    def of(cls, card: CustomerCard) -> "CustomerOut":
        return cls(id=card.id, name=card.name, assurance=card.assurance, blocked=card.blocked)


class LastOut(BaseModel):
    """The newest message, cut to a line."""

    author: Author
    text: str
    at: datetime

    @classmethod
    def of(cls, last: LastWords | None) -> "LastOut | None":
        return None if last is None else cls(author=last.author, text=last.text, at=last.at)


class ConversationLine(BaseModel):
    """A conversation in a list. `agent` is a name; `waiting_since` is given while it waits."""

    id: str
    status: ConversationStatus
    channel: str
    customer: CustomerOut
    agent: str | None
    agent_id: str | None
    last: LastOut | None
    opened_at: datetime
    last_at: datetime
    waiting_since: datetime | None
    reason: HandoffReason | None
    evidence: str
    feeling: Feeling | None
    tags: tuple[str, ...]
    muted: bool
    spam: bool

    @classmethod
    def of(cls, found: DeskConversation) -> "ConversationLine":
        return cls(**line_of(found))


def line_of(found: DeskConversation) -> dict[str, Any]:
    """The fields of `ConversationLine`."""
    same = ("id", "status", "channel", "agent_id", "opened_at", "last_at", "waiting_since", "reason", "evidence")
    more = ("feeling", "tags", "muted", "spam")
    fields: dict[str, Any] = {name: getattr(found, name) for name in (*same, *more)}
    people = {"customer": CustomerOut.of(found.customer), "agent": found.agent_name, "last": LastOut.of(found.last)}
    return fields | people


class ConversationPage(BaseModel):
    """`next` goes into `before` for the page behind it, None for the last one. A search looks through the newest
    messages: `looked_back_to` tells how far, None where it was all."""

    conversations: list[ConversationLine]
    next: str | None
    looked_back_to: datetime | None


class DeskItem(QueueItem):
    """A handoff in the live queue, with its customer. What is muted makes no sound and counts in no badge."""

    customer: CustomerOut
    channel: str
    feeling: Feeling | None
    tags: tuple[str, ...]
    muted: bool
    agent_id: str | None
    last: LastOut | None

    @classmethod
    def of_entry(cls, entry: InQueue) -> "DeskItem":
        found = entry.conversation
        return cls(
            **QueueItem.of(entry.handoff).model_dump(),
            customer=CustomerOut.of(found.customer),
            channel=found.channel,
            feeling=found.feeling,
            tags=found.tags,
            muted=found.muted,
            agent_id=entry.handoff.agent_id,
            last=LastOut.of(found.last),
        )


class PresentOut(BaseModel):
    """An agent who is there, and the conversation that they look at."""

    id: str
    name: str
    viewing: str | None

    @classmethod
    def of(cls, present: PresentAgent) -> "PresentOut":
        return cls(id=present.id, name=present.name, viewing=present.viewing)


class Counts(BaseModel):
    """Numbers for badges, without what is muted. `with_assistant`: where something happened within a day."""

    waiting: int
    mine: int
    with_assistant: int


class ViewingIn(Strict):
    """The conversation that the agent looks at; null for none. Sent again within a minute, while it is so."""

    conversation: Id | None


class HandOverIn(Strict):
    """To whom, and what they should know; only colleagues see the note."""

    agent: Id
    note: str | None = Field(None, description="1 to 4,000 characters")


class TagsIn(Strict):
    """All the conversation's tags."""

    tags: Annotated[list[Tag], Field(max_length=20)]


class TagsOut(BaseModel):
    """Tags in order."""

    tags: list[str]


class NoteIn(Strict):
    """For colleagues alone."""

    text: str = Field(description="1 to 4,000 characters")


class NoteOut(BaseModel):
    """What an agent wrote for colleagues."""

    id: str
    agent: str
    text: str
    at: datetime

    @classmethod
    def of(cls, note: Note) -> "NoteOut":
        return cls(id=note.id, agent=note.agent_name, text=note.text, at=note.at)


class MutedIn(Strict):
    """Whether the conversation makes sounds and counts in badges no more."""

    muted: bool


class SpamIn(Strict):
    """Whether it is spam; what is, is closed."""

    spam: bool


class BlockedIn(Strict):
    """Whether nothing is taken from the customer any more."""

    blocked: bool


class CannedIn(Strict):
    """A reply that is kept ready; {customer}, {agent} and {order} are filled in where it is used."""

    name: CannedName
    text: str = Field(description="1 to 4,000 characters")

    def value(self) -> CannedText:
        """Raises UnreadableTextError."""
        return CannedText(name=self.name, text=clean_text(self.text, LONGEST_CANNED))


class CannedOut(BaseModel):
    """A canned reply, and who changed it last."""

    id: str
    name: str
    text: str
    changed_by: str
    changed_at: datetime

    @classmethod
    def of(cls, reply: CannedReply) -> "CannedOut":
        return cls(
            id=reply.id, name=reply.name, text=reply.text, changed_by=reply.changed_by, changed_at=reply.changed_at
        )


class CannedList(BaseModel):
    """By name."""

    canned: list[CannedOut]
