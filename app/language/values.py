"""Sentences into comparable values: links, addresses, amounts, dates, times, durations, measures, codes and numbers."""

import re
from collections.abc import Callable, Sequence
from functools import lru_cache

from app.domain.checking import Value, ValueKind
from app.language.dates import DATE, MONTH_WORDS, TIME, WEEKDAY, WEEKDAY_WORDS, date_values, time_values, weekday_values
from app.language.units import MULTIPLES, NUMBER_WORDS, UNITS, Unit, word_number

Reading = Callable[[re.Match[str]], Sequence[Value] | None]

_TAKEN = "\x00"
"""Stands where a value was read, so that no later pattern reads into it or across it."""

_MARKS = re.compile(r"(?m)^[ \t]*\d{1,3}[.)](?=\s)|\[\d{1,3}(?:,\s?\d{1,3})*\]")
_EMAIL = re.compile(r"(?:mailto:)?((?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,6})")
_DOMAINS = "com|org|net|io|eu|info|shop|app|dev|store|example|co\\.uk|uk|ie|de|at|ch|fr|be|es|it|nl|pt|pl|us|ca|au|biz"
_LINK = re.compile(
    rf"(?:https?://|www\.)[^\s<>\"'()\[\]\x00]+|(?<![\w.-])(?:[a-z0-9-]{{1,63}}\.){{1,6}}(?-i:{_DOMAINS})\b(?:/[^\s<>\"'()\[\]\x00]*)?",
    re.IGNORECASE,
)
_PHONE = re.compile(
    r"(?<![\w.,/-])(?:\+\d{1,3}|\(?0\d{1,5}\)?|1[ -]\d{3}|\(\d{3}\)|\d{3}(?=[ -]\d{3}-\d{4}))"
    r"(?:[ \u00a0./-]{0,2}\(?\d{2,8}\)?){1,5}(?!\w)"
)
_FEWEST_DIGITS_OF_A_PHONE = 7
_COMPARED_DIGITS_OF_A_PHONE = 9
"""From the end, so that +44 20 ... and 020 ... are the same number."""


def _any_of(words: "list[str] | set[str]") -> str:
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True))


_SMALL = f"(?:{_any_of(set(NUMBER_WORDS))})"
_WORDS = rf"\b(?:(?:a\s)?{_any_of(set(MULTIPLES))}|{_SMALL}(?:[ -](?:and\s)?(?:{_SMALL}|{_any_of(set(MULTIPLES))}))*)\b"
_DIGITS = r"(?:\d{1,3}(?:[.,'\u00a0\u202f]\d{3})+(?:[.,]\d{1,2})?(?!\d)|\d+(?:[.,]\d+)?)[½¼¾]?|[½¼¾]"
_SIGN = r"[€£$]|(?:EUR|GBP|USD|CHF)(?=\s?\d)"
_UNIT = f"(?:{_any_of(set(UNITS))})(?!\\w)"


def _quantities(number: str, start: str) -> re.Pattern[str]:
    """`start` tells cheaply where one may begin."""
    return re.compile(
        rf"(?={start})(?:(?:(?P<sign>{_SIGN})\s?)?(?<![\w.,])(?P<low>{number})"
        rf"(?:\s?(?P<between>{_BETWEEN_TWO})\s?(?P<second>{_SIGN})?\s?(?P<high>{number})(?!\w))?"
        rf"(?(sign)|(?:[\s-]?(?P<unit>{_UNIT}))?)(?!\w|\.\d)"
        rf"|(?<![\w-])(?P<code>{_CODE})|(?P<half>{_HALF_HOUR}))",
        re.IGNORECASE,
    )


_BETWEEN_TWO = r"-|–|—|×|x|\bto\b|\bor\b|\band\b|\bbis\b|\boder\b|\bund\b|à|\bou\b|\bet\b|\ba\b|\bo\b|\by\b"
_CODE = r"[A-Za-z]{1,8}+\d\w*(?:[.-]\d\w*)*|\d+[A-Za-z]\w*|(?-i:[A-Z]{1,6}+-\d[\w-]*)|\d+(?:\.\d+){2,}"
_HALF_HOUR = r"\bhalf an hour\b|\bhalbe Stunde\b|\bdemi-heure\b|\bmedia hora\b"
_QUANTITY = _quantities(_DIGITS, r"[\d½¼¾€£$]|(?<!\w)[A-Z]{1,8}+(?:-?\d|\s\d)")
_QUANTITY_IN_WORDS = _quantities(f"{_DIGITS}|{_WORDS}", r"[\d½¼¾€£$]|(?<!\w)[A-Z]")

