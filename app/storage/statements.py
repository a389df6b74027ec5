"""The statements of every turn, built once: building one anew costs more than running it."""

from typing import Any

from sqlalchemy import bindparam, exists, insert, select, update

from app.domain.customers import Assurance
from app.domain.handoffs import HandoffStatus
from app.storage import tables as t

_HELD = (
    t.conversations.c.id == bindparam("conversation"),
    t.conversations.c.lease_token == bindparam("token"),
    t.conversations.c.lease_owner == bindparam("owner"),
)
_NOTHING_NEWER = t.conversations.c.last_customer_seq <= bindparam("covers_to")
_MINE = t.messages.c.conversation_id == bindparam("conversation")

CUSTOMER_OF: Any = (
    select(t.identities.c.customer_id, t.customers.c.blocked_at)
    .join(t.customers, t.customers.c.id == t.identities.c.customer_id)
    .where(t.identities.c.channel == bindparam("of_channel"), t.identities.c.address == bindparam("of_address"))
    .with_for_update(of=t.identities)
)
INSERT_CUSTOMER, INSERT_IDENTITY = insert(t.customers), insert(t.identities)
INSERT_CONVERSATION = insert(t.conversations).returning(t.conversations)
INSERT_EVENT, INSERT_MESSAGE, INSERT_TURN = insert(t.events), insert(t.messages), insert(t.turns)

NEWEST_ON_THREAD = (
    select(t.conversations.c.id)
    .where(t.conversations.c.customer_id == bindparam("customer"), t.conversations.c.channel == bindparam("of_channel"))
    .order_by(t.conversations.c.opened_at.desc(), t.conversations.c.id.desc())
    .limit(1)
)
LOCK = select(t.conversations).where(t.conversations.c.id == bindparam("conversation")).with_for_update()
HELD = select(t.conversations).where(*_HELD)
LOCK_HELD = HELD.with_for_update()


def _numbered(*conditions: Any) -> Any:
    """Lock, fence and number in one."""
    bump = update(t.conversations).where(*_HELD, *conditions).values(last_seq=t.conversations.c.last_seq + 1)
    return bump.returning(t.conversations.c.last_seq)


NEXT_SEQ, FIRST_SEQ = _numbered(), _numbered(_NOTHING_NEWER)

RECEIVED = (
    update(t.conversations)
    .where(t.conversations.c.id == bindparam("conversation"))
    .values(
        last_seq=bindparam("to_seq"),
        last_customer_seq=bindparam("to_customer_seq"),
        last_at=bindparam("now"),
        notice_due=False,
        unanswered_since=bindparam("since"),
        settles_at=bindparam("to_settle"),
        lease_token=bindparam("to_token"),
        lease_owner=bindparam("to_owner"),
        lease_until=bindparam("until"),
    )
)
FINISHED = (
    update(t.conversations)
    .where(t.conversations.c.id == bindparam("conversation"))
    .values(
        last_seq=bindparam("to_seq"),
        last_at=bindparam("now"),
        feeling=bindparam("to_feeling"),
        status=bindparam("to_status"),
        misses=bindparam("to_misses"),
        asked_back=bindparam("to_asked_back"),
        person_offered=bindparam("to_person_offered"),
        unanswered_since=bindparam("since"),
        lease_owner=bindparam("to_owner"),
        lease_until=bindparam("until"),
    )
)
MET = update(t.messages).where(t.messages.c.id == bindparam("message")).values(outcome=bindparam("to_outcome"))
NEWEST_MESSAGES = select(t.messages).where(_MINE).order_by(t.messages.c.seq.desc()).limit(bindparam("most"))
OPEN_MESSAGES = (
    select(t.messages)
    .where(_MINE, t.messages.c.author == "customer", t.messages.c.outcome.is_(None))
    .where(t.messages.c.seq < bindparam("before"))
    .order_by(t.messages.c.seq.desc())
)
SENTENCES_AND_ENDS = (
    select(t.events.c.kind, t.events.c.body)
    .where(t.events.c.conversation_id == bindparam("conversation"), t.events.c.kind.in_(("sentence", "done")))
    .order_by(t.events.c.seq.desc())
    .limit(100)
)
EVENTS_AFTER = (
    select(t.events)
    .where(t.events.c.conversation_id == bindparam("conversation"), t.events.c.seq > bindparam("after"))
    .order_by(t.events.c.seq)
    .limit(bindparam("most"))
)
LAST_SEQS = select(t.conversations.c.id, t.conversations.c.last_seq).where(
    t.conversations.c.id.in_(bindparam("ids", expanding=True))
)
WAITING_HANDOFF = select(t.handoffs.c.id).where(
    t.handoffs.c.conversation_id == bindparam("conversation"), t.handoffs.c.status == HandoffStatus.WAITING
)

ATTRIBUTES_OF = select(t.attributes.c.name, t.attributes.c.value).where(
    t.attributes.c.customer_id == bindparam("customer")
)
FACTS_OF = (
    select(t.facts)
    .where(t.facts.c.customer_id == bindparam("customer"), t.facts.c.valid_to.is_(None))
    .order_by(t.facts.c.valid_from)
)


def _there_is(table: Any, *conditions: Any) -> Any:
    return exists().where(table.c.customer_id == bindparam("customer"), *conditions)


HELD_OF = select(
    _there_is(t.identities, t.identities.c.assurance == Assurance.VERIFIED).label("is_verified"),
    _there_is(t.attributes).label("has_attributes"),
    _there_is(t.facts, t.facts.c.valid_to.is_(None)).label("has_facts"),
    _there_is(t.conversations, t.conversations.c.id != bindparam("without")).label("has_past"),
)
"""What there is to read of a customer: nothing of most who write for the first time."""

PAST_OF = (
    select(t.conversations.c.id, t.conversations.c.opened_at, t.messages.c.text, t.messages.c.outcome)
    .join(t.messages, t.messages.c.conversation_id == t.conversations.c.id)
    .where(
        t.conversations.c.customer_id == bindparam("customer"),
        t.conversations.c.id != bindparam("without"),
        t.messages.c.author == "customer",
    )
    .order_by(t.conversations.c.opened_at.desc(), t.messages.c.seq)
    .limit(bindparam("most"))
)

_DUE = (
    select(t.turns.c.id, t.turns.c.conversation_id, t.turns.c.covers_from, t.turns.c.covers_to)
    .where(t.turns.c.remembered_at.is_(None))
    .order_by(t.turns.c.finished_at)
    .limit(bindparam("most"))
    .subquery()
)
UNREMEMBERED = (
    select(t.messages, _DUE.c.id.label("turn_id"), t.conversations.c.customer_id)
    .join(_DUE, _DUE.c.conversation_id == t.messages.c.conversation_id)
    .join(t.conversations, t.conversations.c.id == t.messages.c.conversation_id)
    .where(t.messages.c.author == "customer", t.messages.c.seq.between(_DUE.c.covers_from, _DUE.c.covers_to))
    .order_by(t.messages.c.conversation_id, t.messages.c.seq)
)
