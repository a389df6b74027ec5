"""Facts are drawn out after the reply, never in its way."""

from dataclasses import dataclass

from app.care.answerers import FactReader
from app.care.beside import beside
from app.care.records import MemoryRecords, Unremembered
from app.domain.customers import NewFact

AT_ONCE = 20


@dataclass(frozen=True, kw_only=True)
class Remembering:
    """Reads the facts of finished turns; each turn once, also after a crash."""

    records: MemoryRecords
    facts: FactReader

    async def remember_due(self) -> int:
        """How many turns were read."""
        due = await self.records.unremembered(AT_ONCE)
        if due:
            length = sum(len(message.text) for turn in due for message in turn.messages)
            facts = await beside(length, lambda: {turn: self._facts_of(turn) for turn in due})
            await self.records.remember(facts)
        return len(due)

    def _facts_of(self, turn: Unremembered) -> list[NewFact]:
        return [fact for message in turn.messages for fact in self.facts.read(message.text, message.id)]
