"""What the agents' routes use, put together in wiring."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Request

from app.care.following import Following
from app.care.records import AgentRecords, ConversationRecords, MemoryRecords, QueueRecords


@dataclass(frozen=True, kw_only=True)
class ConsoleParts:
    """The queue, conversations and people; `longest_text` of a reply in characters."""

    queue: QueueRecords
    conversations: ConversationRecords
    following: Following
    memory: MemoryRecords
    agents: AgentRecords
    longest_text: int = 4_000


async def _parts(request: Request) -> ConsoleParts:
    return request.app.state.console


Parts = Annotated[ConsoleParts, Depends(_parts)]
