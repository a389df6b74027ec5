"""What agents do: claim, reply, hand over, give back, close. Each takes the lease away from the assistant."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from sqlalchemy import insert, select

from app.care.wakeups import DELIVERIES, Wakeups
from app.domain.agents import Agent, UnknownAgentError
from app.domain.conversations import AgentSaid, Author, Closed, ConversationStatus, Message, Returned
from app.domain.handoffs import (
    SPAM,
    AlreadyClaimedError,
    Handoff,
    HandoffStatus,
    NotWaitingError,
    NotYoursError,
    may_hand_over,
)
from app.domain.replies import Outcome
from app.storage import tables as t
from app.storage.database import Database
from app.storage.desk import insert_note
from app.storage.queue_steps import NOBODY, Step, begun
from app.storage.rows import Clock, NewId, agent_from, handoff_from, handoffs_with_agents, message_from, stored

T = TypeVar("T")


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
        return await self._step(conversation_id, lambda step: _claimed(step, agent))

    async def reply(self, conversation_id: str, agent: Agent, text: str, sender_key: str | None) -> Message:
        key = f"agent:{agent.id}:{sender_key}" if sender_key else None
        return await self._step(conversation_id, lambda step: _replied(step, agent, text, key))

    async def hand_over(self, conversation_id: str, agent: Agent, to: str, note: str | None) -> Handoff:
        return await self._step(conversation_id, lambda step: _handed_over(step, agent, to, note))

    async def give_back(self, conversation_id: str, agent: Agent) -> None:
        await self._step(conversation_id, lambda step: _given_back(step, agent))

    async def close(self, conversation_id: str, agent: Agent, reason: str) -> None:
        await self._step(conversation_id, lambda step: _closed(step, agent, reason))

    async def mark_spam(self, conversation_id: str, agent: Agent) -> None:
        await self._step(conversation_id, lambda step: _spam(step, agent))

    async def unmark_spam(self, conversation_id: str) -> None:
        await self._step(conversation_id, lambda step: step.set(spam_at=None))

    async def _step(self, conversation_id: str, transition: Callable[[Step], T]) -> T:
        now = stored(self.clock())
        result = await self.database.write(lambda c: transition(begun(c, conversation_id, now, self.new_id)))
        self.wakeups.tell(conversation_id)
        self.wakeups.tell(DELIVERIES)
        return result


def _claimed(step: Step, agent: Agent) -> Handoff:
    """Only one agent wins: the row lock orders them. The assistant's turn is cut short; what was shown stays."""
    if step.row.status == ConversationStatus.CLOSED:
        raise NotWaitingError(step.id)
    if step.row.status == ConversationStatus.WITH_AGENT:
        raise AlreadyClaimedError(step.id)
    return step.give_to(_enabled(step, agent.id))


def _handed_over(step: Step, agent: Agent, to: str, note: str | None) -> Handoff:
    """The customer hears the colleague's name; the handoff stays the same one."""
    if step.row.status == ConversationStatus.CLOSED:
        raise NotWaitingError(step.id)
    if not may_hand_over(agent, step.row.agent_id):
        raise NotYoursError(step.id)
    colleague = _enabled(step, to)
    if note:
        insert_note(step.c, step.new_id("not"), step.id, agent, note, step.now)
    return step.open_handoff() if step.is_with(colleague) else step.give_to(colleague)


def _enabled(step: Step, agent_id: str) -> Agent:
    """Until this has ended nobody disables them: what they have in hand by then goes back to the queue."""
    wanted = select(t.agents).where(t.agents.c.id == agent_id, t.agents.c.disabled_at.is_(None))
    row = step.c.execute(wanted.with_for_update(read=True, key_share=True)).one_or_none()
    if row is None:
        raise UnknownAgentError(agent_id)
    return agent_from(row)


def _replied(step: Step, agent: Agent, text: str, key: str | None) -> Message:
    before = select(t.messages).where(t.messages.c.sender_key == key, t.messages.c.conversation_id == step.id)
    if key and (sent := step.c.execute(before).one_or_none()):
        return message_from(sent)
    step.demand(agent)
    message_id = step.new_id("msg")
    values: dict[str, Any] = {"id": message_id, "conversation_id": step.id, "seq": step.row.last_seq + 1}
    values |= {"text": text, "author": Author.AGENT, "at": step.now, "sender_key": key}
    values |= {"agent_id": agent.id, "agent_name": agent.name}
    step.change({}, AgentSaid(message_id=message_id, agent_name=agent.name, text=text))
    return message_from(step.c.execute(insert(t.messages).values(values).returning(t.messages)).one())


def _given_back(step: Step, agent: Agent) -> None:
    step.demand(agent)
    step.end_handoff(HandoffStatus.RETURNED)
    values = {"status": ConversationStatus.WITH_ASSISTANT, "agent_id": None, "notice_due": True, "misses": 0}
    step.change({**NOBODY, **values}, Returned(agent_name=agent.name))


def _closed(step: Step, agent: Agent, reason: str) -> None:
    step.demand(agent)
    _end(step, agent, reason)


def _spam(step: Step, agent: Agent) -> None:
    """Any agent may say so, unless a colleague has it in hand; what is closed already only gets the mark."""
    if step.row.status == ConversationStatus.WITH_AGENT:
        step.demand(agent)
    step.set(spam_at=step.now)
    if step.row.status != ConversationStatus.CLOSED:
        _end(step, agent, SPAM)


def _end(step: Step, agent: Agent, reason: str) -> None:
    cut = step.cut_short(Outcome.CLOSED)
    step.end_handoff(HandoffStatus.CLOSED)
    values = {"status": ConversationStatus.CLOSED, "agent_id": None, "closed_at": step.now, "notice_due": True}
    values["lease_token"] = step.row.lease_token + 1
    step.change({**NOBODY, **values}, *cut, Closed(reason=reason, agent_name=agent.name))
