"""What stands in the records now, read in one transaction over the indexes of what is still open."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, Executable, func, select

from app.care.state import OPEN_DELIVERIES, OverdueConversation, ServiceState
from app.domain.conversations import Author
from app.domain.deliveries import DeliveryStatus, EndpointKind
from app.domain.handoffs import HandoffStatus
from app.storage import tables as t
from app.storage.database import Database
from app.storage.rows import stored, utc


@dataclass(frozen=True)
class StateRecords:
    """Implements care.state.StateRecords."""

    database: Database

    async def state(self, now: datetime, overdue_before: datetime) -> ServiceState:
        return await self.database.read(lambda c: _state(c, now, overdue_before))

    async def overdue_conversations(self, before: datetime, limit: int = 200) -> Sequence[OverdueConversation]:
        wanted = overdue_conversations(stored(before), limit)

        def read(c: Connection) -> list[OverdueConversation]:
            return [
                OverdueConversation(id=row.id, channel=row.channel, since=utc(row.since), messages=row.messages)
                for row in c.execute(wanted)
            ]

        return await self.database.read(read)


def queue() -> Executable:
    waiting = t.handoffs.c.status == HandoffStatus.WAITING
    oldest = func.min(t.handoffs.c.created_at).label("oldest")
    return select(func.count().label("waiting"), oldest).select_from(t.handoffs).where(waiting)


def overdue(before: datetime) -> Executable:
    return select(func.count()).select_from(t.messages).where(*_without_outcome(), t.messages.c.at < before)


def unanswered() -> Executable:
    open_ones = t.conversations.c.unanswered_since.is_not(None)
    return select(func.count()).select_from(t.conversations).where(open_ones)


def open_deliveries() -> Executable:
    to = t.deliveries.join(t.endpoints, t.endpoints.c.id == t.deliveries.c.endpoint_id)
    counted = select(t.endpoints.c.kind, t.deliveries.c.status, func.count().label("number")).select_from(to)
    still_open = t.deliveries.c.status.in_(OPEN_DELIVERIES)
    return counted.where(still_open).group_by(t.endpoints.c.kind, t.deliveries.c.status)


def overdue_conversations(before: datetime, limit: int) -> Executable:
    since = func.min(t.messages.c.at).label("since")
    found = select(t.conversations.c.id, t.conversations.c.channel, since, func.count().label("messages")).join_from(
        t.messages, t.conversations, t.conversations.c.id == t.messages.c.conversation_id
    )
    late = found.where(*_without_outcome(), t.messages.c.at < before)
    return late.group_by(t.conversations.c.id, t.conversations.c.channel).order_by(since).limit(limit)


def _without_outcome() -> tuple[ColumnElement[bool], ...]:
    """In the words of the partial index, which is as short as what is open."""
    return t.messages.c.author == Author.CUSTOMER, t.messages.c.outcome.is_(None)


def _state(c: Connection, now: datetime, overdue_before: datetime) -> ServiceState:
    queued = c.execute(queue()).one()
    return ServiceState(
        queue_waiting=queued.waiting,
        queue_longest_wait=0 if queued.oldest is None else max(0, (now - utc(queued.oldest)).total_seconds()),
        overdue_messages=int(c.execute(overdue(stored(overdue_before))).scalar_one()),
        unanswered_conversations=int(c.execute(unanswered()).scalar_one()),
        deliveries=_open_deliveries(c),
    )


def _open_deliveries(c: Connection) -> Mapping[tuple[EndpointKind, DeliveryStatus], int]:
    """Those that nothing is in are counted too, with 0: an alert compares numbers, not their absence."""
    counted = {(EndpointKind(row.kind), DeliveryStatus(row.status)): row.number for row in c.execute(open_deliveries())}
    return {(kind, status): counted.get((kind, status), 0) for kind in EndpointKind for status in OPEN_DELIVERIES}
