"""One agent's step in a conversation: the row is locked, the assistant's turn cut short where it is at work."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select, update

from app.domain.agents import Agent
from app.domain.conversations import (
    Author,
    Claimed,
    ConversationStatus,
    EventBody,
    TurnDone,
    UnknownConversationError,
)
from app.domain.handoffs import Brief, Handoff, HandoffReason, HandoffStatus, NewHandoff, NotWaitingError, NotYoursError
from app.domain.replies import Outcome, citations_of, joined
from app.storage import tables as t
from app.storage.conversations import open_handoff
from app.storage.publishing import publish
from app.storage.rows import AnyRow, NewId, append_events, insert_handoff, sentences_since_last_turn
from app.storage.turns import save_reply

NOBODY: Mapping[str, Any] = {"lease_owner": None, "lease_until": None, "unanswered_since": None}
OPEN = (HandoffStatus.WAITING, HandoffStatus.CLAIMED)


@dataclass(frozen=True)
class Step:
    """The transaction, the conversation as it stood when it was locked, and the moment."""

    c: Connection
    row: AnyRow
    now: datetime
    new_id: NewId

    @property
    def id(self) -> str:
        return self.row.id

    def is_with(self, agent: Agent) -> bool:
        return self.row.status == ConversationStatus.WITH_AGENT and self.row.agent_id == agent.id

    def demand(self, agent: Agent) -> None:
        if not self.is_with(agent):
            raise NotYoursError(self.id)

    def change(self, values: Mapping[str, Any], *bodies: EventBody) -> None:
        """With the events that tell of it, and the deliveries that tell others."""
        last_seq = self.row.last_seq + len(bodies)
        events = append_events(self.c, self.id, last_seq, self.now, *bodies)
        changed = {**values, "last_seq": last_seq, "last_at": self.now}
        self.c.execute(update(t.conversations).where(t.conversations.c.id == self.id).values(changed))
        publish(self.c, self.row, events, self.new_id, self.now)

    def set(self, **values: Any) -> None:
        """What no event tells of."""
        self.c.execute(update(t.conversations).where(t.conversations.c.id == self.id).values(values))

    def give_to(self, agent: Agent) -> Handoff:
        """The handoff that is open, or one of a conversation that the assistant leads, is this agent's from now on."""
        handoff = open_handoff(self.c, self.id)
        handoff_id = handoff.id if handoff else self._take_over()
        won = {"status": HandoffStatus.CLAIMED, "agent_id": agent.id, "claimed_at": self.now}
        self.c.execute(update(t.handoffs).where(t.handoffs.c.id == handoff_id).values(won))
        bodies = [*self.cut_short(Outcome.WITH_AGENT), Claimed(handoff_id=handoff_id, agent_name=agent.name)]
        values = {"status": ConversationStatus.WITH_AGENT, "agent_id": agent.id, **NOBODY}
        self.change(values | {"lease_token": self.row.lease_token + 1}, *bodies)
        return self.open_handoff()

    def end_handoff(self, status: HandoffStatus) -> None:
        held = (t.handoffs.c.conversation_id == self.id) & t.handoffs.c.status.in_(OPEN)
        self.c.execute(update(t.handoffs).where(held).values(status=status, ended_at=self.now))

    def open_handoff(self) -> Handoff:
        found = open_handoff(self.c, self.id)
        if found is None:
            raise NotWaitingError(self.id)
        return found

    def cut_short(self, outcome: Outcome) -> Sequence[EventBody]:
        """Ends the assistant's unfinished turn: what was shown stays, unanswered messages are met by this step."""
        if self.row.unanswered_since is None:
            return ()
        sentences = [shown.sentence for shown in sentences_since_last_turn(self.c, self.id)]
        done = TurnDone(
            turn_id="",
            outcome=outcome,
            covers_to=self.row.last_customer_seq,
            message_id=self.new_id("msg") if sentences else None,
            reply=joined(sentences) or None,
            citations=citations_of(sentences),
            cut_short=bool(sentences),
        )
        save_reply(self.c, done, self.id, self.row.last_seq + 1, self.now)
        _settle(self.c, self.id, outcome)
        return (done,)

    def _take_over(self) -> str:
        """An agent steps into a conversation that the assistant leads."""
        brief = Brief(wants=_last_words(self.c, self.id))
        taken = NewHandoff(reason=HandoffReason.TAKEN_OVER, evidence="", brief=brief)
        return insert_handoff(self.c, self.new_id("hof"), self.id, taken, None, self.now)


def begun(c: Connection, conversation_id: str, now: datetime, new_id: NewId) -> Step:
    """Locks the conversation: steps of several agents follow one another. Raises UnknownConversationError."""
    wanted = select(t.conversations).where(t.conversations.c.id == conversation_id).with_for_update()
    row = c.execute(wanted).one_or_none()
    if row is None:
        raise UnknownConversationError(conversation_id)
    return Step(c, row, now, new_id)


def _settle(c: Connection, conversation_id: str, outcome: Outcome) -> None:
    mine = (t.messages.c.conversation_id == conversation_id) & (t.messages.c.author == Author.CUSTOMER)
    c.execute(update(t.messages).where(mine, t.messages.c.outcome.is_(None)).values(outcome=outcome))


def _last_words(c: Connection, conversation_id: str) -> str:
    mine = (t.messages.c.conversation_id == conversation_id) & (t.messages.c.author == Author.CUSTOMER)
    newest = select(t.messages.c.text).where(mine).order_by(t.messages.c.seq.desc()).limit(1)
    return c.execute(newest).scalar_one_or_none() or ""
