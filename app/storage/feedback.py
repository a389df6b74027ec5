"""What customers said of the assistant's messages."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, insert, select, update

from app.care.feedback import Feedback, UnknownMessageError
from app.domain.conversations import Author, UnknownConversationError
from app.domain.customers import CustomerBlockedError
from app.storage import tables as t
from app.storage.database import Database
from app.storage.rows import Clock, stored


@dataclass(frozen=True)
class FeedbackRecords:
    """Implements care.feedback.FeedbackRecords."""

    database: Database
    clock: Clock

    async def set_feedback(self, feedback: Feedback) -> None:
        now = stored(self.clock())
        await self.database.write(lambda c: _set(c, feedback, now))

    async def helpful(self, conversation_id: str) -> Mapping[str, bool]:
        mine = t.feedback.c.conversation_id == conversation_id
        wanted = select(t.feedback.c.message_id, t.feedback.c.helpful).where(mine)
        return await self.database.glance(lambda c: {row.message_id: row.helpful for row in c.execute(wanted)})


def _set(c: Connection, feedback: Feedback, now: datetime) -> None:
    theirs = select(t.conversations.c.customer_id).where(t.conversations.c.id == feedback.conversation_id)
    if c.execute(theirs.with_for_update()).scalar_one_or_none() != feedback.customer_id:
        raise UnknownConversationError(feedback.conversation_id)
    blocked = select(t.customers.c.blocked_at).where(t.customers.c.id == feedback.customer_id)
    if c.execute(blocked).scalar_one() is not None:
        raise CustomerBlockedError(feedback.customer_id)
    _refuse_other_messages(c, feedback)
    said: Mapping[str, Any] = {"helpful": feedback.helpful, "reason": feedback.reason, "at": now}
    changed = update(t.feedback).where(t.feedback.c.message_id == feedback.message_id).values(said)
    if c.execute(changed).rowcount == 0:
        place = {"message_id": feedback.message_id, "conversation_id": feedback.conversation_id}
        c.execute(insert(t.feedback).values({**place, **said}))


def _refuse_other_messages(c: Connection, feedback: Feedback) -> None:
    of_assistant = (t.messages.c.author == Author.ASSISTANT) & (t.messages.c.id == feedback.message_id)
    found = select(t.messages.c.id).where(of_assistant, t.messages.c.conversation_id == feedback.conversation_id)
    if c.execute(found).first() is None:
        raise UnknownMessageError(feedback.message_id)
