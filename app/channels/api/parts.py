"""What the routes of the HTTP API use, put together in wiring."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Request

from app.care.feedback import CustomersFeedback
from app.care.filing import FileRecords
from app.care.following import Following
from app.care.inbox import Inbox
from app.care.ingesting import Ingesting
from app.care.knowledge_records import ArticleReading
from app.care.records import ConversationRecords, MemoryRecords
from app.domain.turns import Lease
from app.web.access import ADMITTED_AGAIN_SECONDS
from app.web.limits import RateLimits


@dataclass(frozen=True, kw_only=True)
class ApiParts:
    """`take` begins a turn in this process, None where others take them; `wait_seconds`
    is how long a chat request waits for its reply. After `admitted_again` seconds a stream asks whether its customer is
    still let in: a signed token runs out."""

    inbox: Inbox
    take: Callable[[Lease], None] | None
    following: Following
    conversations: ConversationRecords
    memory: MemoryRecords
    files: FileRecords
    feedback: CustomersFeedback
    articles: ArticleReading
    ingesting: Ingesting
    limits: RateLimits
    wait_seconds: float
    admitted_again: float = ADMITTED_AGAIN_SECONDS


async def _parts(request: Request) -> ApiParts:
    return request.app.state.api


Parts = Annotated[ApiParts, Depends(_parts)]