_FRACTIONS = {"½": 0.5, "¼": 0.25, "¾": 0.75}
_SIGNS = {"€": "EUR", "£": "GBP", "$": "USD"}
_BOTH_ENDS = frozenset({"and", "und", "et", "y"})
_BETWEEN = re.compile(r"(?:between|zwischen|entre)\s?$", re.IGNORECASE)
_ORDINAL = re.compile(r"\d+(?:st|nd|rd|th)$", re.IGNORECASE)


def read_values(text: str) -> frozenset[Value]:
    """Every value that the text states. Equal values are equal however they are written: "thirty days", "30-day"."""
    return frozenset(values_in_order(text))


def values_in_order(text: str) -> list[Value]:
    """The same in the order of reading: each kind's from left to right, a range's lower end first."""
    found: list[Value] = []
    if "@" in text:
        text = _take(_EMAIL, text, _email, found)
    if text.find(".", 0, -1) >= 0 or "://" in text:
        text = _take(_LINK, text, _link, found)
    words = frozenset(_WORD.findall(text.lower()))
    if not WEEKDAY_WORDS.isdisjoint(words):
        text = _take(WEEKDAY, text, weekday_values, found)
    has_digit = _HAS_DIGIT.search(text) is not None
    if has_digit:
        text = _without_dates(text, words, found)
    in_words = not _COUNTING.isdisjoint(words)
    if has_digit or in_words:
        _take(_QUANTITY_IN_WORDS if in_words else _QUANTITY, text, _quantity, found)
    return found


_WORD = re.compile(r"[^\W\d_]+")
_HAS_DIGIT = re.compile(r"[\d½¼¾]")
_COUNTING = frozenset(NUMBER_WORDS) | frozenset(MULTIPLES) | {"half", "halbe", "demi", "media"}


def _without_dates(text: str, words: frozenset[str], found: list[Value]) -> str:
    """Dates, times and telephone numbers are read first: what they are made of means nothing alone."""
    if _NUMERIC_DATE.search(text) or not MONTH_WORDS.isdisjoint(words):
        text = _take(DATE, text, date_values, found)
    text = _MARKS.sub(_TAKEN, text)
    if _MAYBE_TIME.search(text):
        text = _take(TIME, text, time_values, found)
    may_be_phone = len(_DIGIT.findall(text)) >= _FEWEST_DIGITS_OF_A_PHONE
    return _take(_PHONE, text, _phone, found) if may_be_phone else text


_MAYBE_TIME = re.compile(r"\d(?:[:h]\d|\.\d\d\s?(?:[ap]|uhr)|\s?(?:[ap]\.?m|uhr|o['’]))", re.IGNORECASE)
_DIGIT = re.compile(r"\d")
_NUMERIC_DATE = re.compile(r"\d[./-]\d\d?[./-]\d")


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
    if match["half"]:
        return [Value(kind=ValueKind.DURATION, canonical="s 1800", words=match[0])]
    if match["code"]:
        return _code(match["code"])
    unit = _unit_of(match)
    if match["second"] and match["sign"] and _money(match["second"]) != unit:
        return _values(match["low"], unit, match[0]) + _values(match["high"], _money(match["second"]), match[0])
    if match["high"] is None:
        return _values(match["low"], unit, match[0])
    apart = match["between"].lower() in _BOTH_ENDS and not _BETWEEN.search(match.string, 0, match.start())
    return _values(match["low"], None if apart else unit, match[0]) + _values(match["high"], unit, match[0])


def _code(words: str) -> list[Value]:
    """A name with a number in it, E4 or FS-1; ordinals such as 2nd are none."""
    if _ORDINAL.match(words):
        return []
    return [Value(kind=ValueKind.NUMBER, canonical=f"code {words.upper()}", words=words)]


def _money(sign: str) -> Unit:
    return ValueKind.MONEY, _SIGNS.get(sign.upper(), sign.upper()), 1


def _unit_of(match: re.Match[str]) -> Unit | None:
    if match["sign"]:
        return _money(match["sign"])
    return UNITS.get(" ".join(match["unit"].split()).lower()) if match["unit"] else None


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
