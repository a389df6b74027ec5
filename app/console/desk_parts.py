"""What the routes of the desk use, put together in wiring."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Request

from app.care.answerers import Assessor
from app.care.desk import CannedRecords, DeskRecords, DeskStateRecords, ListingRecords
from app.care.desk_live import LiveDesk
from app.care.desk_reads import ProfileReads
from app.care.knowledge_records import KnowledgeRecords
from app.care.lookup import Search
from app.care.records import ConversationRecords, MemoryRecords, QueueRecords
from app.care.staff_records import AuditRecords
from app.care.suggesting import Suggesting


@dataclass(frozen=True, kw_only=True)
class DeskParts:
    """The list, what stands beside conversations, and what helps to reply; `longest_text` of a note in characters.
    After `admitted_again` seconds a stream asks whether its agent is still let in."""

    listing: ListingRecords
    desk: DeskRecords
    state: DeskStateRecords
    live: LiveDesk
    canned: CannedRecords
    queue: QueueRecords
    conversations: ConversationRecords
    memory: MemoryRecords
    knowledge: KnowledgeRecords
    search: Search
    assessor: Assessor
    suggesting: Suggesting
    reads: ProfileReads
    audit: AuditRecords
    longest_text: int
    admitted_again: float = 20.0


async def _parts(request: Request) -> DeskParts:
    return request.app.state.desk


Parts = Annotated[DeskParts, Depends(_parts)]
