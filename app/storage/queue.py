"""What agents do: claim, reply, give back, close. Each takes the conversation's lease away from the assistant."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy import Connection, insert, select, update

from app.care.wakeups import DELIVERIES, Wakeups
from app.domain.agents import Agent
from app.domain.conversations import (
    AgentSaid,
    Author,
    Claimed,
    Closed,
    ConversationStatus,
    EventBody,
    Message,
    Returned,
    TurnDone,
    UnknownConversationError,
)
from app.domain.handoffs import (
    AlreadyClaimedError,
    Brief,
    Handoff,
    HandoffReason,
    HandoffStatus,
    NewHandoff,
    NotWaitingError,
    NotYoursError,
)
from app.domain.replies import Outcome, citations_of, joined
from app.storage import tables as t
from app.storage.conversations import open_handoff
from app.storage.database import Database
from app.storage.publishing import publish
from app.storage.rows import (
    AnyRow,
    Clock,
    NewId,
    append_events,
    handoff_from,
    handoffs_with_agents,
    insert_handoff,
    message_from,
    sentences_since_last_turn,
    stored,
)
from app.storage.turns import save_reply

T = TypeVar("T")

NOBODY: Mapping[str, Any] = {"lease_owner": None, "lease_until": None, "unanswered_since": None}


@dataclass(frozen=True)
class QueueRecords:
    """Implements care.records.QueueRecords."""

    database: Database
    wakeups: Wakeups
    clock: Clock
    new_id: NewId

    async def waiting(self) -> Sequence[Handoff]:
        head_first = handoffs_with_agents().where(t.handoffs.c.status == HandoffStatus.WAITING)
        ordered = head_first.order_by(t.handoffs.c.created_at, t.handoffs.c.id)
        return await self.database.read(
            lambda c: [handoff_from(row, position) for position, row in enumerate(c.execute(ordered), 1)]
        )

    async def handoffs_of(self, agent_id: str) -> Sequence[Handoff]:
        mine = (t.handoffs.c.agent_id == agent_id) & (t.handoffs.c.status == HandoffStatus.CLAIMED)
        wanted = handoffs_with_agents().where(mine).order_by(t.handoffs.c.claimed_at)
        return await self.database.read(lambda c: [handoff_from(row) for row in c.execute(wanted)])

    async def claim(self, conversation_id: str, agent: Agent) -> Handoff:
        return await self._write(conversation_id, lambda c, now: self._claim(c, conversation_id, agent, now))

    async def reply(self, conversation_id: str, agent: Agent, text: str, sender_key: str | None) -> Message:
        key = f"agent:{agent.id}:{sender_key}" if sender_key else None
        return await self._write(conversation_id, lambda c, now: self._reply(c, conversation_id, agent, text, key, now))

    async def give_back(self, conversation_id: str, agent: Agent) -> None:
        values = {"status": ConversationStatus.WITH_ASSISTANT, "agent_id": None, "notice_due": True, "misses": 0}
        event = Returned(agent_name=agent.name)
        await self._write(
            conversation_id,
            lambda c, now: self._end(c, conversation_id, agent, HandoffStatus.RETURNED, values, event, now),
        )

    async def close(self, conversation_id: str, agent: Agent, reason: str) -> None:
        event = Closed(reason=reason, agent_name=agent.name)

        def transition(c: Connection, now: datetime) -> None:
            values = {"status": ConversationStatus.CLOSED, "agent_id": None, "closed_at": now, "notice_due": True}
            self._end(c, conversation_id, agent, HandoffStatus.CLOSED, values, event, now)

        await self._write(conversation_id, transition)

    async def _write(self, conversation_id: str, transition: Callable[[Connection, datetime], T]) -> T:
        now = stored(self.clock())
        result = await self.database.write(lambda c: transition(c, now))
        self.wakeups.tell(conversation_id)
        self.wakeups.tell(DELIVERIES)
        return result

    def _claim(self, c: Connection, conversation_id: str, agent: Agent, now: datetime) -> Handoff:
        """Only one agent wins: the row lock orders them. The assistant's turn is cut short; what was shown stays."""
        row = _locked(c, conversation_id)
        if row.status == ConversationStatus.CLOSED:
            raise NotWaitingError(conversation_id)
        if row.status == ConversationStatus.WITH_AGENT:
            raise AlreadyClaimedError(conversation_id)
        waiting = open_handoff(c, conversation_id)
        handoff_id = waiting.id if waiting else self._take_over(c, conversation_id, now)
        won = {"status": HandoffStatus.CLAIMED, "agent_id": agent.id, "claimed_at": now}
        c.execute(update(t.handoffs).where(t.handoffs.c.id == handoff_id).values(won))
        bodies = [*self._cut_short(c, row, now), Claimed(handoff_id=handoff_id, agent_name=agent.name)]
        values = {"status": ConversationStatus.WITH_AGENT, "agent_id": agent.id, **NOBODY}
        self._change(c, row, values | {"lease_token": row.lease_token + 1}, now, *bodies)
        claimed = open_handoff(c, conversation_id)
        if claimed is None:
            raise NotWaitingError(conversation_id)
        return claimed

    def _take_over(self, c: Connection, conversation_id: str, now: datetime) -> str:
        """An agent steps into a conversation that the assistant leads."""
        brief = Brief(wants=_last_words(c, conversation_id))
        taken = NewHandoff(reason=HandoffReason.TAKEN_OVER, evidence="", brief=brief)
        return insert_handoff(c, self.new_id("hof"), conversation_id, taken, None, now)

    def _cut_short(self, c: Connection, row: AnyRow, now: datetime) -> list[EventBody]:
        """Ends the assistant's unfinished turn: unanswered messages are with the agent now."""
        if row.unanswered_since is None:
            return []
        sentences = [shown.sentence for shown in sentences_since_last_turn(c, row.id)]
        done = TurnDone(
            turn_id="",
            outcome=Outcome.WITH_AGENT,
            covers_to=row.last_customer_seq,
            message_id=self.new_id("msg") if sentences else None,
            reply=joined(sentences) or None,
            citations=citations_of(sentences),
            cut_short=bool(sentences),
        )
        save_reply(c, done, row.id, row.last_seq + 1, now)
        _settle(c, row.id, Outcome.WITH_AGENT)
        return [done]

    def _reply(
        self, c: Connection, conversation_id: str, agent: Agent, text: str, key: str | None, now: datetime
    ) -> Message:
        before = select(t.messages).where(
            t.messages.c.sender_key == key, t.messages.c.conversation_id == conversation_id
        )
        if key and (sent := c.execute(before).one_or_none()):
            return message_from(sent)
        row = _mine(c, conversation_id, agent)
        message_id = self.new_id("msg")
        said = AgentSaid(message_id=message_id, agent_name=agent.name, text=text)
        values: dict[str, Any] = {"id": message_id, "conversation_id": conversation_id, "seq": row.last_seq + 1}
        values |= {"text": text, "author": Author.AGENT, "at": now, "sender_key": key}
        values |= {"agent_id": agent.id, "agent_name": agent.name}
        self._change(c, row, {}, now, said)
        return message_from(c.execute(insert(t.messages).values(values).returning(t.messages)).one())

    def _end(
        self, c: Connection, conversation_id: str, agent: Agent, status: HandoffStatus, values: Mapping[str, Any],
        event: EventBody, now: datetime,
    ) -> None:  # fmt: skip
        row = _mine(c, conversation_id, agent)
        held = (t.handoffs.c.conversation_id == conversation_id) & (t.handoffs.c.status == HandoffStatus.CLAIMED)
        c.execute(update(t.handoffs).where(held).values(status=status, ended_at=now))
        self._change(c, row, {**NOBODY, **values}, now, event)

    def _change(self, c: Connection, row: AnyRow, values: Mapping[str, Any], now: datetime, *bodies: EventBody) -> None:
        last_seq = row.last_seq + len(bodies)
        events = append_events(c, row.id, last_seq, now, *bodies)
        changed = {**values, "last_seq": last_seq, "last_at": now}
        c.execute(update(t.conversations).where(t.conversations.c.id == row.id).values(changed))
        publish(c, row, events, self.new_id, now)


def _locked(c: Connection, conversation_id: str) -> AnyRow:
    wanted = select(t.conversations).where(t.conversations.c.id == conversation_id).with_for_update()
    row = c.execute(wanted).one_or_none()
    if row is None:
        raise UnknownConversationError(conversation_id)
    return row


def _mine(c: Connection, conversation_id: str, agent: Agent) -> AnyRow:
    row = _locked(c, conversation_id)
    if row.status != ConversationStatus.WITH_AGENT or row.agent_id != agent.id:
        raise NotYoursError(conversation_id)
    return row


def _settle(c: Connection, conversation_id: str, outcome: Outcome) -> None:
    mine = (t.messages.c.conversation_id == conversation_id) & (t.messages.c.author == Author.CUSTOMER)
    c.execute(update(t.messages).where(mine, t.messages.c.outcome.is_(None)).values(outcome=outcome))


def _last_words(c: Connection, conversation_id: str) -> str:
    mine = (t.messages.c.conversation_id == conversation_id) & (t.messages.c.author == Author.CUSTOMER)
    newest = select(t.messages.c.text).where(mine).order_by(t.messages.c.seq.desc()).limit(1)
    return c.execute(newest).scalar_one_or_none() or ""
