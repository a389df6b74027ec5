"""Passages as the records hold them, read again only when the knowledge base has changed."""

from collections.abc import Sequence

from app.care.knowledge_records import KnowledgeRecords
from app.domain.knowledge import PassageRecord

REMEMBERED = 4_096
"""Passages."""


class HeldPassages:
    """What was read of one version. The version is looked up each time: what was taken out is never found again."""

    def __init__(self, records: KnowledgeRecords) -> None:
        self._records = records
        self._version: int | None = None
        self._held: dict[str, PassageRecord | None] = {}

    async def passages(self, ids: Sequence[str]) -> Sequence[PassageRecord]:
        """As `KnowledgeRecords.passages`."""
        version = await self._records.version()
        if version != self._version or len(self._held) > REMEMBERED:
            self._version, self._held = version, {}
        new = [id for id in ids if id not in self._held]
        found = {record.passage.id: record for record in await self._records.passages(new)} if new else {}
        if version == self._version:
            self._held.update({id: found.get(id) for id in new})
        held = {id: self._held.get(id) for id in ids} | found
        return [record for record in held.values() if record is not None]
