"""Sentences into comparable values: links, addresses, amounts, dates, times, durations, measures, codes and numbers."""

import re
from collections.abc import Callable, Sequence
from functools import lru_cache

from app.domain.checking import Value, ValueKind
from app.language.dates import DATE, DAY_OF_WEEK, TIME_OF_DAY, date_values, time_values, weekday_values
from app.language.plain_forms import in_figures
from app.language.quantities import quantities_in
from app.language.units import UNITS, Unit, word_number
from app.language.value_hints import (
    ADDRESS,
    COUNTING,
    DOMAINS,
    LIST_MARK,
    MONTH,
    NUMBER,
    NUMERIC_DATE,
    PHONE,
    QUANTITY,
    TIME,
    WEEKDAY,
    hints_in,
)

Reading = Callable[[re.Match[str]], Sequence[Value] | None]

_TAKEN = "\x00"
"""Stands where a value was read, so that no later pattern reads into it or across it."""

_MARKS = re.compile(r"(?m)^[ \t]*\d{1,3}[.)](?=\s)|\[\d{1,3}(?:,\s?\d{1,3})*\]")
_EMAIL = re.compile(r"(?:mailto:)?((?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,6})")
_LINK = re.compile(
    rf"(?:https?://|www\.)[^\s<>\"'()\[\]\x00]+|(?<![\w.-])(?:[a-z0-9-]{{1,63}}\.){{1,6}}(?-i:{DOMAINS})\b(?:/[^\s<>\"'()\[\]\x00]*)?",
    re.IGNORECASE,
)
_PHONE = re.compile(
    r"(?<![\w.,/-])(?:\+\d{1,3}|\(?0\d{1,5}\)?|1[ -]\d{3}|\(\d{3}\)|\d{3}(?=[ -]\d{3}-\d{4}))"
    r"(?:[ \u00a0./-]{0,2}\(?\d{2,8}\)?){1,5}(?!\w)"
)
_FEWEST_DIGITS_OF_A_PHONE = 7
_COMPARED_DIGITS_OF_A_PHONE = 9
"""From the end, so that +44 20 ... and 020 ... are the same number."""


_FRACTIONS = {"½": 0.5, "¼": 0.25, "¾": 0.75}
_SIGNS = {"€": "EUR", "£": "GBP", "$": "USD"}
_BOTH_ENDS = frozenset({"and", "und", "et", "y"})
_BETWEEN = re.compile(r"(?:between|zwischen|entre)\s?$", re.IGNORECASE)
_ORDINAL = re.compile(r"\d+(?:st|nd|rd|th)$", re.IGNORECASE)


def read_values(text: str) -> frozenset[Value]:
    """Every value that the text states. Equal values are equal however they are written: "thirty days", "30-day"."""
    return frozenset(values_in_order(in_figures(text)))


def values_in_order(text: str) -> list[Value]:
    """The same in the order of reading: each kind's from left to right, a range's lower end first."""
    return values_by_hints(text, hints_in(text))


def values_by_hints(text: str, hints: int) -> list[Value]:
    """The same where the text's hints are known."""
    found: list[Value] = []
    if hints & ADDRESS:
        text = _take(_LINK, _take(_EMAIL, text, _email, found), _link, found)
        hints = hints_in(text)
    if hints & WEEKDAY:
        text = _take(DAY_OF_WEEK, text, weekday_values, found)
    if hints & NUMBER:
        text = _without_dates(text, hints, found)
    if hints & (NUMBER | COUNTING):
        for match in quantities_in(text, hints & QUANTITY):
            found += _quantity(match)
    return found


def _without_dates(text: str, hints: int, found: list[Value]) -> str:
    """Dates, times and telephone numbers are read first: what they are made of means nothing alone."""
    if hints & (NUMERIC_DATE | MONTH):
        text = _take(DATE, text, date_values, found)
    if hints & LIST_MARK:
        text = _MARKS.sub(_TAKEN, text)
    if hints & TIME and _MAYBE_TIME.search(text):
        text = _take(TIME_OF_DAY, text, time_values, found)
    if hints & PHONE and len(_DIGIT.findall(text)) >= _FEWEST_DIGITS_OF_A_PHONE:
        text = _take(_PHONE, text, _phone, found)
    return text


