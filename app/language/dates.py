"""Dates, days of the week and times of day in four languages, as comparable values."""

import re

from app.domain.checking import Value, ValueKind
from app.language.alternatives import any_of

_MONTHS = {
    "jan": 1, "feb": 2, "mar": 3, "apr": 4, "may": 5, "jun": 6, "jul": 7, "aug": 8, "sep": 9, "oct": 10, "nov": 11,
    "dec": 12,
    "january": 1, "february": 2, "march": 3, "april": 4, "june": 6, "july": 7, "august": 8,
    "sept": 9, "september": 9, "october": 10, "november": 11, "december": 12,
    "januar": 1, "jänner": 1, "februar": 2, "märz": 3, "mai": 5, "juni": 6, "juli": 7, "oktober": 10, "dezember": 12,
    "janvier": 1, "février": 2, "fevrier": 2, "mars": 3, "avril": 4, "juin": 6, "juillet": 7, "août": 8, "aout": 8,
    "septembre": 9, "octobre": 10, "novembre": 11, "décembre": 12, "decembre": 12,
    "enero": 1, "febrero": 2, "marzo": 3, "abril": 4, "mayo": 5, "junio": 6, "julio": 7, "agosto": 8,
    "septiembre": 9, "setiembre": 9, "octubre": 10, "noviembre": 11, "diciembre": 12,
}  # fmt: skip

_DAYS = (
    "monday montag lundi lunes", "tuesday dienstag mardi martes", "wednesday mittwoch mercredi miércoles miercoles",
    "thursday donnerstag jeudi jueves", "friday freitag vendredi viernes", "saturday samstag sonnabend samedi sábado",
    "sunday sonntag dimanche domingo",
)  # fmt: skip
_SHORT_DAYS = ("Mon", "Tue Tues", "Wed", "Thu Thur Thurs", "Fri", "Sat", "Sun")
_WEEKDAYS = {
    **{name: at for at, names in enumerate(_DAYS, start=1) for name in names.split()},
    **{name.lower(): at for at, names in enumerate(_SHORT_DAYS, start=1) for name in names.split()},
}

MONTH_WORDS = frozenset(_MONTHS)
WEEKDAY_WORDS = frozenset(_WEEKDAYS) | frozenset(f"{name}s" for name in _WEEKDAYS)
"""Lower case; a text with none of these words needs no look for the patterns below."""

_MONTH = rf"(?:{any_of(_MONTHS)})\b\.?"
_YEAR = r"(?:19|20)\d\d"

DATE = re.compile(
    rf"""(?<![\w.,/-])(?:
      (?P<y1>{_YEAR})-(?P<m1>\d\d)-(?P<d1>\d\d)
    | (?P<d2>\d{{1,2}})(?:st|nd|rd|th|er|\.|º)?\s(?:of\s|de\s)?(?P<m2>{_MONTH})(?:,?\s(?:de\s|del\s)?(?P<y2>{_YEAR}))?
    | (?P<m3>{_MONTH})\s(?P<d3>\d{{1,2}})(?:st|nd|rd|th)?(?:,?\s(?P<y3>{_YEAR}))?(?![\d:.])
    | (?P<m4>{_MONTH})\s(?:de\s)?(?P<y4>{_YEAR})
    | (?P<d5>\d{{1,2}})(?P<sep>[./-])(?P<m5>\d{{1,2}})(?P=sep)(?P<y5>{_YEAR}|\d\d)
    )(?!\w)""",
    re.IGNORECASE | re.VERBOSE,
)

DAY_OF_WEEK = re.compile(
    rf"\b(?:(?P<long>{any_of(' '.join(_DAYS).split())})s?"
    rf"|(?-i:(?P<short>{'|'.join(' '.join(_SHORT_DAYS).split())})))\b",
    re.IGNORECASE,
)

_HALF_DAY = r"(?:\s?(?P<{0}>am|pm|a\.m\.|p\.m\.)(?!\w))"
TIME_OF_DAY = re.compile(
    r"(?<![\w.,:])(?:(?P<low>\d{1,2})\s?(?:-|–|to|bis)\s?)?(?:"
    rf"(?P<h1>\d{{1,2}})(?:[:h](?P<m1>\d\d)(?!\d)|\.(?P<m2>\d\d)(?=\s?(?:[ap]\.?m\b|Uhr))){_HALF_DAY.format('x1')}?(?:\sUhr)?"
    rf"|(?P<h2>\d{{1,2}})(?:{_HALF_DAY.format('x2')}|\s?Uhr\b|\so['’]clock\b))",
    re.IGNORECASE,
)


def date_values(match: re.Match[str]) -> list[Value] | None:
    """The date, and what of it may be said alone: its day without the year, its year."""
    group = match.groupdict()
    day, month, year = (next((group[f"{part}{n}"] for n in _HELD[part] if group[f"{part}{n}"]), None) for part in "dmy")
    number = _month_number(month or "")
    if number and _LIST_MARK.match(match[0]):
        return None
    if group["sep"] and int(day or 0) <= 12 < number:
        day, number = str(number), int(day or 0)
    if not 1 <= number <= 12 or not 1 <= int(day or 1) <= 31:
        return None
    year = f"20{year}" if year and len(year) == 2 else year
    without_year = f"--{number:02d}" + (f"-{int(day):02d}" if day else "")
    found = [Value(kind=ValueKind.DATE, canonical=without_year, words=match[0])]
    if year:
        found.append(Value(kind=ValueKind.DATE, canonical=year + without_year[1:], words=match[0]))
        found.append(Value(kind=ValueKind.NUMBER, canonical=year, words=match[0]))
    return found


_LIST_MARK = re.compile(r"\d{1,2}\.\s(?:may|mar|march)\b", re.IGNORECASE)
"""The second item of a list that begins with such a verb, rather than a German date."""

_HELD = {"d": (1, 2, 3, 5), "m": (1, 2, 3, 4, 5), "y": (1, 2, 3, 4, 5)}


def _month_number(month: str) -> int:
    return int(month) if month.isdigit() else _MONTHS.get(month.rstrip(".").lower(), 0)


def weekday_values(match: re.Match[str]) -> list[Value]:
    """The day of the week by its number, Monday 1."""
    name = (match["long"] or match["short"]).lower()
    return [Value(kind=ValueKind.DATE, canonical=f"weekday {_WEEKDAYS[name]}", words=match[0])]


def time_values(match: re.Match[str]) -> list[Value] | None:
    """The time in 24 hours, of both ends where "9 to 5 pm" gives only one of them its half of the day."""
    hour, minute = int(match["h1"] or match["h2"]), int(match["m1"] or match["m2"] or 0)
    half = (match["x1"] or match["x2"] or "")[:1].lower()
    if hour > 24 or minute > 59:
        return None
    found = [_time(_in_24_hours(hour, half), minute, match[0])]
    if match["low"]:
        low = int(match["low"])
        found.append(_time(_in_24_hours(low, "a" if half and low > hour else half), 0, match[0]))
    return found


def _in_24_hours(hour: int, half: str) -> int:
    return hour % 12 + (12 if half == "p" else 0) if half else hour


def _time(hour: int, minute: int, words: str) -> Value:
    return Value(kind=ValueKind.TIME, canonical=f"{hour:02d}:{minute:02d}", words=words)
