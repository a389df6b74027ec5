"""The parts of the desk, put together."""

from typing import TYPE_CHECKING

from app.storage.audit import AuditRecords
from app.wiring.records import new_id, now

if TYPE_CHECKING:
    from app.console.desk_parts import DeskParts
    from app.wiring import Service


def desk_parts(service: "Service") -> "DeskParts":
    from app.care.desk_reads import ProfileReads
    from app.care.suggesting import Suggesting
    from app.console.desk_parts import DeskParts
    from app.storage.desk import DeskRecords
    from app.storage.desk_canned import CannedRecords
    from app.storage.listing import ListingRecords

    audit = AuditRecords(service.database, now, new_id)
    desk = DeskRecords(service.database, service.wakeups, audit, now, new_id)
    return DeskParts(
        listing=ListingRecords(service.database),
        desk=desk,
        state=service.desk_state,
        live=service.live_desk,
        canned=CannedRecords(service.database, audit, now, new_id),
        queue=service.queue,
        conversations=service.conversations,
        memory=service.memory,
        knowledge=service.articles,
        search=service.search,
        assessor=service.assessor,
        suggesting=Suggesting(answering=service.answering, conversations=service.conversations, memory=service.memory),
        reads=ProfileReads(audit=audit, desk=desk, clock=now),
        audit=audit,
        longest_text=service.settings.longest_text,
    )
