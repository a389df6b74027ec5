"""What the agents' routes use, put together in wiring."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Request

from app.care.following import Following
from app.care.outbox import OutboxRecords
from app.care.records import AgentRecords, ConversationRecords, MemoryRecords, QueueRecords
from app.care.watching import Watchdog


@dataclass(frozen=True, kw_only=True)
class ConsoleParts:
    """The queue, conversations, people and deliveries; `longest_text` of a reply in characters. `checked_address`
    gives an address back, or raises what is wrong with it."""

    queue: QueueRecords
    conversations: ConversationRecords
    following: Following
    memory: MemoryRecords
    agents: AgentRecords
    watchdog: Watchdog
    outbox: OutboxRecords
    checked_address: Callable[[str], str]
    longest_text: int = 4_000


async def _parts(request: Request) -> ConsoleParts:
    return request.app.state.console


Parts = Annotated[ConsoleParts, Depends(_parts)]
