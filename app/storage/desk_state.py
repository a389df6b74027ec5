"""What all agents see at once: who waits, who has what in hand, who is there."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, func, select, update

from app.care.desk import DESK, DeskConversation, DeskState, InQueue, PresentAgent
from app.care.wakeups import Wakeups
from app.domain.agents import PRESENT_WITHIN
from app.domain.conversations import ConversationStatus
from app.domain.handoffs import HandoffStatus
from app.storage import tables as t
from app.storage.database import Database
from app.storage.desk_rows import conversations_from, with_people
from app.storage.rows import AnyRow, Clock, handoff_from, handoffs_with_agents, stored

WAITING = 200
IN_HAND = 500
RECENT = timedelta(days=1)


@dataclass(frozen=True)
class DeskStateRecords:
    """Implements care.desk.DeskStateRecords and PresenceRecords."""

    database: Database
    wakeups: Wakeups
    clock: Clock

    async def state(self) -> DeskState:
        now = stored(self.clock())
        return await self.database.read(lambda c: _state(c, now))

    async def set_viewing(self, agent_id: str, conversation_id: str | None) -> None:
        now = stored(self.clock())
        values = {"viewing_id": conversation_id, "viewing_at": now, "seen_at": now}
        change = update(t.agents).where(t.agents.c.id == agent_id).values(values)
        await self.database.write(lambda c: c.execute(change).rowcount)
        self.wakeups.tell(DESK)


def _state(c: Connection, now: datetime) -> DeskState:
    handoffs = handoffs_with_agents()
    waits, held = t.handoffs.c.status == HandoffStatus.WAITING, t.handoffs.c.status == HandoffStatus.CLAIMED
    waiting = c.execute(handoffs.where(waits).order_by(t.handoffs.c.created_at, t.handoffs.c.id).limit(WAITING)).all()
    in_hand = c.execute(handoffs.where(held).order_by(t.handoffs.c.claimed_at, t.handoffs.c.id).limit(IN_HAND)).all()
    conversations = _conversations(c, [row.conversation_id for row in (*waiting, *in_hand)])
    return DeskState(
        waiting=_in_queue(waiting, conversations),
        in_hand=_in_queue(in_hand, conversations),
        waiting_count=_count(c, ConversationStatus.WAITING),
        with_assistant=_count(c, ConversationStatus.WITH_ASSISTANT, t.conversations.c.last_at > now - RECENT),
        present=_present(c, now),
    )


def _conversations(c: Connection, ids: Sequence[str]) -> Mapping[str, DeskConversation]:
    found = c.execute(with_people().where(t.conversations.c.id.in_(ids))).all()
    return {conversation.id: conversation for conversation in conversations_from(c, found)}


def _in_queue(rows: Sequence[AnyRow], conversations: Mapping[str, DeskConversation]) -> tuple[InQueue, ...]:
    """Positions count the head of the queue as 1. What was erased between two reads is left out."""
    return tuple(
        InQueue(
            handoff=handoff_from(row, place if row.status == HandoffStatus.WAITING else None),
            conversation=conversations[row.conversation_id],
        )
        for place, row in enumerate(rows, 1)
        if row.conversation_id in conversations
    )


def _count(c: Connection, status: ConversationStatus, *conditions: Any) -> int:
    heard = (t.conversations.c.status == status, t.conversations.c.muted_at.is_(None), *conditions)
    return int(c.execute(select(func.count()).select_from(t.conversations).where(*heard)).scalar_one())


def _present(c: Connection, now: datetime) -> tuple[PresentAgent, ...]:
    lately = now - PRESENT_WITHIN
    there = (t.agents.c.seen_at >= lately) & t.agents.c.disabled_at.is_(None)
    wanted = select(t.agents.c.id, t.agents.c.name, t.agents.c.viewing_id, t.agents.c.viewing_at).where(there)
    return tuple(
        PresentAgent(
            id=row.id,
            name=row.name,
            viewing=row.viewing_id if row.viewing_at and row.viewing_at >= lately else None,
        )
        for row in c.execute(wanted.order_by(t.agents.c.name, t.agents.c.id))
    )
