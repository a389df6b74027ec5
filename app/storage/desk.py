"""What agents keep beside conversations: notes, tags, marks; and all that stands beside the messages of one."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy import Connection, delete, insert, select, update

from app.care.desk import DESK, DeskDetails, Note
from app.care.wakeups import Wakeups
from app.domain.agents import Agent
from app.domain.conversations import UnknownConversationError
from app.storage import tables as t
from app.storage.audit import AuditRecords
from app.storage.database import Database
from app.storage.desk_details import details_of, note_from
from app.storage.rows import Clock, NewId, stored

T = TypeVar("T")

MOST_TAGS = 500


@dataclass(frozen=True)
class DeskRecords:
    """Implements care.desk.DeskRecords."""

    database: Database
    wakeups: Wakeups
    audit: AuditRecords
    clock: Clock
    new_id: NewId

    async def details(self, conversation_id: str) -> DeskDetails:
        return await self.database.read(lambda c: details_of(c, conversation_id))

    async def add_note(self, conversation_id: str, agent: Agent, text: str) -> Note:
        now = stored(self.clock())
        new_id = self.new_id("not")
        return await self._write(conversation_id, lambda c: insert_note(c, new_id, conversation_id, agent, text, now))

    async def set_tags(self, conversation_id: str, tags: Sequence[str]) -> Sequence[str]:
        wanted = sorted(set(tags))
        await self._write(conversation_id, lambda c: _set_tags(c, conversation_id, wanted))
        return wanted

    async def tags(self) -> Sequence[str]:
        used = select(t.conversation_tags.c.tag).distinct().order_by(t.conversation_tags.c.tag).limit(MOST_TAGS)
        return await self.database.read(lambda c: list(c.execute(used).scalars()))

    async def set_muted(self, conversation_id: str, muted: bool) -> None:
        since = stored(self.clock()) if muted else None
        mine = t.conversations.c.id == conversation_id
        change = update(t.conversations).where(mine).values(muted_at=since)
        await self._write(conversation_id, lambda c: c.execute(change).rowcount)

    async def set_blocked(self, customer_id: str, blocked: bool, agent: Agent) -> bool:
        since = stored(self.clock()) if blocked else None
        change = update(t.customers).where(t.customers.c.id == customer_id).values(blocked_at=since)

        def transition(c: Connection) -> bool:
            known = c.execute(change).rowcount > 0
            if known:
                self.audit.write(c, agent, "customer.blocked" if blocked else "customer.unblocked", customer_id, {})
            return known

        known = await self.database.write(transition)
        self.wakeups.tell(DESK)
        return known

    async def noted_since(self, agent: Agent, action: str, object_id: str, since: datetime) -> bool:
        mine = (t.audit.c.agent_id == agent.id) & (t.audit.c.action == action) & (t.audit.c.object_id == object_id)
        lately = select(t.audit.c.id).where(t.audit.c.at > stored(since), mine).limit(1)
        return await self.database.read(lambda c: c.execute(lately).first() is not None)

    async def _write(self, conversation_id: str, transition: Callable[[Connection], T]) -> T:
        def known(c: Connection) -> T:
            _demand(c, conversation_id)
            return transition(c)

        result = await self.database.write(known)
        self.wakeups.tell(conversation_id)
        return result


def insert_note(c: Connection, note_id: str, conversation_id: str, agent: Agent, text: str, now: datetime) -> Note:
    values: dict[str, Any] = {"id": note_id, "conversation_id": conversation_id, "text": text, "at": now}
    values |= {"agent_id": agent.id, "agent_name": agent.name}
    return note_from(c.execute(insert(t.notes).values(values).returning(t.notes)).one())


def _demand(c: Connection, conversation_id: str) -> None:
    """Locked: two agents' changes follow one another."""
    wanted = select(t.conversations.c.id).where(t.conversations.c.id == conversation_id).with_for_update()
    if c.execute(wanted).one_or_none() is None:
        raise UnknownConversationError(conversation_id)


def _set_tags(c: Connection, conversation_id: str, tags: Sequence[str]) -> None:
    c.execute(delete(t.conversation_tags).where(t.conversation_tags.c.conversation_id == conversation_id))
    if tags:
        c.execute(insert(t.conversation_tags), [{"conversation_id": conversation_id, "tag": tag} for tag in tags])
