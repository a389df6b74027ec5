"""What values a text may hold, by the stretches between its spaces. Each is looked at once and remembered: the same few
thousand come again and again, and most sentences need none of the patterns that read values."""

import re
from typing import TypeVar

from app.language.dates import MONTH_WORDS, WEEKDAY_WORDS
from app.language.units import MULTIPLES, NUMBER_WORDS

NUMBER, COUNTING, MULTIPLE, CURRENCY, ADDRESS, WEEKDAY, MONTH, NUMERIC_DATE, LIST_MARK, TIME, PHONE = (
    1 << at for at in range(11)
)
"""Bits. A digit or a fraction; a number written as a word; "hundred", before which "a" may stand; a currency's sign or
code; what may be a link or an e-mail address; the name of a day; that of a month; 1/2/25; "1." or "[1"; what may be
part of a time or the beginning of a telephone number."""

NOT_OF_VALUES = 1 << 11
"""The first bit that is not used here."""

QUANTITY = NUMBER | COUNTING | CURRENCY
"""Where one of these is, a quantity may begin."""

_ANY_VALUE = NUMBER | COUNTING | ADDRESS | WEEKDAY

DOMAINS = "com|org|net|io|eu|info|shop|app|dev|store|example|co\\.uk|uk|ie|de|at|ch|fr|be|es|it|nl|pt|pl|us|ca|au|biz"

REMEMBERED = 50_000
LONGEST_REMEMBERED = 40
Thing = TypeVar("Thing")

_WORD = re.compile(r"[^\W\d_]+")
_PATTERNS = (
    (CURRENCY, re.compile(r"[€£$]|(?:EUR|GBP|USD|CHF)(?:\s|$)", re.IGNORECASE)),
    (TIME, re.compile(r"\d[:h]\d|\d\.\d\d|(?:^|[\s\d])(?:[ap]\.?m|uhr|o['’])", re.IGNORECASE)),
    (NUMBER, re.compile(r"[\d½¼¾]")),
    (ADDRESS, re.compile(rf"@|://|www\.|\.(?-i:{DOMAINS})\b", re.IGNORECASE)),
    (NUMERIC_DATE, re.compile(r"\d[./-]\d\d?[./-]\d")),
    (LIST_MARK, re.compile(r"\d[.)](?:\s|$)|\[\d")),
    (PHONE, re.compile(r"(?:^|[^\w.,/-])(?:\+\d|\(?0\d|\(\d{3}\)|1(?:-\d|\s|$)|\d{3}(?:-\d|\s|$))")),
)
_OF_LETTERS = 2
"""How many of them letters alone may match."""

_WORDS = (
    (COUNTING, frozenset(NUMBER_WORDS) | frozenset(MULTIPLES) | {"half", "halbe", "demi", "media"}),
    (MULTIPLE, frozenset(MULTIPLES)),
    (WEEKDAY, WEEKDAY_WORDS),
    (MONTH, MONTH_WORDS),
)


def remember(known: dict[str, Thing], stretch: str, thing: Thing) -> None:
    """Too many are forgotten together: rare words must not keep the common ones out for ever."""
    if len(known) >= REMEMBERED:
        known.clear()
    if len(stretch) <= LONGEST_REMEMBERED:
        known[stretch] = thing


class _Hints(dict[str, int]):
    """By stretch."""

    def __missing__(self, stretch: str) -> int:
        hints = _hints_of(stretch)
        remember(self, stretch, hints)
        return hints


HINTS_OF = _Hints()


def hints_in(text: str) -> int:
    hints, hints_of = 0, HINTS_OF
    for stretch in text.split(" "):
        hints |= hints_of[stretch]
    return hints


def may_state_values(hints: int) -> bool:
    return hints & _ANY_VALUE != 0


def _hints_of(stretch: str) -> int:
    hints, of_letters = 0, stretch.isalpha()
    words = [stretch.lower()] if of_letters else _WORD.findall(stretch.lower())
    for bit, known in _WORDS:
        if not known.isdisjoint(words):
            hints |= bit
    for bit, pattern in _PATTERNS[:_OF_LETTERS] if of_letters else _PATTERNS:
        if pattern.search(stretch):
            hints |= bit
    return hints
