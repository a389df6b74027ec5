"""Questions met in vain and answers that were wrong, read from the turns and their traces."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, and_, delete, exists, func, insert, or_, select, update

from app.care.gaps import UnknownAnswerError, WrongAnswer
from app.domain.agents import Agent
from app.domain.conversations import Author, Message
from app.domain.gaps import LONGEST_QUESTION, Unanswered
from app.domain.handoffs import HandoffReason
from app.domain.replies import Outcome
from app.storage import tables as t
from app.storage.database import Database
from app.storage.event_rows import citations_from
from app.storage.rows import AnyRow, Clock, message_from, stored, utc, utc_or_none

MOST_CONVERSATIONS = 500


@dataclass(frozen=True)
class GapRecords:
    """Implements care.gaps.GapRecords. `by_meaning`: search has vectors here; a turn that went by words alone met an
    outage of theirs, and shows no gap."""

    database: Database
    clock: Clock
    by_meaning: bool

    async def unanswered(self, since: datetime, limit: int) -> Sequence[Unanswered]:
        wanted = _asked_in_vain(stored(since), limit, by_meaning=self.by_meaning)
        return await self.database.read(lambda c: _questions(c.execute(wanted).all()))

    async def settled(self, since: datetime) -> Mapping[str, datetime]:
        newest = select(t.gap_decisions).where(t.gap_decisions.c.at >= stored(since))
        return await self.database.read(lambda c: {row.question: utc(row.at) for row in c.execute(newest)})

    async def settle(self, key: str, article_id: str | None, agent: Agent) -> None:
        now = stored(self.clock())
        values = {"question": key, "article_id": article_id, "agent_name": agent.name, "at": now}

        def transition(c: Connection) -> None:
            c.execute(delete(t.gap_decisions).where(t.gap_decisions.c.question == key))
            c.execute(insert(t.gap_decisions).values(values))

        await self.database.write(transition)

    async def replies_after(self, asked: Sequence[Unanswered]) -> Mapping[Unanswered, str]:
        conversations = sorted({each.conversation_id for each in asked})[:MOST_CONVERSATIONS]
        by_agents = (t.messages.c.conversation_id.in_(conversations)) & (t.messages.c.author == Author.AGENT)
        wanted = select(t.messages).where(by_agents).order_by(t.messages.c.seq)
        said = await self.database.read(lambda c: [message_from(row) for row in c.execute(wanted)])
        return {each: reply for each in asked if (reply := _first_after(each, said))}

    async def mark_wrong(self, message_id: str, agent: Agent, reason: str) -> str:
        now = stored(self.clock())
        return await self.database.write(lambda c: _mark(c, message_id, agent, reason, now))

    async def wrong(self, limit: int) -> Sequence[WrongAnswer]:
        return await self.database.read(lambda c: [_wrong(row) for row in c.execute(_wrong_ones(limit))])

    async def settle_wrong(self, message_id: str) -> bool:
        open_one = (t.wrong_answers.c.message_id == message_id) & t.wrong_answers.c.settled_at.is_(None)
        settled = update(t.wrong_answers).where(open_one).values(settled_at=stored(self.clock()))
        return await self.database.write(lambda c: c.execute(settled).rowcount > 0)


def _asked_in_vain(since: datetime, limit: int, *, by_meaning: bool) -> Any:
    """The customers' messages of such turns, newest turn first."""
    turns = _turns_in_vain(since, by_meaning=by_meaning).limit(limit).subquery()
    theirs = and_(
        t.messages.c.conversation_id == turns.c.conversation_id,
        t.messages.c.author == Author.CUSTOMER,
        t.messages.c.seq.between(turns.c.covers_from, turns.c.covers_to),
    )
    wanted = select(turns, t.messages.c.text).join(t.messages, theirs)
    return wanted.order_by(turns.c.finished_at.desc(), turns.c.id, t.messages.c.seq)