_MAYBE_TIME = re.compile(r"\d(?:[:h]\d|\.\d\d\s?(?:[ap]|uhr)|\s?(?:[ap]\.?m|uhr|o['’]))", re.IGNORECASE)
_DIGIT = re.compile(r"\d")


def _take(pattern: re.Pattern[str], text: str, reading: Reading, found: list[Value]) -> str:
    """The text without what was read; a match whose reading is None stays for the patterns after it."""

    def taken(match: re.Match[str]) -> str:
        values = reading(match)
        if values is None:
            return match[0]
        found.extend(values)
        return _TAKEN

    return pattern.sub(taken, text)


def _email(match: re.Match[str]) -> list[Value]:
    return [Value(kind=ValueKind.EMAIL, canonical=match[1].rstrip(".").lower(), words=match[0])]


def _link(match: re.Match[str]) -> list[Value]:
    words = match[0].rstrip(".,;:!?*_")
    bare = re.sub(r"^(?:https?://)?(?:www\.)?", "", words, flags=re.IGNORECASE).rstrip("/")
    host, slash, path = bare.partition("/")
    return [Value(kind=ValueKind.LINK, canonical=host.lower() + slash + path, words=words)]


def _phone(match: re.Match[str]) -> list[Value] | None:
    digits = re.sub(r"\D", "", match[0])
    if not _FEWEST_DIGITS_OF_A_PHONE <= len(digits) <= 15:
        return None
    return [Value(kind=ValueKind.PHONE, canonical=digits[-_COMPARED_DIGITS_OF_A_PHONE:], words=match[0].strip())]


def _quantity(match: re.Match[str]) -> Sequence[Value]:
    sign, low, between, second, high, unit_words, code, half = match.groups()
    if half:
        return [Value(kind=ValueKind.DURATION, canonical="s 1800", words=half)]
    if code:
        return _code(code)
    words = match[0]
    unit = _money(sign) if sign else _unit(unit_words) if unit_words else None
    if high is None:
        return _values(low, unit, words)
    if second and sign and _money(second) != unit:
        return _values(low, unit, words) + _values(high, _money(second), words)
    apart = between.lower() in _BOTH_ENDS and not _BETWEEN.search(match.string, 0, match.start())
    return _values(low, None if apart else unit, words) + _values(high, unit, words)


def _code(words: str) -> list[Value]:
    """A name with a number in it, E4 or FS-1; ordinals such as 2nd are none."""
    if _ORDINAL.match(words):
        return []
    return [Value(kind=ValueKind.NUMBER, canonical=f"code {words.upper()}", words=words)]


def _money(sign: str) -> Unit:
    return ValueKind.MONEY, _SIGNS.get(sign.upper(), sign.upper()), 1


def _unit(words: str) -> Unit | None:
    return UNITS.get(words) or UNITS.get(" ".join(words.split()).lower())


@lru_cache(maxsize=8_192)
def _values(number: str, unit: Unit | None, words: str) -> tuple[Value, ...]:
    if unit is None:
        plain = _plain(number)
        return (Value(kind=ValueKind.NUMBER, canonical=plain, words=number),) if plain else ()
    kind, base, factor = unit
    return (Value(kind=kind, canonical=f"{base} {_written(_amount(number) * factor)}", words=words.strip()),)


def _plain(number: str) -> str | None:
    """None for "one", which counts nothing in "one of them"."""
    if number.isdigit():
        return number.lstrip("0") or "0"
    return None if number.lower() == "one" else _written(_amount(number))


def _amount(number: str) -> float:
    fraction = _FRACTIONS.get(number[-1], 0.0)
    digits = number.rstrip("½¼¾")
    if not digits:
        return fraction
    return (_decimal(digits) if digits[0].isdigit() else word_number(digits)) + fraction


def _decimal(digits: str) -> float:
    """1,000 and 1.000 are a thousand, 0.125 and 4,50 are fractions; the last sign of two kinds is the decimal one."""
    whole, sign, rest = re.sub(r"['\u00a0\u202f]", "", digits).replace(",", ".").rpartition(".")
    if not sign:
        return float(rest)
    whole = whole.replace(".", "")
    grouped = len(rest) == 3 and whole.strip("0")
    return float(whole + rest) if grouped else float(f"{whole}.{rest}")


def _written(amount: float) -> str:
    return str(int(amount)) if amount.is_integer() else repr(round(amount, 6))
