"""Turns under leases: every write carries the token and fails once a later one was given."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, and_, func, or_, select, update

from app.care.records import TurnEnd
from app.care.wakeups import DELIVERIES, Wakeups
from app.domain.conversations import (
    Author,
    ConversationStatus,
    Event,
    EventBody,
    HandedOff,
    Message,
    SentenceShown,
    TurnDone,
)
from app.domain.handoffs import HandoffStatus, NewHandoff
from app.domain.replies import Sentence
from app.domain.turns import Lease, LeaseLostError, NewMessageError, Turn
from app.storage import statements as sql
from app.storage import tables as t
from app.storage.database import Database
from app.storage.inbox import LEASE
from app.storage.memory import read_profile
from app.storage.publishing import publish
from app.storage.rows import (
    AnyRow,
    Clock,
    NewId,
    append_events,
    conversation_from,
    insert_handoff,
    message_from,
    queue_position,
    sentences_since_last_turn,
    stored,
)

HISTORY = 40
RENEWED_AT_ONCE = 100


@dataclass(frozen=True)
class TurnRecords:
    """Implements care.records.TurnRecords."""

    database: Database
    wakeups: Wakeups
    clock: Clock
    new_id: NewId

    async def begin_turn(self, lease: Lease) -> Turn | None:
        return await self.database.look(lambda c: self._begin(c, lease))

    async def append_sentence(self, turn: Turn, sentence: Sentence) -> None:
        now = stored(self.clock())
        event = await self.database.write(lambda c: _append(c, turn, sentence, now))
        self.wakeups.tell(turn.conversation.id, [event])

    async def finish_turn(self, turn: Turn, end: TurnEnd) -> Lease | None:
        now = stored(self.clock())
        lease, events, publishes = await self.database.write(lambda c: self._finish(c, turn, end, now))
        self.wakeups.tell(turn.conversation.id, events)
        if publishes:
            self.wakeups.tell(DELIVERIES)
        return lease

    async def queue_length(self) -> int:
        waiting = select(func.count()).where(t.handoffs.c.status == HandoffStatus.WAITING)
        return await self.database.glance(lambda c: int(c.execute(waiting).scalar_one()))

    async def renew(self, leases: Sequence[Lease]) -> None:
        if leases:
            until = stored(self.clock()) + LEASE
            await self.database.write(lambda c: _renew(c, leases, until))

    async def release(self, lease: Lease) -> None:
        await self.database.write(lambda c: _release(c, lease))

    async def release_all(self) -> None:
        """At the start of the only process: whoever held a lease is gone."""
        held = update(t.conversations).where(t.conversations.c.lease_owner.is_not(None))
        await self.database.write(lambda c: c.execute(held.values(lease_owner=None, lease_until=None)).rowcount)

    async def take_due(self, owner: str, limit: int) -> Sequence[Lease]:
        now = stored(self.clock())
        if not await self.database.glance(lambda c: c.execute(_due(now, 1)).first()):
            return ()
        return await self.database.write(lambda c: _take(c, owner, now, limit))

    async def overdue(self, before: datetime) -> int:
        late = select(func.count()).where(
            t.messages.c.author == Author.CUSTOMER, t.messages.c.outcome.is_(None), t.messages.c.at < stored(before)
        )
        return await self.database.read(lambda c: int(c.execute(late).scalar_one()))

    def _begin(self, c: Connection, lease: Lease) -> Turn | None:
        row = c.execute(sql.LOCK_HELD, _of(lease)).one_or_none()  # waits for a commit of ours that is still on its way
        if row is None or row.unanswered_since is None:
            return None
        messages = _messages(c, row.id)
        shown = sentences_since_last_turn(c, row.id) if row.last_seq > 1 else []
        reach = shown[0].covers_to if shown else row.last_customer_seq
        open_ones = [m for m in messages if m.author is Author.CUSTOMER and m.outcome is None and m.seq <= reach]
        if not open_ones:
            return None
        return Turn(
            id=shown[0].turn_id if shown else self.new_id("trn"),
            lease=lease,
            conversation=conversation_from(row),
            profile=read_profile(c, row.customer_id, without=row.id),
            messages=tuple(open_ones),
            history=tuple(m for m in messages if m.seq < open_ones[0].seq),
            shown=tuple(s.sentence for s in shown),
            claimed=tuple(f"{name}: {value}" for name, value in row.claimed.items()),
        )

    def _finish(self, c: Connection, turn: Turn, end: TurnEnd, now: datetime) -> tuple[Lease | None, list[Event], bool]:
        row = _lock(c, turn, nothing_shown=not turn.shown)
        handoff_id = self._save_handoff(c, row, end, now)
        message_id = self.new_id("msg") if end.reply else None
        done = TurnDone(
            turn_id=turn.id,
            outcome=end.outcome,
            covers_to=turn.covers_to,
            message_id=message_id,
            reply=end.reply,
            citations=end.citations,
            handoff_id=handoff_id or _waiting_handoff(c, row),
        )
        handed_off = _handed_off(c, end.handoff, handoff_id, now) if end.handoff and handoff_id else None
        bodies = _end_events(turn, end, handed_off, done)
        last_seq = row.last_seq + len(bodies)
        events = append_events(c, turn.conversation.id, last_seq, now, *bodies)
        save_reply(c, done, turn.conversation.id, last_seq, now)
        _save_outcome(c, turn, end, now)
        return _leave(c, row, turn, end, last_seq, now), events, publish(c, row, events, self.new_id, now)

    def _save_handoff(self, c: Connection, row: AnyRow, end: TurnEnd, now: datetime) -> str | None:
        """One waits at most in a conversation."""
        if end.contact:
            mine = t.handoffs.c.conversation_id == row.id
            still = t.handoffs.c.status == HandoffStatus.WAITING
            c.execute(update(t.handoffs).where(mine, still).values(contact=end.contact))
        if end.handoff is None or row.status == ConversationStatus.WAITING:
            return None
        return insert_handoff(c, self.new_id("hof"), row.id, end.handoff, end.contact, now)


def _messages(c: Connection, conversation: str) -> list[Message]:
    """The newest, and all that are not met yet, however many came while nobody was there."""
    newest = list(c.execute(sql.NEWEST_MESSAGES, {"conversation": conversation, "most": HISTORY}))
    if len(newest) == HISTORY:
        open_ones = c.execute(sql.OPEN_MESSAGES, {"conversation": conversation, "before": newest[-1].seq})
        newest += list(open_ones)
    return [message_from(row) for row in reversed(newest)]


def _held_by(lease: Lease) -> Any:
    same = t.conversations.c.lease_token == lease.token
    return and_(t.conversations.c.id == lease.conversation_id, same, t.conversations.c.lease_owner == lease.owner)


def _of(lease: Lease) -> Mapping[str, Any]:
    return {"conversation": lease.conversation_id, "token": lease.token, "owner": lease.owner}


def _append(c: Connection, turn: Turn, sentence: Sentence, now: datetime) -> Event:
    """A message that came in meanwhile only matters before the first sentence."""
    found = (
        c.execute(sql.NEXT_SEQ, _of(turn.lease))
        if turn.shown
        else c.execute(sql.FIRST_SEQ, {**_of(turn.lease), "covers_to": turn.covers_to})
    )
    seq = found.scalar_one_or_none()
    if seq is None:
        _lock(c, turn, nothing_shown=not turn.shown)
        raise LeaseLostError(turn.conversation.id)
    shown = SentenceShown(turn_id=turn.id, covers_to=turn.covers_to, sentence=sentence)
    return append_events(c, turn.conversation.id, seq, now, shown)[0]


def _lock(c: Connection, turn: Turn, *, nothing_shown: bool) -> AnyRow:
    row = c.execute(sql.LOCK_HELD, _of(turn.lease)).one_or_none()
    if row is None:
        raise LeaseLostError(turn.conversation.id)
    if nothing_shown and row.last_customer_seq > turn.covers_to:
        raise NewMessageError(turn.conversation.id)
    return row


def _handed_off(c: Connection, new: NewHandoff, handoff_id: str, now: datetime) -> HandedOff:
    place = queue_position(c, now)
    what: Mapping[str, Any] = {"reason": new.reason, "evidence": new.evidence, "brief": new.brief}
    return HandedOff(handoff_id=handoff_id, position=place, **what)


def _end_events(turn: Turn, end: TurnEnd, handed_off: HandedOff | None, done: TurnDone) -> list[EventBody]:
    bodies: list[EventBody] = [handed_off] if handed_off else []
    bodies += [SentenceShown(turn_id=turn.id, covers_to=turn.covers_to, sentence=s) for s in end.sentences]
    return [*bodies, done]


def save_reply(c: Connection, done: TurnDone, conversation_id: str, seq: int, now: datetime) -> None:
    if done.message_id is None:
        return
    values: Mapping[str, Any] = {
        "id": done.message_id,
        "conversation_id": conversation_id,
        "seq": seq,
        "author": Author.ASSISTANT,
        "text": done.reply,
        "at": now,
        "citations": [asdict(citation) for citation in done.citations],
    }
    c.execute(sql.INSERT_MESSAGE, values)


def _save_outcome(c: Connection, turn: Turn, end: TurnEnd, now: datetime) -> None:
    for message in turn.messages:
        c.execute(sql.MET, {"message": message.id, "to_outcome": end.outcome})
    values: Mapping[str, Any] = {
        "id": turn.id,
        "conversation_id": turn.conversation.id,
        "lease_token": turn.lease.token,
        "started_at": stored(turn.messages[0].at),
        "covers_from": turn.messages[0].seq,
        "covers_to": turn.covers_to,
        "finished_at": now,
        "outcome": end.outcome,
        "trace": end.trace,
    }
    c.execute(sql.INSERT_TURN, values)


def _leave(c: Connection, row: AnyRow, turn: Turn, end: TurnEnd, last_seq: int, now: datetime) -> Lease | None:
    """Keeps the lease when the customer wrote again meanwhile, else gives it up."""
    more = row.last_customer_seq > turn.covers_to
    values: Mapping[str, Any] = {
        "conversation": row.id,
        "to_seq": last_seq,
        "now": now,
        "to_feeling": end.trace.get("feeling", row.feeling),
        "to_status": ConversationStatus.WAITING if end.handoff else row.status,
        "to_misses": end.misses,
        "to_asked_back": end.asked_back,
        "to_person_offered": end.person_offered,
        "since": row.unanswered_since if more else None,
        "to_owner": row.lease_owner if more else None,
        "until": row.lease_until if more else None,
    }
    c.execute(sql.FINISHED, values)
    return turn.lease if more else None


def _waiting_handoff(c: Connection, row: AnyRow) -> str | None:
    if row.status != ConversationStatus.WAITING:
        return None
    return c.execute(sql.WAITING_HANDOFF, {"conversation": row.id}).scalars().first()


def _renew(c: Connection, leases: Sequence[Lease], until: datetime) -> None:
    """One that somebody has locked for long does not keep the others waiting. A condition of a thousand parts is more
    than SQLite takes."""
    for start in range(0, len(leases), RENEWED_AT_ONCE):
        held = or_(*(_held_by(lease) for lease in leases[start : start + RENEWED_AT_ONCE]))
        free = select(t.conversations.c.id).where(held).with_for_update(skip_locked=True)
        c.execute(update(t.conversations).where(t.conversations.c.id.in_(free)).values(lease_until=until))


def _release(c: Connection, lease: Lease) -> None:
    c.execute(update(t.conversations).where(_held_by(lease)).values(lease_owner=None, lease_until=None))


def _due(now: datetime, limit: int) -> Any:
    free = or_(t.conversations.c.lease_until.is_(None), t.conversations.c.lease_until < now)
    settled = or_(t.conversations.c.settles_at.is_(None), t.conversations.c.settles_at <= now)
    waiting = select(t.conversations.c.id, t.conversations.c.lease_token).where(
        t.conversations.c.unanswered_since.is_not(None), free, settled
    )
    return waiting.order_by(t.conversations.c.unanswered_since).limit(limit)


def _take(c: Connection, owner: str, now: datetime, limit: int) -> Sequence[Lease]:
    """SKIP LOCKED lets many workers take different conversations at once."""
    leases: list[Lease] = []
    for row in c.execute(_due(now, limit).with_for_update(skip_locked=True)).all():
        lease = Lease(conversation_id=row.id, token=row.lease_token + 1, owner=owner)
        values: Mapping[str, Any] = {"lease_token": lease.token, "lease_owner": owner, "lease_until": now + LEASE}
        c.execute(update(t.conversations).where(t.conversations.c.id == row.id).values(values))
        leases.append(lease)
    return leases
