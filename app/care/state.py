"""What stands in the records now: who waits for what, and for how long."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from app.domain.deliveries import DeliveryStatus, EndpointKind

OPEN_DELIVERIES = (DeliveryStatus.DUE, DeliveryStatus.SENDING, DeliveryStatus.UNKNOWN, DeliveryStatus.FAILED)


@dataclass(frozen=True, kw_only=True)
class ServiceState:
    """One look at the whole installation. `overdue_messages` is the watchdog's number: it is to be 0. `deliveries`
    counts those that are not done with, by kind and status."""

    queue_waiting: int = 0
    queue_longest_wait: float = 0
    overdue_messages: int = 0
    unanswered_conversations: int = 0
    deliveries: Mapping[tuple[EndpointKind, DeliveryStatus], int] = field(
        default_factory=dict[tuple[EndpointKind, DeliveryStatus], int]
    )


@dataclass(frozen=True, kw_only=True)
class OverdueConversation:
    """A customer waits in it for too long; `since` their oldest message without an outcome, of `messages` such."""

    id: str
    channel: str
    since: datetime
    messages: int


class StateRecords(Protocol):
    """Looks for people and machines that watch over the service. Cheap enough for every few seconds."""

    async def state(self, now: datetime, overdue_before: datetime) -> ServiceState:
        """Customer messages older than `overdue_before` without an outcome are overdue."""
        ...

    async def overdue_conversations(self, before: datetime, limit: int = 200) -> Sequence[OverdueConversation]:
        """Longest waiting first."""
        ...
