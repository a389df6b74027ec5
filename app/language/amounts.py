"""What a statement says in amounts that may be compared: how much, how long, how often, on which day, how many."""

import re
from collections import Counter
from collections.abc import Iterator

from app.domain.checking import Value, ValueKind
from app.domain.contradictions import Amount
from app.language.addresses import addresses_in
from app.language.values import read_values

EVERY, COUNT, ADDRESS = "every", "count", "address"
"""Units of what happens again and again, of what is merely counted, and of where something is."""

_MONTH_SECONDS = 30.44 * 86_400


def amounts_in(text: str) -> Iterator[tuple[ValueKind, Amount]]:
    """Where the text holds one amount of a unit, or one range. Of several nobody can tell which is meant."""
    yield from _named(text)
    found = [(value, amount) for value in read_values(text) if (amount := _amount(value, text))]
    units = Counter(amount.unit for _, amount in {(value.words, amount) for value, amount in found})
    several = {value.kind for value, amount in found if value.kind is ValueKind.MONEY and units[amount.unit] > 1}
    for value, amount in found:
        if value.kind not in several and all(v.words == value.words for v, a in found if a.unit == amount.unit):
            yield value.kind, amount


def _named(text: str) -> Iterator[tuple[ValueKind, Amount]]:
    """What is no value by itself: the day of a month, and a street address."""
    days = {match["day"] or match["abroad"] for match in _DAY_OF_MONTH.finditer(text)}
    places = set(addresses_in(text))
    for kind, unit, said in ((ValueKind.DATE, "day of the month", days), (ValueKind.NUMBER, ADDRESS, places)):
        if len(said) == 1:
            yield kind, Amount(unit=unit, canonical=said.pop())


_DAY_OF_MONTH = re.compile(
    r"\b(?:the|on|by) (?P<day>[1-3]?\d)(?:st|nd|rd|th)\b(?= of (?:the|each|every) month|\W*$|[.,;)])"
    r"|\b(?:am|zum|le|el|día) (?P<abroad>[1-3]?\d)\.? "
    r"(?:(?:des|jedes) Monats|(?:du|de chaque) mois|(?:del|de cada) mes)",
    re.IGNORECASE,
)


def _amount(value: Value, text: str) -> Amount | None:
    """None for what only names something: links, codes."""
    unit, _, number = value.canonical.rpartition(" ")
    match value.kind:
        case ValueKind.TIME:
            return Amount(unit="time", canonical=value.canonical)
        case ValueKind.DATE:
            return (
                None if _IF_A_DAY.match(text) else Amount(unit="weekday" if unit else "date", canonical=value.canonical)
            )
        case ValueKind.DURATION if unit in ("s", "month"):
            seconds = float(number) * (_MONTH_SECONDS if unit == "month" else 1)
            unit = EVERY if _stands_by(_AGAIN, "", value, text) else "duration"
            return Amount(unit=unit, canonical=value.canonical, size=seconds)
        case ValueKind.NUMBER if not unit:
            return Amount(unit=COUNT, canonical=value.canonical, size=float(number))
        case ValueKind.MONEY if _stands_by(_LIMIT_BEFORE, _LIMIT_BEHIND, value, text):
            return Amount(unit=f"{unit} as a limit", canonical=value.canonical, size=float(number))
        case ValueKind.DURATION | ValueKind.MONEY | ValueKind.PERCENT | ValueKind.MEASURE:
            return Amount(unit=unit, canonical=value.canonical, size=float(number))
        case _:
            return None


def _stands_by(before: str, behind: str, value: Value, text: str) -> bool:
    words = re.escape(value.words)
    either = rf"(?:{before})\s?(?:[€£$]?\s?[\d.,]+ ?\()?{words}" + (rf"|{words}\)?,? (?:{behind})" if behind else "")
    return re.search(either, text, re.IGNORECASE) is not None


_AGAIN = r"\b(?:every|each|alle|jede[nrs]?|toutes les|tous les|cada)"
_LIMIT_BEFORE = (
    r"\b(?:below|above|over|under|from|at least|more than|less than|value of|worth|orders of|ab|über|unter|à partir de"
    r"|desde|más de|plus de)"
)
_LIMIT_BEHIND = r"or more|or less|and more|and over|oder mehr|ou plus|o más"
_IF_A_DAY = re.compile(r"\W*(?:if|when|falls|wenn|si)\b", re.IGNORECASE)
