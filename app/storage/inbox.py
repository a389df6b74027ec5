"""Messages come in: customer, conversation, message, event and lease in one transaction."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, select, update

from app.care.records import Inbound, Receipt
from app.care.wakeups import DELIVERIES, TURNS, Wakeups
from app.domain.conversations import (
    Author,
    ConversationStatus,
    Event,
    EventBody,
    MessageReceived,
    Reopened,
    TurnDone,
    UnknownConversationError,
)
from app.domain.customers import CustomerBlockedError, Identity
from app.domain.replies import Outcome
from app.domain.turns import Lease
from app.storage import statements as sql
from app.storage import tables as t
from app.storage.database import Database
from app.storage.publishing import publish
from app.storage.rows import AnyRow, Clock, NewId, append_events, conversation_from, stored

LEASE = timedelta(seconds=14)
"""With a look each second a turn is taken over within 15 s."""

LONGEST_BURST = timedelta(seconds=10)


@dataclass(frozen=True)
class InboxRecords:
    """Implements care.records.InboxRecords."""

    database: Database
    wakeups: Wakeups
    clock: Clock
    new_id: NewId

    async def record_inbound(self, inbound: Inbound) -> Receipt:
        now = stored(self.clock())
        receipt, events, publishes = await self.database.write(lambda c: self._record(c, inbound, now))
        self.wakeups.tell(receipt.conversation_id, events)
        if receipt.lease is None and not receipt.repeated:
            self.wakeups.tell(TURNS)
        if publishes:
            self.wakeups.tell(DELIVERIES)
        return receipt

    async def add_customer(self, identity: Identity) -> str:
        now = stored(self.clock())
        return await self.database.write(lambda c: find_or_add_customer(c, identity, now, self.new_id))

    def _record(self, c: Connection, inbound: Inbound, now: datetime) -> tuple[Receipt, list[Event], bool]:
        known = _known(c, inbound.identity)
        customer_id = str(known.customer_id) if known else _add_customer(c, inbound.identity, now, self.new_id)
        key = f"{inbound.identity.channel}:{customer_id}:{inbound.sender_key}" if inbound.sender_key else None
        if key and (before := _recorded_as(c, key, customer_id)):
            return before, [], False
        if known and known.blocked_at:
            raise CustomerBlockedError(customer_id)
        conversation = self._conversation(c, inbound, customer_id, now)
        message_id = self.new_id("msg")
        notice = inbound.notice if conversation.notice_due else None
        said = MessageReceived(message_id=message_id, text=inbound.text, notice=notice)
        bodies, seq = _events_of(conversation, said)
        events = append_events(c, conversation.id, conversation.last_seq + len(bodies), now, *bodies)
        _save_message(c, conversation, inbound.text, message_id, seq, key, now)
        lease = _receive(c, conversation, inbound, events[-1].seq, seq, now)
        receipt = Receipt(customer_id=customer_id, conversation_id=conversation.id, message_id=message_id, seq=seq)
        return replace(receipt, lease=lease), events, publish(c, conversation, events, self.new_id, now)

    def _conversation(self, c: Connection, inbound: Inbound, customer_id: str, now: datetime) -> AnyRow:
        """The row, locked. One closed for more than 48 h is followed by a new one on the same thread."""
        wanted = _newest_on_thread(c, inbound, customer_id) if inbound.on_thread else inbound.conversation_id
        if wanted is None:
            return self._open(c, inbound, customer_id, None, now)
        row = c.execute(sql.LOCK, {"conversation": wanted}).one_or_none()
        if row is None or row.customer_id != customer_id:
            raise UnknownConversationError(wanted)
        if row.status == ConversationStatus.CLOSED and not conversation_from(row).reopens_at(self.clock()):
            return self._open(c, inbound, customer_id, row.id, now)
        return _reopened(c, row) if row.status == ConversationStatus.CLOSED else row

    def _open(self, c: Connection, inbound: Inbound, customer_id: str, previous: str | None, now: datetime) -> AnyRow:
        values = {
            "id": self.new_id("cnv"),
            "customer_id": customer_id,
            "channel": inbound.identity.channel,
            "status": ConversationStatus.WITH_ASSISTANT,
            "opened_at": now,
            "previous_id": previous,
            "claimed": {k: v for k, v in asdict(inbound.claimed).items() if v},
        }
        return c.execute(sql.INSERT_CONVERSATION, values).one()


def _newest_on_thread(c: Connection, inbound: Inbound, customer_id: str) -> str | None:
    wanted = {"customer": customer_id, "of_channel": inbound.identity.channel}
    return c.execute(sql.NEWEST_ON_THREAD, wanted).scalars().first()


def _events_of(row: AnyRow, said: MessageReceived) -> tuple[list[EventBody], int]:
    """The message behind the reopening it causes, before the outcome when an agent is in charge; and its number."""
    reopens, with_agent = row.closed_at is not None, row.status == ConversationStatus.WITH_AGENT
    seq = row.last_seq + (2 if reopens else 1)
    before: list[EventBody] = [Reopened()] if reopens else []
    done = TurnDone(turn_id="", outcome=Outcome.WITH_AGENT, covers_to=seq)
    return [*before, said, *([done] if with_agent else [])], seq


def _reopened(c: Connection, row: AnyRow) -> AnyRow:
    """With the assistant again and a fresh count of misses. `closed_at` of the row still tells that it was closed."""
    fresh: Mapping[str, Any] = {"status": ConversationStatus.WITH_ASSISTANT, "closed_at": None, "misses": 0}
    c.execute(update(t.conversations).where(t.conversations.c.id == row.id).values(fresh))
    return row


def _save_message(
    c: Connection, row: AnyRow, text: str, message_id: str, seq: int, key: str | None, now: datetime
) -> None:
    outcome = Outcome.WITH_AGENT if row.status == ConversationStatus.WITH_AGENT else None
    values: dict[str, Any] = {"id": message_id, "conversation_id": row.id, "seq": seq, "author": Author.CUSTOMER}
    values |= {"text": text, "at": now, "outcome": outcome, "sender_key": key}
    c.execute(sql.INSERT_MESSAGE, values)


def _receive(c: Connection, row: AnyRow, inbound: Inbound, last_seq: int, seq: int, now: datetime) -> Lease | None:
    """The lease for this process if nobody holds it: a running turn finds the message by itself. While a burst
    settles nobody takes the turn; each message of it begins the pause anew."""
    with_agent = row.status == ConversationStatus.WITH_AGENT
    held = row.lease_owner is not None and row.lease_until is not None and row.lease_until > now
    owner = None if held or with_agent or inbound.settle_seconds else inbound.owner
    token = row.lease_token + 1 if owner else row.lease_token
    values: Mapping[str, Any] = {
        "conversation": row.id,
        "to_seq": last_seq,
        "to_customer_seq": seq,
        "now": now,
        "since": row.unanswered_since if with_agent else row.unanswered_since or now,
        "to_settle": _settles_at(inbound, row.unanswered_since or now, now),
        "to_token": token,
        "to_owner": owner or row.lease_owner,
        "until": now + LEASE if owner else row.lease_until,
    }
    c.execute(sql.RECEIVED, values)
    return Lease(conversation_id=row.id, token=token, owner=owner) if owner else None


def _settles_at(inbound: Inbound, since: datetime, now: datetime) -> datetime | None:
    """A customer who never pauses is answered in the end."""
    pause = timedelta(seconds=inbound.settle_seconds)
    return min(now + pause, since + LONGEST_BURST) if pause else None


def find_or_add_customer(c: Connection, identity: Identity, now: datetime, new_id: NewId) -> str:
    """The customer behind an identity, locked; a new one where the address was never seen."""
    known = _known(c, identity)
    return str(known.customer_id) if known else _add_customer(c, identity, now, new_id)


def _known(c: Connection, identity: Identity) -> AnyRow | None:
    wanted = {"of_channel": identity.channel, "of_address": identity.address}
    return c.execute(sql.CUSTOMER_OF, wanted).one_or_none()


def _add_customer(c: Connection, identity: Identity, now: datetime, new_id: NewId) -> str:
    customer_id = new_id("cus")
    c.execute(sql.INSERT_CUSTOMER, {"id": customer_id, "created_at": now})
    values: Mapping[str, Any] = {"id": new_id("idn"), "customer_id": customer_id, "created_at": now, **asdict(identity)}
    c.execute(sql.INSERT_IDENTITY, values)
    return customer_id


def _recorded_as(c: Connection, key: str, customer_id: str) -> Receipt | None:
    """The receipt of the same message, delivered before."""
    row = c.execute(select(t.messages).where(t.messages.c.sender_key == key)).one_or_none()
    if row is None:
        return None
    return Receipt(
        customer_id=customer_id,
        conversation_id=row.conversation_id,
        message_id=row.id,
        seq=row.seq,
        repeated=True,
    )
