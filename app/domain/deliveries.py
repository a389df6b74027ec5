"""What goes out and must arrive: deliveries, their tries, and when one is given to a person. Pure rules."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

SEND_AGAIN_AFTER = (5, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 86_400)
"""Seconds between the tries of an event: the schedule of Standard Webhooks, three days and a bit in all."""

MESSAGE_AGAIN_AFTER = (1, 2, 4, 8, 15, 30, 60, 120, *[300] * 48)
"""Seconds between the tries of a message: a customer waits for it. Four hours in all, then an agent sees it."""

ASK_FIRST_AFTER = 15
"""Seconds: a receiver that is slow, and not gone, has noted the delivery by then."""

ASK_AGAIN_AFTER = (2, 5, 15, 60, 300, 900, 1_800)
"""Seconds between questions to a receiver whether a delivery arrived; then an agent decides."""

MOST_REST = 60
"""Seconds: one that is back is found within a minute."""


class EndpointKind(StrEnum):
    """What is sent to an address: events to the company's systems, or messages to a channel's customers."""

    EVENTS = "events"
    CHANNEL = "channel"

    @property
    def when_unknown(self) -> "WhenUnknown":
        """Unless told otherwise: a system drops a repeated id, a person who reads a message twice does not."""
        return WhenUnknown.REPEAT if self is EndpointKind.EVENTS else WhenUnknown.SHOW


class WhenUnknown(StrEnum):
    """What is done when nobody can tell whether a delivery arrived."""

    REPEAT = "repeat"
    ASK = "ask"
    SHOW = "show"


@dataclass(frozen=True, kw_only=True)
class Endpoint:
    """An address that deliveries go to. `secret` signs them; `kinds` are the events it wants, all if empty.
    REPEAT is for receivers that drop a repeated id, as Standard Webhooks has them do."""

    id: str
    kind: EndpointKind
    name: str
    address: str
    secret: str = field(repr=False)
    kinds: frozenset[str] = frozenset()
    when_unknown: WhenUnknown = WhenUnknown.REPEAT
    disabled_at: datetime | None = None


class DeliveryStatus(StrEnum):
    """Where a delivery stands. SETTLED: an agent said that it is done with."""

    DUE = "due"
    SENDING = "sending"
    SENT = "sent"
    UNKNOWN = "unknown"
    FAILED = "failed"
    SETTLED = "settled"


@dataclass(frozen=True, kw_only=True)
class Delivery:
    """One thing for one receiver; `id` stays the same over all tries. `asked` counts questions about its outcome."""

    id: str
    endpoint: Endpoint
    conversation_id: str
    seq: int
    kind: str
    body: Mapping[str, object]
    status: DeliveryStatus
    created_at: datetime
    attempts: int = 0
    asked: int = 0
    unknowns: int = 0
    reason: str = ""


class Tried(StrEnum):
    """What became of one try. FAILED surely did not arrive, REFUSED never will, UNKNOWN may have arrived."""

    SENT = "sent"
    FAILED = "failed"
    REFUSED = "refused"
    UNKNOWN = "unknown"


@dataclass(frozen=True, kw_only=True)
class NextStep:
    """Where the delivery stands now, and when it is looked at again: never, if None."""

    status: DeliveryStatus
    at: datetime | None = None


def after_try(delivery: Delivery, tried: Tried, now: datetime, wait: float = 0) -> NextStep:
    """`delivery.attempts` counts the try. `wait`: seconds that the receiver asked for."""
    match tried:
        case Tried.SENT:
            return NextStep(status=DeliveryStatus.SENT)
        case Tried.REFUSED:
            return NextStep(status=DeliveryStatus.FAILED)
        case Tried.FAILED:
            return _again(delivery, now, wait)
        case Tried.UNKNOWN:
            return _after_unknown(delivery, now)


def after_asking(delivery: Delivery, arrived: bool | None, now: datetime) -> NextStep:
    """`arrived` is None when the receiver could not tell; `delivery.asked` counts the question."""
    if arrived is None:
        return _ask_again(delivery, now)
    return NextStep(status=DeliveryStatus.SENT) if arrived else NextStep(status=DeliveryStatus.DUE, at=now)


def rest_after(failures: int) -> timedelta:
    """How long an endpoint is left alone after so many failures in a row: 1, 2, 4 ... 60 s."""
    return timedelta(seconds=min(2.0 ** min(failures - 1, 10), MOST_REST))


def _again(delivery: Delivery, now: datetime, wait: float) -> NextStep:
    schedule = SEND_AGAIN_AFTER if delivery.endpoint.kind is EndpointKind.EVENTS else MESSAGE_AGAIN_AFTER
    if delivery.attempts > len(schedule):
        return NextStep(status=DeliveryStatus.FAILED)
    seconds = max(schedule[delivery.attempts - 1], min(wait, 3_600))
    return NextStep(status=DeliveryStatus.DUE, at=now + timedelta(seconds=seconds))


def _after_unknown(delivery: Delivery, now: datetime) -> NextStep:
    match delivery.endpoint.when_unknown:
        case WhenUnknown.REPEAT:
            return _again(delivery, now, 0)
        case WhenUnknown.ASK:
            return NextStep(status=DeliveryStatus.UNKNOWN, at=now + timedelta(seconds=ASK_FIRST_AFTER))
        case WhenUnknown.SHOW:
            return NextStep(status=DeliveryStatus.UNKNOWN)


def _ask_again(delivery: Delivery, now: datetime) -> NextStep:
    if delivery.asked > len(ASK_AGAIN_AFTER):
        return NextStep(status=DeliveryStatus.UNKNOWN)
    return NextStep(status=DeliveryStatus.UNKNOWN, at=now + timedelta(seconds=ASK_AGAIN_AFTER[delivery.asked - 1]))
