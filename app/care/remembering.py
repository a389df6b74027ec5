"""Facts are drawn out after the reply, never in its way."""

from dataclasses import dataclass

from app.care.answerers import FactReader
from app.care.records import MemoryRecords

AT_ONCE = 20


@dataclass(frozen=True, kw_only=True)
class Remembering:
    """Reads the facts of finished turns; each turn once, also after a crash."""

    records: MemoryRecords
    facts: FactReader

    async def remember_due(self) -> int:
        """How many turns were read."""
        due = await self.records.unremembered(AT_ONCE)
        for turn in due:
            facts = [fact for message in turn.messages for fact in self.facts.read(message.text, message.id)]
            await self.records.remember(turn, facts)
        return len(due)
