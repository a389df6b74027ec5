"""Conversations that no person took part in, as far as one must see them to tell how they came out."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, exists, or_, select

from app.domain.assessment import SmallTalk
from app.domain.conversations import Author, ConversationStatus
from app.domain.insight import Episode, Said
from app.domain.replies import Outcome
from app.storage import tables as t
from app.storage.rows import AnyRow, utc

MOST_CONVERSATIONS = 5_000


def episodes_since(c: Connection, since: datetime) -> Sequence[Episode]:
    """Of the newest conversations that were opened since then; those of customer and assistant alone."""
    handed_off = exists().where(t.handoffs.c.conversation_id == t.conversations.c.id)
    columns = (t.conversations.c.id, t.conversations.c.status)
    opened = select(*columns).where(t.conversations.c.opened_at >= since, t.conversations.c.spam_at.is_(None))
    newest = opened.where(~handed_off).order_by(t.conversations.c.opened_at.desc()).limit(MOST_CONVERSATIONS)
    wanted = newest.subquery()
    said, turns, opinions = _said(c, wanted), _turns(c, wanted), _opinions(c, wanted)
    reopened = _reopened(c, wanted)
    return [
        Episode(
            said=tuple(said[row.id]),
            answered=any(turn.decision == "Answer" and turn.outcome == Outcome.ANSWERED for turn in turns[row.id]),
            confirmed_at=_confirmed_at(turns[row.id], opinions[row.id]),
            unhelpful=any(not opinion.helpful for opinion in opinions[row.id]),
            closed=row.status == ConversationStatus.CLOSED,
            reopened=row.id in reopened,
        )
        for row in c.execute(select(wanted))
    ]


def _said(c: Connection, wanted: Any) -> Mapping[str, list[Said]]:
    columns = (t.messages.c.conversation_id, t.messages.c.author, t.messages.c.at, t.messages.c.outcome)
    theirs = select(*columns).join(wanted, wanted.c.id == t.messages.c.conversation_id)
    said: defaultdict[str, list[Said]] = defaultdict(list)
    for row in c.execute(theirs.order_by(t.messages.c.conversation_id, t.messages.c.seq)):
        outcome = None if row.outcome is None else Outcome(row.outcome)
        said[row.conversation_id].append(Said(author=Author(row.author), at=utc(row.at), outcome=outcome))
    return said


def _turns(c: Connection, wanted: Any) -> Mapping[str, list[AnyRow]]:
    """Those that answered, and those in which the customer said thanks."""
    decision = t.turns.c.trace["decision"].as_string().label("decision")
    small_talk = t.turns.c.trace["small_talk"].as_string().label("small_talk")
    columns = (t.turns.c.conversation_id, t.turns.c.finished_at, t.turns.c.outcome, decision, small_talk)
    telling = or_(decision == "Answer", small_talk == SmallTalk.THANKS)
    theirs = select(*columns).join(wanted, wanted.c.id == t.turns.c.conversation_id).where(telling)
    return _by_conversation(c, theirs)


def _opinions(c: Connection, wanted: Any) -> Mapping[str, list[AnyRow]]:
    theirs = select(t.feedback).join(wanted, wanted.c.id == t.feedback.c.conversation_id)
    return _by_conversation(c, theirs)


def _by_conversation(c: Connection, rows: Any) -> Mapping[str, list[AnyRow]]:
    found: defaultdict[str, list[AnyRow]] = defaultdict(list)
    for row in c.execute(rows):
        found[row.conversation_id].append(row)
    return found


def _reopened(c: Connection, wanted: Any) -> frozenset[str]:
    again = select(t.events.c.conversation_id).join(wanted, wanted.c.id == t.events.c.conversation_id)
    return frozenset(c.execute(again.where(t.events.c.kind == "reopened")).scalars())


def _confirmed_at(turns: Sequence[AnyRow], opinions: Sequence[AnyRow]) -> datetime | None:
    """The first thumb up, or thanks after an answer."""
    answered = [turn.finished_at for turn in turns if turn.decision == "Answer"]
    thanks = [turn.finished_at for turn in turns if turn.small_talk == SmallTalk.THANKS]
    said = [at for at in thanks if answered and at > min(answered)]
    said += [opinion.at for opinion in opinions if opinion.helpful]
    return utc(min(said)) if said else None
