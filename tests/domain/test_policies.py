"""What a company may set, and what is refused with the reason."""

from datetime import UTC, datetime
from typing import Any

import pytest

from app.domain.decisions import EscalationPolicy
from app.domain.hours import HoursRefusedError, hours_from
from app.domain.policies import PolicyRefusedError, Price, prices_from, rules_from, texts_from

FIELDS = {"greeting": frozenset[str](), "queue": frozenset({"position"}), "ai_notice": frozenset[str]()}
WEEK = {"zone": "Europe/Berlin", "week": {"monday": ["09:00-12:30", "13:00-17:00"], "friday": ["09:00-24:00"]}}


def test_what_is_not_set_is_as_by_default() -> None:
    rules = rules_from({"misses_before_handoff": 3}, EscalationPolicy(answerable_at=0.6))

    assert rules == EscalationPolicy(answerable_at=0.6, misses_before_handoff=3)


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ({"patience": 3}, "Nothing is called patience"),
        ({"answerable_at": "0.5"}, "answerable_at: a number"),
        ({"answerable_at": True}, "answerable_at: a number"),
        ({"answerable_at": float("nan")}, "answerable_at: from 0.05 to 0.95"),
        ({"wish_at": 1.0}, "wish_at: from 0.1 to 0.9"),
        ({"misses_before_handoff": 2.5}, "misses_before_handoff: a whole number"),
        ({"misses_before_handoff": 0}, "misses_before_handoff: from 1 to 5"),
    ],
)
def test_rules_that_would_keep_people_away_are_refused(body: dict[str, Any], reason: str) -> None:
    with pytest.raises(PolicyRefusedError, match=reason):
        rules_from(body, EscalationPolicy())


def test_texts_are_taken_with_the_fields_that_are_filled_in() -> None:
    texts = texts_from({"queue": " You are number {position}. ", "ai_notice": "Eine KI antwortet."}, FIELDS)

    assert texts == {"queue": "You are number {position}.", "ai_notice": "Eine KI antwortet."}


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ({"farewell": "Bye"}, "Nothing is called farewell"),
        ({"greeting": ""}, "greeting: a text"),
        ({"greeting": 7}, "greeting: a text"),
        ({"greeting": "x" * 2_001}, "greeting: at most 2000"),
        ({"greeting": "Hello\x00"}, "control"),
        ({"greeting": "Hello \ud800"}, "control"),
        ({"greeting": "Hello {name}"}, "greeting: must hold no fields"),
        ({"queue": "Soon."}, r"queue: must hold \{position\}"),
        ({"queue": "{position.__class__}"}, r"must hold \{position\}"),
        ({"queue": "{position:>1000000000}"}, "a field holds its name alone"),
        ({"queue": "{position!r}"}, "a field holds its name alone"),
        ({"queue": "Number {position"}, "a brace opens no field"),
        ({"ai_notice": "You are writing with Robin."}, "must say that an AI answers"),
    ],
)
def test_texts_that_could_not_be_said_are_refused(body: dict[str, Any], reason: str) -> None:
    with pytest.raises(PolicyRefusedError, match=reason):
        texts_from(body, FIELDS)


def test_a_reply_costs_what_its_tokens_cost() -> None:
    prices = prices_from({"currency": "EUR", "per_million": {"small": {"input": 2, "output": 8.5}}})

    assert prices
    assert prices.by_model == {"small": Price(input=2, output=8.5)}
    assert prices.of("small", 500_000, 100_000) == pytest.approx(1.85)
    assert prices.of("unknown", 1, 1) is None
    assert prices_from({}) is None


@pytest.mark.parametrize(
    "body",
    [
        {"currency": "euro", "per_million": {}},
        {"currency": "EUR"},
        {"currency": "EUR", "per_million": {"small": {"input": 1}}},
        {"currency": "EUR", "per_million": {"small": {"input": -1, "output": 1}}},
        {"currency": "EUR", "per_million": {"small": {"input": "1", "output": 1}}},
        {"currency": "EUR", "per_million": {"small": [1, 2]}},
        {"currency": "EUR", "per_million": {}, "tax": 19},
        {"currency": "EUR", "per_million": {}, "\ud800": 19},
        {"currency": "EUR", "per_million": {"\ud800": {"input": 1, "output": 1}}},
        {"currency": "EUR", "per_million": {"a\0b": {"input": 1, "output": 1}}},
    ],
)
def test_prices_that_are_none_are_refused(body: dict[str, Any]) -> None:
    with pytest.raises(PolicyRefusedError) as refused:
        prices_from(body)

    assert str(refused.value).isprintable()


@pytest.mark.parametrize(
    ("now", "is_open", "opens"),
    [
        (datetime(2026, 3, 2, 7, 59, tzinfo=UTC), False, "2026-03-02T09:00:00+01:00"),
        (datetime(2026, 3, 2, 8, 0, tzinfo=UTC), True, "2026-03-02T13:00:00+01:00"),
        (datetime(2026, 3, 2, 11, 30, tzinfo=UTC), False, "2026-03-02T13:00:00+01:00"),
        (datetime(2026, 3, 2, 16, 0, tzinfo=UTC), False, "2026-03-13T09:00:00+01:00"),
        (datetime(2026, 3, 27, 20, 0, tzinfo=UTC), True, "2026-03-30T09:00:00+02:00"),
    ],
)
def test_hours_are_of_their_zone_and_know_closed_days_and_summer(now: datetime, is_open: bool, opens: str) -> None:
    hours = hours_from({**WEEK, "closed": ["2026-03-06", "2026-03-09"]})

    assert hours
    found = hours.next_open(now)
    assert found
    assert (hours.open_at(now), found.isoformat()) == (is_open, opens)


def test_hours_that_never_open_again_name_no_day() -> None:
    closed = [f"2026-{month:02}-{day:02}" for month in (3, 4) for day in range(1, 31)]
    hours = hours_from({**WEEK, "closed": closed})

    assert hours
    assert hours.next_open(datetime(2026, 3, 1, tzinfo=UTC)) is None


@pytest.mark.parametrize(
    "changed",
    [
        {"zone": "Mars/Olympus"},
        {"zone": "../../etc/passwd"},
        {"zone": None},
        {"week": {}},
        {"week": {"someday": ["09:00-10:00"]}},
        {"week": {"monday": ["17:00-09:00"]}},
        {"week": {"monday": ["9-17"]}},
        {"week": {"monday": ["09:00-24:30"]}},
        {"week": {"monday": ["09:00-12:00", "11:00-13:00"]}},
        {"week": {"monday": "09:00-12:00"}},
        {"closed": ["Christmas"]},
        {"closed": "2026-12-25"},
        {"open": True},
    ],
)
def test_hours_that_cannot_be_are_refused(changed: dict[str, Any]) -> None:
    with pytest.raises(HoursRefusedError):
        hours_from(WEEK | changed)
