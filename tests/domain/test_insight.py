"""Resolved by the assistant: confirmed, assumed, reopened, or none of these."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from app.domain.conversations import Author
from app.domain.insight import Episode, Resolution, Said, resolution_of, share
from app.domain.replies import Outcome

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


def said(*hours: float, last: Outcome = Outcome.ANSWERED) -> tuple[Said, ...]:
    """The customer wrote after so many hours, and was met at once; the last time with this outcome."""
    messages: list[Said] = []
    for place, after in enumerate(hours):
        at = NOON + timedelta(hours=after)
        outcome = last if place == len(hours) - 1 else Outcome.ANSWERED
        messages += [Said(author=Author.CUSTOMER, at=at, outcome=outcome), Said(author=Author.ASSISTANT, at=at)]
    return tuple(messages)


def told(now: float, *hours: float, last: Outcome = Outcome.ANSWERED, **known: Any) -> Resolution | None:
    values = {"answered": True, **known}
    return resolution_of(Episode(said=said(*hours, last=last), **values), NOON + timedelta(hours=now))


@pytest.mark.parametrize(
    ("now", "hours", "known", "expected"),
    [
        (1, (0,), {}, None),
        (24, (0,), {}, Resolution.ASSUMED),
        (1, (0,), {"closed": True}, Resolution.ASSUMED),
        (30, (0,), {"answered": False}, None),
        (30, (0,), {"unhelpful": True}, None),
        (30, (0,), {"last": Outcome.NOT_KNOWN}, None),
        (1, (0, 0.1), {"confirmed_at": NOON}, Resolution.CONFIRMED),
        (30, (0, 2), {"confirmed_at": NOON}, Resolution.REOPENED),
        (200, (0, 30), {}, Resolution.REOPENED),
        (200, (0, 73), {}, Resolution.ASSUMED),
        (1, (0,), {"reopened": True}, Resolution.REOPENED),
    ],
)
def test_a_conversation_of_the_assistant_alone_came_out(
    now: float, hours: tuple[float, ...], known: dict[str, Any], expected: Resolution | None
) -> None:
    assert told(now, *hours, **known) is expected


def test_what_the_customer_said_last_without_a_reply_is_not_resolved() -> None:
    open_one = (*said(0), Said(author=Author.CUSTOMER, at=NOON + timedelta(hours=1)))

    assert resolution_of(Episode(said=open_one, answered=True), NOON + timedelta(hours=100)) is None


@pytest.mark.parametrize(
    ("values", "percent", "expected"),
    [([], 50, None), ([4.0], 90, 4.0), ([3.0, 1.0, 2.0], 50, 2.0), ([float(n) for n in range(1, 11)], 90, 9.0)],
)
def test_the_value_that_so_many_do_not_exceed(values: list[float], percent: int, expected: float | None) -> None:
    assert share(values, percent) == expected
