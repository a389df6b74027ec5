"""The parts of the library, put together."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from app.storage.audit import AuditRecords
from app.wiring.importing import imports
from app.wiring.records import new_id, now

if TYPE_CHECKING:
    from app.care.gaps import Gaps
    from app.care.insight import Insight
    from app.care.library import Library
    from app.care.policies import PolicyDesk
    from app.console.library_parts import LibraryParts
    from app.wiring import Service


def library_parts(service: "Service") -> "LibraryParts":
    from app.console.library_parts import LibraryParts

    audit = AuditRecords(service.database, now, new_id)
    return LibraryParts(
        library=_library(service, audit),
        gaps=_gaps(service, audit),
        imports=imports(service, audit),
        policies=_policies(service),
        insight=_insight(service),
        longest_text=service.settings.longest_text,
    )


def _library(service: "Service", audit: AuditRecords) -> "Library":
    from app.care.library import Library
    from app.storage.library import LibraryRecords

    return Library(
        records=LibraryRecords(service.database),
        passages=service.articles,
        ingesting=service.ingesting,
        asking=service.asking,
        audit=audit,
        new_id=new_id,
    )


def _gaps(service: "Service", audit: AuditRecords) -> "Gaps":
    from app.care.gaps import Gaps
    from app.storage.gaps import GapRecords

    records = GapRecords(service.database, now, by_meaning=service.embedder is not None)
    return Gaps(records=records, key_of=_question_key(), audit=audit, clock=now)


def _policies(service: "Service") -> "PolicyDesk":
    from app.care.policies import PolicyDesk

    return PolicyDesk(
        records=service.policy_records, kinds=service.policy_kinds, live=service.policies, wakeups=service.wakeups
    )


def _insight(service: "Service") -> "Insight":
    from app.care.insight import Insight
    from app.storage.insight import InsightRecords

    records = InsightRecords(service.database)
    return Insight(records=records, policies=service.policies, key_of=_question_key(), clock=now)


def _question_key() -> Callable[[str], str]:
    """Questions are compared by their stems, in the language that they are written in."""
    from app.domain.gaps import key_of_terms
    from app.language.reading import read
    from app.language.terms import terms
    from app.language.tongues import tongue_of

    return lambda text: key_of_terms(terms(text, tongue_of([read(text)])), text)
