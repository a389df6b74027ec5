"""Reading conversations: events, messages, the handoff that is open, and why answers were given."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, select

from app.domain.conversations import Conversation, Event, Message
from app.domain.handoffs import Handoff, HandoffStatus
from app.storage import statements as sql
from app.storage import tables as t
from app.storage.database import Database
from app.storage.event_rows import decode
from app.storage.rows import conversation_from, handoff_from, handoffs_with_agents, message_from, queue_position, utc

IN_ONE_QUERY = 500


@dataclass(frozen=True)
class ConversationRecords:
    """Implements care.records.ConversationRecords."""

    database: Database

    async def events(self, conversation_id: str, after: int, limit: int = 200) -> Sequence[Event]:
        return await self.database.glance(lambda c: _events(c, conversation_id, after, limit))

    async def last_numbers(self, conversation_ids: Sequence[str]) -> Mapping[str, int]:
        found: dict[str, int] = {}
        for at in range(0, len(conversation_ids), IN_ONE_QUERY):
            some = {"ids": list(conversation_ids[at : at + IN_ONE_QUERY])}
            rows = await self.database.glance(lambda c, some=some: c.execute(sql.LAST_SEQS, some).all())
            found |= {row.id: row.last_seq for row in rows}
        return found

    async def conversation(self, conversation_id: str) -> Conversation | None:
        wanted = select(t.conversations).where(t.conversations.c.id == conversation_id)

        def read(c: Connection) -> Conversation | None:
            row = c.execute(wanted).one_or_none()
            return None if row is None else conversation_from(row)

        return await self.database.look(read)

    async def conversations_of(self, customer_id: str) -> Sequence[Conversation]:
        mine = t.conversations.c.customer_id == customer_id
        newest = select(t.conversations).where(mine).order_by(t.conversations.c.opened_at.desc()).limit(100)
        return await self.database.read(lambda c: [conversation_from(row) for row in c.execute(newest)])

    async def messages(self, conversation_id: str) -> Sequence[Message]:
        wanted = select(t.messages).where(t.messages.c.conversation_id == conversation_id).order_by(t.messages.c.seq)
        return await self.database.read(lambda c: [message_from(row) for row in c.execute(wanted)])

    async def handoff_of(self, conversation_id: str) -> Handoff | None:
        return await self.database.look(lambda c: open_handoff(c, conversation_id))

    async def trace(self, conversation_id: str) -> Sequence[Mapping[str, object]]:
        wanted = select(t.turns).where(t.turns.c.conversation_id == conversation_id).order_by(t.turns.c.covers_to)

        def read(c: Connection) -> Sequence[Mapping[str, object]]:
            return [{"turn": row.id, "outcome": row.outcome, **row.trace} for row in c.execute(wanted)]

        return await self.database.read(read)


def open_handoff(c: Connection, conversation_id: str) -> Handoff | None:
    mine = t.handoffs.c.conversation_id == conversation_id
    still = t.handoffs.c.status.in_((HandoffStatus.WAITING, HandoffStatus.CLAIMED))
    row = c.execute(handoffs_with_agents().where(mine, still)).one_or_none()
    if row is None:
        return None
    position = queue_position(c, row.created_at) if row.status == HandoffStatus.WAITING else None
    return handoff_from(row, position)


def _events(c: Connection, conversation_id: str, after: int, limit: int) -> Sequence[Event]:
    rows = c.execute(sql.EVENTS_AFTER, {"conversation": conversation_id, "after": after, "most": limit})
    return [
        Event(conversation_id=row.conversation_id, seq=row.seq, at=utc(row.at), body=decode(row.kind, row.body))
        for row in rows
    ]
