"""Messages come in: customer, conversation, message, event and lease in one transaction."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, insert, select, update

from app.care.records import Inbound, Receipt
from app.care.wakeups import Wakeups
from app.domain.conversations import (
    Author,
    ConversationStatus,
    EventBody,
    MessageReceived,
    Reopened,
    TurnDone,
    UnknownConversationError,
)
from app.domain.customers import Identity
from app.domain.replies import Outcome
from app.domain.turns import Lease
from app.storage import tables as t
from app.storage.database import Database
from app.storage.rows import AnyRow, Clock, NewId, append_events, conversation_from, stored

LEASE = timedelta(seconds=15)


@dataclass(frozen=True)
class InboxRecords:
    """Implements care.records.InboxRecords."""

    database: Database
    wakeups: Wakeups
    clock: Clock
    new_id: NewId

    async def record_inbound(self, inbound: Inbound) -> Receipt:
        now = stored(self.clock())
        receipt = await self.database.write(lambda c: self._record(c, inbound, now))
        self.wakeups.tell(receipt.conversation_id)
        return receipt

    def _record(self, c: Connection, inbound: Inbound, now: datetime) -> Receipt:
        customer_id = find_or_add_customer(c, inbound.identity, now, self.new_id)
        key = f"{inbound.identity.channel}:{customer_id}:{inbound.sender_key}" if inbound.sender_key else None
        if key and (before := _recorded_as(c, key, customer_id)):
            return before
        conversation = self._conversation(c, inbound, customer_id, now)
        message_id = self.new_id("msg")
        notice = inbound.notice if conversation.notice_due else None
        said = MessageReceived(message_id=message_id, text=inbound.text, notice=notice)
        seq = self._append(c, conversation, said, now)
        outcome = Outcome.WITH_AGENT if conversation.status == ConversationStatus.WITH_AGENT else None
        row = {"id": message_id, "conversation_id": conversation.id, "seq": seq, "author": Author.CUSTOMER}
        row |= {"text": inbound.text, "at": now, "outcome": outcome, "sender_key": key}
        c.execute(insert(t.messages).values(row))
        lease = None if outcome else _lease(c, conversation, inbound.owner, seq, now)
        receipt = Receipt(customer_id=customer_id, conversation_id=conversation.id, message_id=message_id, seq=seq)
        return replace(receipt, lease=lease)

    def _conversation(self, c: Connection, inbound: Inbound, customer_id: str, now: datetime) -> AnyRow:
        """The row, locked. One closed for more than 48 h is followed by a new one on the same thread."""
        if inbound.conversation_id is None:
            return self._open(c, inbound, customer_id, None, now)
        row = c.execute(_locked(inbound.conversation_id)).one_or_none()
        if row is None or row.customer_id != customer_id:
            raise UnknownConversationError(inbound.conversation_id)
        if row.status == ConversationStatus.CLOSED and not conversation_from(row).reopens_at(self.clock()):
            return self._open(c, inbound, customer_id, row.id, now)
        return row

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
        return c.execute(insert(t.conversations).values(values).returning(t.conversations)).one()

    def _append(self, c: Connection, row: AnyRow, said: MessageReceived, now: datetime) -> int:
        """The message's event, behind the reopening it causes, before the outcome when an agent is in charge."""
        reopens = row.status == ConversationStatus.CLOSED
        with_agent = row.status == ConversationStatus.WITH_AGENT
        seq = row.last_seq + (2 if reopens else 1)
        bodies: list[EventBody] = [Reopened(), said] if reopens else [said]
        if with_agent:
            bodies.append(TurnDone(turn_id="", outcome=Outcome.WITH_AGENT, covers_to=seq))
        last_seq = row.last_seq + len(bodies)
        append_events(c, row.id, last_seq, now, *bodies)
        values: dict[str, Any] = {"last_seq": last_seq, "last_customer_seq": seq, "notice_due": False}
        if reopens:
            values |= {"status": ConversationStatus.WITH_ASSISTANT, "closed_at": None, "misses": 0}
        if not with_agent and row.unanswered_since is None:
            values["unanswered_since"] = now
        c.execute(update(t.conversations).where(t.conversations.c.id == row.id).values(values))
        return seq


def _locked(conversation_id: str) -> Any:
    return select(t.conversations).where(t.conversations.c.id == conversation_id).with_for_update()


def find_or_add_customer(c: Connection, identity: Identity, now: datetime, new_id: NewId) -> str:
    """The customer behind an identity, locked; a new one where the address was never seen."""
    known = select(t.identities.c.customer_id).where(
        t.identities.c.channel == identity.channel, t.identities.c.address == identity.address
    )
    found = c.execute(known.with_for_update()).scalar_one_or_none()
    if found is not None:
        return str(found)
    customer_id = new_id("cus")
    c.execute(insert(t.customers).values(id=customer_id, created_at=now))
    values: Mapping[str, Any] = {"id": new_id("idn"), "customer_id": customer_id, "created_at": now, **asdict(identity)}
    c.execute(insert(t.identities).values(values))
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


def _lease(c: Connection, row: AnyRow, owner: str | None, seq: int, now: datetime) -> Lease | None:
    """For this process if nobody holds it: a running turn finds the message by itself."""
    held = row.lease_owner is not None and row.lease_until is not None and row.lease_until > now
    if owner is None or held:
        return None
    token = row.lease_token + 1
    values = {"lease_token": token, "lease_owner": owner, "lease_until": now + LEASE}
    c.execute(update(t.conversations).where(t.conversations.c.id == row.id).values(values))
    return Lease(conversation_id=row.id, token=token, owner=owner)
