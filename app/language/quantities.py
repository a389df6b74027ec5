"""Where a text states an amount, a duration, a measure, a plain number or a name with a number in it."""

import re

from app.language.alternatives import any_of
from app.language.units import MULTIPLES, NUMBER_WORDS, UNITS
from app.language.value_hints import HINTS_OF, MULTIPLE, QUANTITY

_SMALL = f"(?:{any_of(NUMBER_WORDS)})"
_AND = "|".join(rf"(?<={word} )and\s" for word in MULTIPLES)
"""Only behind these it goes on with a number: "two and four" are two."""
_WORDS = rf"\b(?:(?:a\s)?{any_of(MULTIPLES)}|{_SMALL}(?:[ -](?:{_AND})?(?:{_SMALL}|{any_of(MULTIPLES)}))*)\b"
_DIGITS = r"(?:\d{1,3}(?:[.,'\u00a0\u202f]\d{3})+(?:[.,]\d{1,2})?(?!\d)|\d+(?:[.,]\d+)?)[½¼¾]?|[½¼¾]"
_NUMBER = f"{_DIGITS}|{_WORDS}"
_SIGN = r"[€£$]|(?:EUR|GBP|USD|CHF)(?=\s?\d)"
_UNIT = f"(?:{any_of(UNITS)})(?!\\w)"
_JOINING = ["to", "or", "and", "bis", "oder", "und", "ou", "et", "a", "o", "y"]
_BETWEEN = rf"[-–—×xà]|\b(?:{any_of(_JOINING)})\b"
_CODE = r"[A-Za-z]{1,8}+\d\w*(?:[.-]\d\w*)*|\d+[A-Za-z]\w*|(?-i:[A-Z]{1,6}+-\d[\w-]*)|\d+(?:\.\d+){2,}"
_HALF_HOUR = r"\bhalf an hour\b|\bhalbe Stunde\b|\bdemi-heure\b|\bmedia hora\b"
_QUANTITY = re.compile(
    rf"(?:(?P<sign>{_SIGN})\s?)?(?<![\w.,])(?P<low>{_NUMBER})"
    rf"(?:\s?(?P<between>{_BETWEEN})\s?(?P<second>{_SIGN})?\s?(?P<high>{_NUMBER})(?!\w))?"
    rf"(?(sign)|(?:[\s-]?(?P<unit>{_UNIT}))?)(?!\w|\.\d)"
    rf"|(?<![\w-])(?P<code>{_CODE})|(?P<half>{_HALF_HOUR})",
    re.IGNORECASE,
)
_START = re.compile(r"[\d½¼¾€£$]|(?<!\w)[A-Z]", re.IGNORECASE)
"""Where one may begin within a stretch that has the hint of one."""


def quantities_in(text: str, wanted: int = QUANTITY) -> list[re.Match[str]]:
    """From left to right, none within another; only stretches that have a wanted hint are searched."""
    found: list[re.Match[str]] = []
    at = until = 0
    hints_of = HINTS_OF
    for stretch in text.split(" "):
        end = at + len(stretch)
        if (hints := hints_of[stretch]) & wanted:
            first = at - len("a ") if hints & MULTIPLE else at
            until = _search(text, max(first, until), end, found)
        at = end + 1
    return found


def _search(text: str, at: int, end: int, found: list[re.Match[str]]) -> int:
    """Those that begin between the two; where the last one ends, which may be behind."""
    while at < end and (start := _START.search(text, at, end)):
        at = start.start()
        if match := _QUANTITY.match(text, at):
            found.append(match)
        at = match.end() if match else at + 1
    return at
