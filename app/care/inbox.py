"""A customer's message comes in: cleaned, masked, stored, and only then acknowledged."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from app.care.answerers import Wording
from app.care.records import Inbound, InboxRecords, Receipt
from app.domain.masking import masked
from app.domain.messages import clean_text


@dataclass(frozen=True, kw_only=True)
class Inbox:
    """`owner` is this process where it takes turns, or None where others do. `longest_text` in characters.
    `tongue_of` tells a text's language, or None."""

    records: InboxRecords
    wording: Wording
    owner: str | None
    longest_text: int = 4_000
    tongue_of: Callable[[str], str | None] = lambda _text: None

    async def receive(self, inbound: Inbound) -> Receipt:
        """Raises UnreadableTextError, UnknownConversationError, CustomerBlockedError. What returns is on disk."""
        text = masked(clean_text(inbound.text, self.longest_text))
        language = self.tongue_of(text) or inbound.language or "en"
        notice = self.wording.say("ai_notice", language)
        return await self.records.record_inbound(replace(inbound, text=text, notice=notice, owner=self.owner))
