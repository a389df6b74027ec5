"""What people say in many forms, written in one before it is compared: numbers and days in figures, "once you have" as
"when you have", "costs nothing" as "is free of charge". English only."""

import re
from collections.abc import Callable, Iterable

from app.language.units import NUMBER_WORDS, UNITS

_WORDS = "|".join(sorted((word for word, number in NUMBER_WORDS.items() if 0 < number < 100), key=len, reverse=True))
_COUNT = rf"(?:(?P<word>{_WORDS})|(?P<digits>\d{{1,3}}))"
_PARTS_OF_A_YEAR = {"half": "6 months", "quarter of": "3 months"}
_PARTS = {"half": "0.5", "quarter of": "0.25", "three quarters of": "0.75"}
_PART = "half|(?:a )?quarter of|three[ -]quarters of"
_UNIT = "|".join(sorted((re.escape(unit) for unit in UNITS if len(unit) > 2 and unit.isalpha()), key=len, reverse=True))

_DAYS_OF_THE_YEAR = {
    "christmas eve": "24 December",
    "christmas day": "25 December",
    "boxing day": "26 December",
    "new year's eve": "31 December",
    "new year's day": "1 January",
}
_LAST_DAYS = {
    "january": 31, "march": 31, "april": 30, "may": 31, "june": 30, "july": 31, "august": 31, "september": 30,
    "october": 31, "november": 30, "december": 31,
}  # fmt: skip
"""Without February, whose end a year decides."""

_SIGNS_OF_FIGURES = (
    "half",
    "quarter",
    "full ",
    "whole ",
    "christmas",
    "boxing",
    "new year",
    "start of",
    "ning of",
    "end of",
)
"""In lower case: without any of them there is nothing to look for, as in most texts."""


def plain_forms(text: str) -> str:
    """The same text where it has none of them."""
    return in_figures(in_plain_words(text))


def in_figures(text: str) -> str:
    """Numbers and days."""
    if not _has(text, _SIGNS_OF_FIGURES):
        return text
    for pattern, written in _FORMS:
        text = pattern.sub(written, text)
    return text


def in_plain_words(text: str) -> str:
    """What joins sentences, and set phrases."""
    if not _has(text, _SIGNS_OF_PHRASES):
        return text
    return _PHRASES.sub(lambda match: _PLAIN[match.lastgroup or ""], text)


def _has(text: str, signs: Iterable[str]) -> bool:
    lower = text.lower()
    return any(map(lower.__contains__, signs))


def _number(match: re.Match[str]) -> float:
    return float(match["digits"]) if match["digits"] else NUMBER_WORDS[match["word"].lower()]


def _and_a_half(match: re.Match[str]) -> str:
    return f"{_number(match) + 0.5:g}"


def _unit_and_a_half(match: re.Match[str]) -> str:
    if match["unit"].lower() == "year":
        return "18 months"
    return f"1.5 {match['unit']}s"


def _part_of(match: re.Match[str]) -> str:
    part = match["part"].lower().replace("-", " ").removeprefix("a ")
    if match["unit"].lower() == "year" and part in _PARTS_OF_A_YEAR:
        return _PARTS_OF_A_YEAR[part]
    return f"{_PARTS[part]} {match['unit']}s"


def _whole(match: re.Match[str]) -> str:
    return f"1 {match['unit']}"


def _day_of_the_year(match: re.Match[str]) -> str:
    return _DAYS_OF_THE_YEAR[match[0].lower().replace("’", "'")]


def _edge(match: re.Match[str]) -> str:
    month = match["month"]
    if match["edge"].lower() != "end":
        return f"1 {month}"
    return f"{_LAST_DAYS[month.lower()]} {month}" if month.lower() in _LAST_DAYS else match[0]


def _edge_of_year(match: re.Match[str]) -> str:
    return f"31 December {match['year']}" if match["edge"].lower() == "end" else f"1 January {match['year']}"


def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-])(?:{pattern})(?![\w-])", re.IGNORECASE)


_EDGE = r"the (?P<edge>start|beginning|end) of"
_FORMS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], str]], ...] = (
    (_compiled(rf"{_COUNT} and a half"), _and_a_half),
    (_compiled(rf"(?:an?|one) (?P<unit>{_UNIT}) and a half"), _unit_and_a_half),
    (_compiled(rf"(?P<part>{_PART}) (?:an?|one) (?P<unit>{_UNIT})"), _part_of),
    (_compiled(r"an? (?:full|whole) (?P<unit>day|week|month|year|hour|minute)"), _whole),
    (_compiled("|".join(name.replace("'", "['’]") for name in _DAYS_OF_THE_YEAR)), _day_of_the_year),
    (_compiled(rf"{_EDGE} (?P<month>january|february|{'|'.join(m for m in _LAST_DAYS if m != 'january')})"), _edge),
    (_compiled(rf"{_EDGE} (?P<year>(?:19|20)\d\d)"), _edge_of_year),
)

_SUBJECT = r"(?=\s(?:you|it|we|they|he|she|the|your|our|this|these|its|their|there|no|none)(?:\b|['’]))"
_PLAIN_OF = {
    rf"once{_SUBJECT}|whenever": "when",
    rf"(?:as|so) long as|provid(?:ed|ing)(?: that|{_SUBJECT})|on (?:the )?condition that|should(?= you\b)": "if",
    r"except (?:when|where)|unless": "except if",
    r"(?:straight|right) away|immediately|instantly": "at once",
    r"costs (?:you )?nothing": "is free of charge",
    r"cost (?:you )?nothing": "are free of charge",
    r"at no (?:extra |additional )?(?:cost|charge)|without (?:extra )?charge|for free|free of cost": "free of charge",
    r"(?:on )?weekdays": "Monday to Friday",
    r"on a weekday": "from Monday to Friday",
    r"on your behalf": "for you",
    r"on (?:its|their) own|by themselves": "by itself",
    r"once (?:more|again)|afresh|anew": "again",
    r"(?:we|i)(?:['’]d| would)? (?:suggest|recommend)(?: that)?": "please",
    r"any(?:thing| amount)? between": "between",
}
_PLAIN = {f"f{at}": plain for at, plain in enumerate(_PLAIN_OF.values())}
_PHRASES = _compiled("|".join(f"(?P<f{at}>{pattern})" for at, pattern in enumerate(_PLAIN_OF)))
_SIGNS_OF_PHRASES = (
    "once", "whenever", "weekday", "long as", "provid", "condition", "should you", "except", "unless", "away",
    "immediately", "instantly", "nothing", "charge", "no ", "for free", "free of cost", "behalf", " own", "themselves",
    "afresh", "anew", "suggest", "recommend", "between",
)  # fmt: skip
