"""What customers say of the assistant's messages: helpful or not, and why."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Protocol

from app.domain.masking import masked
from app.domain.messages import clean_text

LONGEST_REASON = 1_000


class UnknownMessageError(Exception):
    """No such message of the assistant's in this conversation."""


@dataclass(frozen=True, kw_only=True)
class Feedback:
    """A customer's word on one message of the assistant's; the newest counts."""

    customer_id: str
    conversation_id: str
    message_id: str
    helpful: bool
    reason: str = ""


class FeedbackRecords(Protocol):
    """One word for a message."""

    async def set_feedback(self, feedback: Feedback) -> None:
        """Raises UnknownConversationError for a conversation that is not this customer's, CustomerBlockedError,
        UnknownMessageError."""
        ...

    async def helpful(self, conversation_id: str) -> Mapping[str, bool]:
        """By message."""
        ...


@dataclass(frozen=True, kw_only=True)
class CustomersFeedback:
    """Takes it in as a message is taken in: cleaned and masked."""

    records: FeedbackRecords

    async def take(self, feedback: Feedback) -> None:
        """Raises UnreadableTextError, UnknownConversationError, CustomerBlockedError, UnknownMessageError."""
        said = feedback.reason.strip()
        reason = masked(clean_text(said, LONGEST_REASON)) if said else ""
        await self.records.set_feedback(replace(feedback, reason=reason))