def _turns_in_vain(since: datetime, *, by_meaning: bool) -> Any:
    """Not known, or the second time; without failures, without "that did not help", which asks nothing, and
    without what only the records answer."""
    trace = t.turns.c.trace
    healthy = [trace["failure"].as_string().is_(None), trace["not_helped"].as_boolean().is_not(True)]
    healthy.append(trace["own_matter"].as_boolean().is_not(True))
    if by_meaning:
        healthy.append(trace["lexical_only"].as_boolean().is_not(True))
    mine = t.handoffs.c.conversation_id == t.turns.c.conversation_id
    second_time = exists().where(
        mine, t.handoffs.c.created_at == t.turns.c.finished_at, t.handoffs.c.reason == HandoffReason.TWO_MISSES
    )
    vain = or_(t.turns.c.outcome == Outcome.NOT_KNOWN, (t.turns.c.outcome == Outcome.HANDED_OFF) & second_time)
    columns = (t.turns.c.id, t.turns.c.conversation_id, t.turns.c.covers_from, t.turns.c.covers_to)
    asked = select(*columns, t.turns.c.finished_at).join(
        t.conversations, t.conversations.c.id == t.turns.c.conversation_id
    )
    wanted = asked.where(t.turns.c.finished_at >= since, vain, t.conversations.c.spam_at.is_(None), *healthy)
    return wanted.order_by(t.turns.c.finished_at.desc())


def _questions(rows: Sequence[AnyRow]) -> list[Unanswered]:
    """A turn's messages are one question."""
    texts: dict[str, list[str]] = {}
    turns: dict[str, AnyRow] = {}
    for row in rows:
        texts.setdefault(row.id, []).append(row.text)
        turns[row.id] = row
    return [_question(turn, "\n".join(texts[id])) for id, turn in turns.items()]


def _question(turn: AnyRow, text: str) -> Unanswered:
    return Unanswered(
        question=text[:LONGEST_QUESTION],
        conversation_id=turn.conversation_id,
        at=utc(turn.finished_at),
        covers_to=turn.covers_to,
    )


def _first_after(asked: Unanswered, said: Sequence[Message]) -> str:
    here = (message for message in said if message.conversation_id == asked.conversation_id)
    return next((message.text for message in here if message.seq > asked.covers_to), "")


def _mark(c: Connection, message_id: str, agent: Agent, reason: str, now: datetime) -> str:
    ours = (t.messages.c.id == message_id) & (t.messages.c.author == Author.ASSISTANT)
    conversation_id = c.execute(select(t.messages.c.conversation_id).where(ours)).scalar_one_or_none()
    if conversation_id is None:
        raise UnknownAnswerError(message_id)
    c.execute(delete(t.wrong_answers).where(t.wrong_answers.c.message_id == message_id))
    values = {"message_id": message_id, "conversation_id": conversation_id, "agent_name": agent.name}
    c.execute(insert(t.wrong_answers).values(values | {"reason": reason, "at": now}))
    return conversation_id


def _wrong_ones(limit: int) -> Any:
    """With the customer's last words before each."""
    asked = t.messages.alias("asked")
    before = (
        (asked.c.conversation_id == t.messages.c.conversation_id)
        & (asked.c.author == Author.CUSTOMER)
        & (asked.c.seq < t.messages.c.seq)
    )
    question = select(asked.c.text).where(before).order_by(asked.c.seq.desc()).limit(1).scalar_subquery()
    said = (t.messages.c.text.label("reply"), t.messages.c.citations, func.coalesce(question, "").label("question"))
    wanted = select(t.wrong_answers, *said).join(t.messages, t.messages.c.id == t.wrong_answers.c.message_id)
    settled_last = t.wrong_answers.c.settled_at.is_not(None)
    return wanted.order_by(settled_last, t.wrong_answers.c.at.desc()).limit(limit)


def _wrong(row: AnyRow) -> WrongAnswer:
    return WrongAnswer(
        message_id=row.message_id,
        conversation_id=row.conversation_id,
        question=row.question,
        reply=row.reply,
        citations=citations_from(row.citations),
        reason=row.reason,
        agent_name=row.agent_name,
        at=utc(row.at),
        settled_at=utc_or_none(row.settled_at),
    )
