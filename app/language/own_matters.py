"""Whether only the company's records answer: questions about the customer's own order, payment or account."""

import re
from collections.abc import Sequence

from app.language.phrases import rules
from app.language.reading import NOTHING, Finding, Reading, read, surest

BEFORE = 3
"""Earlier messages in which the case may have been told."""

BY_NUMBER = 0.7
BY_SIGNS = 0.6
ENOUGH = 1.15
TOLD_BEFORE = 0.3
DOUBTED, DOUBTED_UNNAMED = 0.55, 0.9
"""The share of `ENOUGH` from which on it counts where search finds no good answer either; the higher one where nothing
names them or us."""

_FILES = ("own_matters", "own_matters_abroad")
_NUMBERS = re.compile(
    r"(?<![\w.,/@-])(?:[A-Za-z]{1,4}[-–/ ]?\d{5,14}|[A-Za-z]{1,4}[-–/]\d{3,14}|\d{6,14})(?![\w@]|[.,]\d)"
    r"|\b(?:order|ref(?:erence)?|invoice|claim|repair|ticket|case|tracking|customer|return|bestell|auftrags?|rechnungs?"
    r"|kunden|commande|pedido|facture|factura)(?:[- ]?(?:no|nr|n°|nº|number|nummer|num[eé]ro|n[uú]mero|id|code))?"
    r"\.?\s*(?:is|ist|est|es|:|#)?\s*(?P<named>#?[A-Za-z]{0,4}[- ]?\d{3,14})\b"
    r"|\b(?:ends|ending) (?:in|with) (?P<end>\w{3,6})\b"
    r"|(?<!\w)(?P<mail>[\w.+-]+@[\w-]+\.[\w.]*\w)",
    re.IGNORECASE,
)


def own_matter(reading: Reading, before: Sequence[str] = ()) -> Finding:
    """0.5 and above is one, below it a doubt. What was told before, or a number that was given, is looked at where the
    question alone does not say whose it is."""
    if (found := _surest("told", reading)).score:
        return found
    leaning = _surest("leaning", reading)
    if leaning.score and (numbers_in(reading.text) or _tells_a_case(reading, before)):
        return leaning
    if _record_numbers(reading.text) and not _surest("general", reading).score:
        return Finding(score=BY_NUMBER, evidence=reading.whole)
    return _by_signs(reading, before)


def _surest(table: str, reading: Reading) -> Finding:
    """In the tables of that name, of English and of the other languages."""
    return surest(*(rules(file)[table].surest(reading) for file in _FILES))


def _by_signs(reading: Reading, before: Sequence[str]) -> Finding:
    """Many small signs together; those of the message before count less. Below 0.5 it is a doubt."""
    told = sum(_weight("signs", read(text)) for text in before[-1:])
    signs = _weight("signs", reading) - _weight("against", reading) + TOLD_BEFORE * told
    share = signs / ENOUGH
    if share < (DOUBTED if _surest("whose", reading).score else DOUBTED_UNNAMED):
        return NOTHING
    return Finding(score=min(BY_SIGNS, share / 2), evidence=reading.whole)


def _weight(table: str, reading: Reading) -> float:
    return sum(found.score for file in _FILES for found in rules(file)[table].findings(reading))


def numbers_in(text: str) -> tuple[str, ...]:
    """Numbers of orders, claims and cards, and addresses, by which the records can be searched."""
    found = (match["named"] or match["end"] or match["mail"] or match.group() for match in _NUMBERS.finditer(text))
    return tuple(dict.fromkeys(number.strip(" #") for number in found))


def _tells_a_case(reading: Reading, before: Sequence[str]) -> bool:
    told = (reading, *map(read, before[-BEFORE:]))
    return any(_surest("case", each).score for each in told) or any(numbers_in(text) for text in before[-BEFORE:])


def _record_numbers(text: str) -> list[str]:
    """A mail address alone may be where to write to."""
    return [number for number in numbers_in(text) if "@" not in number]
