"""All that stands beside the messages of one conversation, read in one transaction."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, func, select

from app.care.desk import DeskDetails, EarlierConversation, FileLine, Note, Opinion, WhyAnswered
from app.domain.conversations import Author, ConversationStatus, UnknownConversationError
from app.domain.replies import Outcome
from app.storage import tables as t
from app.storage.desk_rows import conversations_from, with_people
from app.storage.rows import AnyRow, utc, utc_or_none

EARLIER = 20
QUESTION = 160


def details_of(c: Connection, conversation_id: str) -> DeskDetails:
    row = c.execute(with_people().where(t.conversations.c.id == conversation_id)).one_or_none()
    if row is None:
        raise UnknownConversationError(conversation_id)
    [conversation] = conversations_from(c, [row])
    return DeskDetails(
        conversation=conversation,
        closed_at=utc_or_none(row.closed_at),
        previous_id=row.previous_id,
        claimed=row.claimed,
        notes=tuple(note_from(each) for each in _of(c, t.notes, conversation_id)),
        files=tuple(_file_from(each) for each in c.execute(_files_of(conversation_id))),
        earlier=_earlier(c, row),
        opinions={each.message_id: _opinion_from(each) for each in _of(c, t.feedback, conversation_id)},
        why=_why(c, conversation_id),
        wrong=frozenset(each.message_id for each in _of(c, t.wrong_answers, conversation_id)),
    )


def note_from(row: AnyRow) -> Note:
    return Note(id=row.id, agent_name=row.agent_name, text=row.text, at=utc(row.at))


def _of(c: Connection, table: Any, conversation_id: str) -> Any:
    return c.execute(select(table).where(table.c.conversation_id == conversation_id).order_by(table.c.at))


def _files_of(conversation_id: str) -> Any:
    arrived = t.files.c.arrived_at.is_not(None)
    return select(t.files).where(t.files.c.conversation_id == conversation_id, arrived).order_by(t.files.c.at)


def _file_from(row: AnyRow) -> FileLine:
    return FileLine(
        id=row.id,
        name=row.name,
        media_type=row.media_type,
        size=row.size,
        author=Author(row.author),
        at=utc(row.at),
    )


def _opinion_from(row: AnyRow) -> Opinion:
    return Opinion(helpful=row.helpful, reason=row.reason, at=utc(row.at))


def _earlier(c: Connection, row: AnyRow) -> tuple[EarlierConversation, ...]:
    """The newest others of the customer, each with the first that they said in it."""
    inner = t.messages.alias("first")
    theirs = (inner.c.conversation_id == t.conversations.c.id) & (inner.c.author == Author.CUSTOMER)
    first = select(func.min(inner.c.seq)).where(theirs).scalar_subquery()
    said = (t.messages.c.conversation_id == t.conversations.c.id) & (t.messages.c.seq == first)
    question = func.substr(t.messages.c.text, 1, QUESTION).label("question")
    found = (
        select(t.conversations.c.id, t.conversations.c.status, t.conversations.c.opened_at)
        .add_columns(question, t.messages.c.outcome)
        .select_from(t.conversations.outerjoin(t.messages, said))
        .where(t.conversations.c.customer_id == row.customer_id, t.conversations.c.id != row.id)
        .order_by(t.conversations.c.opened_at.desc())
        .limit(EARLIER)
    )
    return tuple(_earlier_from(each) for each in c.execute(found))


def _earlier_from(row: AnyRow) -> EarlierConversation:
    return EarlierConversation(
        id=row.id,
        status=ConversationStatus(row.status),
        opened_at=utc(row.opened_at),
        question=row.question or "",
        outcome=None if row.outcome is None else Outcome(row.outcome),
    )


def _why(c: Connection, conversation_id: str) -> Mapping[str, WhyAnswered]:
    """By the message that the turn wrote: its last event names both."""
    mine = t.events.c.conversation_id == conversation_id
    ends = c.execute(select(t.events.c.body).where(mine, t.events.c.kind == "done")).scalars()
    message_of = {body["turn_id"]: body["message_id"] for body in ends if body["message_id"]}
    turns = c.execute(select(t.turns).where(t.turns.c.conversation_id == conversation_id))
    return {message_of[row.id]: _why_from(row) for row in turns if row.id in message_of}


def _why_from(row: AnyRow) -> WhyAnswered:
    return WhyAnswered(turn_id=row.id, outcome=None if row.outcome is None else Outcome(row.outcome), trace=row.trace)
