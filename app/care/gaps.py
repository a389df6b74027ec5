"""What agents learn from: questions that the knowledge base does not answer, and answers that were wrong."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Protocol

from app.care.staff_records import AuditRecords
from app.domain.agents import Agent
from app.domain.gaps import LONGEST_QUESTION, Gap, Unanswered, gaps_of
from app.domain.replies import Citation

LOOKED_BACK = timedelta(days=90)
MOST_TURNS = 2_000
MOST_GAPS = 100


class UnknownAnswerError(Exception):
    """There is no message of the assistant with this id, or it was not marked."""


@dataclass(frozen=True, kw_only=True)
class WrongAnswer:
    """A message of the assistant that an agent found wrong, behind the customer's question."""

    message_id: str
    conversation_id: str
    question: str
    reply: str
    citations: tuple[Citation, ...]
    reason: str
    agent_name: str
    at: datetime
    settled_at: datetime | None = None


class GapRecords(Protocol):
    """Where questions and answers stand. Spam is left out, and so is what an outage left unanswered."""

    async def unanswered(self, since: datetime, limit: int) -> Sequence[Unanswered]:
        """Of the newest `limit` turns since then."""
        ...

    async def settled(self, since: datetime) -> Mapping[str, datetime]:
        """When each gap was settled last, by its key."""
        ...

    async def settle(self, key: str, article_id: str | None, agent: Agent) -> None: ...

    async def replies_after(self, asked: Sequence[Unanswered]) -> Mapping[Unanswered, str]:
        """What an agent said first afterwards, where one did."""
        ...

    async def mark_wrong(self, message_id: str, agent: Agent, reason: str) -> str:
        """Gives the conversation; marked again, the newer reason stands. Raises UnknownAnswerError."""
        ...

    async def wrong(self, limit: int) -> Sequence[WrongAnswer]:
        """Newest first, those that are settled last."""
        ...

    async def settle_wrong(self, message_id: str) -> bool: ...


@dataclass(frozen=True, kw_only=True)
class Gaps:
    """`key_of` is the same for questions that differ in order and endings alone."""

    records: GapRecords
    key_of: Callable[[str], str]
    audit: AuditRecords
    clock: Callable[[], datetime]

    async def gaps(self) -> Sequence[Gap]:
        """Of the last 90 days, most often asked first, each with an agent's reply that followed, if any did."""
        since = self.clock() - LOOKED_BACK
        unanswered = await self.records.unanswered(since, MOST_TURNS)
        settled = await self.records.settled(since)
        found = await asyncio.to_thread(gaps_of, unanswered, self.key_of, settled)
        shown = found[:MOST_GAPS]
        replies = await self.records.replies_after([time for gap in shown for time in gap.times])
        return [replace(gap, agent_reply=_newest(gap, replies)) for gap in shown]

    async def settle(self, agent: Agent, question: str, article_id: str | None) -> None:
        """It is answered by an article now, or needs none."""
        key = await asyncio.to_thread(self.key_of, question[:LONGEST_QUESTION])
        await self.records.settle(key, article_id, agent)
        await self.audit.note(agent, "gap.settled", article_id or "", {})

    async def mark_wrong(self, agent: Agent, message_id: str, reason: str) -> None:
        conversation_id = await self.records.mark_wrong(message_id, agent, reason)
        await self.audit.note(agent, "answer.marked_wrong", message_id, {"conversation": conversation_id})

    async def wrong(self) -> Sequence[WrongAnswer]:
        return await self.records.wrong(MOST_GAPS)

    async def settle_wrong(self, agent: Agent, message_id: str) -> None:
        if not await self.records.settle_wrong(message_id):
            raise UnknownAnswerError(message_id)
        await self.audit.note(agent, "answer.settled", message_id, {})


def _newest(gap: Gap, replies: Mapping[Unanswered, str]) -> str:
    return next((replies[time] for time in gap.times if time in replies), "")
