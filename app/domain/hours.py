"""When people are there: a week of opening hours in one time zone, and days on which nobody is. Pure rules."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from typing import cast
from zoneinfo import ZoneInfo

DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
MOST_CLOSED = 200
LOOKED_AHEAD = 30
_SPAN = re.compile(r"([01]\d|2[0-3]):([0-5]\d)-([01]\d|2[0-4]):([0-5]\d)")

Span = tuple[int, int]
"""Minutes of the day, from and to."""


class HoursRefusedError(Exception):
    """Hours that cannot be; the reason is meant for their author."""


@dataclass(frozen=True, kw_only=True)
class Hours:
    """`week` begins on Monday; `closed` are days of the calendar."""

    zone: ZoneInfo
    week: tuple[tuple[Span, ...], ...]
    closed: frozenset[date] = frozenset()

    def open_at(self, now: datetime) -> bool:
        here = now.astimezone(self.zone)
        minute = here.hour * 60 + here.minute
        return any(start <= minute < end for start, end in self._spans(here.date()))

    def next_open(self, now: datetime) -> datetime | None:
        """When it opens next, in its own zone; None where it does not within a month."""
        here = now.astimezone(self.zone)
        for day in (here.date() + timedelta(days=ahead) for ahead in range(LOOKED_AHEAD)):
            for start, _ in self._spans(day):
                opens = datetime.combine(day, time(start // 60, start % 60), self.zone)
                if opens > here:
                    return opens
        return None

    def _spans(self, day: date) -> Sequence[Span]:
        return () if day in self.closed else self.week[day.weekday()]


def hours_from(body: Mapping[str, object]) -> Hours | None:
    """`{"zone": "Europe/Berlin", "week": {"monday": ["09:00-17:30"], ...}, "closed": ["2026-12-25"]}`; None where
    none are set. Raises HoursRefusedError."""
    if not body:
        return None
    if unknown := sorted(set(body) - {"zone", "week", "closed"}):
        raise HoursRefusedError(f"Nothing is called {', '.join(unknown)}.")
    week = _week(body.get("week"))
    if not any(week):
        raise HoursRefusedError("week: open at some time; without any hours set none at all.")
    return Hours(zone=_zone(body.get("zone")), week=week, closed=_closed(body.get("closed", [])))


def _zone(name: object) -> ZoneInfo:
    try:
        return ZoneInfo(str(name))
    except (LookupError, ValueError, OSError) as error:  # none such, no name at all, or a folder of names
        raise HoursRefusedError("zone: the name of a time zone, like Europe/Berlin.") from error


def _week(value: object) -> tuple[tuple[Span, ...], ...]:
    days = cast("Mapping[object, object]", value) if isinstance(value, dict) else None
    if days is None or not set(days) <= set(DAYS):
        raise HoursRefusedError("week: hours by day, from monday to sunday.")
    return tuple(_day(day, days.get(day, [])) for day in DAYS)


def _day(day: str, value: object) -> tuple[Span, ...]:
    given = cast("list[object]", value) if isinstance(value, list) else [None]
    spans = [_span(day, each) for each in given]
    if any(later[0] < earlier[1] for earlier, later in pairwise(spans)):
        raise HoursRefusedError(f"{day}: hours one after the other.")
    return tuple(spans)


def _span(day: str, value: object) -> Span:
    found = _SPAN.fullmatch(value) if isinstance(value, str) else None
    if found is None:
        raise HoursRefusedError(f"{day}: hours like 09:00-17:30.")
    start, end = int(found[1]) * 60 + int(found[2]), int(found[3]) * 60 + int(found[4])
    if not start < end <= 24 * 60:
        raise HoursRefusedError(f"{day}: {value} ends before it begins.")
    return start, end


def _closed(value: object) -> frozenset[date]:
    days = cast("list[object]", value) if isinstance(value, list) else [None]
    if len(days) > MOST_CLOSED:
        raise HoursRefusedError(f"closed: at most {MOST_CLOSED} days.")
    try:
        return frozenset(date.fromisoformat(str(day)) for day in days)
    except ValueError as error:
        raise HoursRefusedError("closed: days like 2026-12-25.") from error
