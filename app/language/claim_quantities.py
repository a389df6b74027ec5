"""The values of a sentence with their places and bounds: "up to" is not "exactly"."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from app.domain.checking import Value, ValueKind
from app.domain.claims import Bound, Quantity
from app.language.claim_stretches import Name
from app.language.claim_words import BOUND_AFTER, BOUND_BEFORE, BOUND_ENDS, BOUND_OF, word_set
from app.language.dates import MONTH_WORDS
from app.language.units import UNITS
from app.language.values import read_values, values_by_hints

_TO = re.compile(r"\s?(?:to|-|–|bis|à|a)\s?")
_ENDS_RANGE = re.compile(r"\b(?:from|between|von|entre|de)\b[^;.]{2,20}\b(?:to|and|bis|et|y|a)\s$")
_RANGE_WORDS = ("to", "and", "bis", "et", "y", "a")
_ROOM_FOR_BOUND = 26
_ROOM_FOR_UNIT = 16
_STOPS = ".,;:!?)'’"
_OPENS_UNIT = (
    frozenset(unit.split()[0] for unit in UNITS)
    | MONTH_WORDS
    | word_set("am pm a p uhr o to or and bis oder und ou et y x h of de")
)
"""Words that may stand between a number and its unit or be one."""


def quantities_in(plain: str, hints: int, names: Sequence[Name]) -> list[Quantity]:
    """In order; numbers that are part of a name are none."""
    read = [value for value in values_by_hints(plain, hints) if not value.canonical.startswith("code ")]
    if not read:
        return []
    found: list[Quantity] = []
    for words, values in _by_words(read).items():
        for at in _places(plain, words, names):
            bound, start, end = _bound(plain, at, at + len(words))
            for value in values:
                where = at + max(0, words.find(value.canonical.rpartition(" ")[2]))
                partner = _partner(value, values)
                found.append(Quantity(value=value, at=where, start=start, end=end, bound=bound, partner=partner))
    return _with_ends(plain, sorted(found, key=lambda quantity: quantity.at)) if len(found) > 1 else found


def _by_words(values: Sequence[Value]) -> Mapping[str, Sequence[Value]]:
    """Different values, in order."""
    if len(values) == 1:
        return {values[0].words: values}
    by_words: dict[str, list[Value]] = {}
    for value in dict.fromkeys(values):
        by_words.setdefault(value.words, []).append(value)
    return by_words


def followed_by_unit(plain: str, name: Name) -> bool:
    """Whether a name's number belongs to what stands behind it: "Friday 5 pm"."""
    if not name.text[-1].isdigit():
        return False
    word = plain[name.end : name.end + _ROOM_FOR_UNIT].lstrip(" -").partition(" ")[0].lower().rstrip(_STOPS)
    if not word or word[0] in _STOPS or (word.isalpha() and word not in _OPENS_UNIT):
        return False
    behind = plain[name.start + name.text.rindex(" ") + 1 : name.end + _ROOM_FOR_UNIT]
    return any(value.kind is not ValueKind.NUMBER and behind.startswith(value.words) for value in read_values(behind))


def _with_ends(plain: str, quantities: Sequence[Quantity]) -> list[Quantity]:
    """Plain numbers with nothing but "to" between them are the ends of a range."""
    found = list(quantities)
    for at, (low, high) in enumerate(pairwise(quantities)):
        between = plain[low.at + len(low.value.words) : high.at]
        if low.value.kind is high.value.kind is ValueKind.NUMBER and _TO.fullmatch(between):
            found[at], found[at + 1] = replace(low, partner=high.value), replace(high, partner=low.value)
    return found


def _places(plain: str, words: str, names: Sequence[Name]) -> Iterator[int]:
    """Wherever the value stands, but within a longer number or a name."""
    at = plain.find(words)
    while at >= 0:
        alone = at == 0 or not words[0].isdigit() or not plain[at - 1].isalnum()
        if alone and not (names and any(name.start <= at < name.end for name in names)):
            yield at
        at = plain.find(words, at + len(words))


def _partner(value: Value, values: Sequence[Value]) -> Value | None:
    """The other end of a range: two values of one kind that stand in the same words. A date's parts are none."""
    if len(values) == 1 or value.kind is ValueKind.DATE:
        return None
    unit = value.canonical.rpartition(" ")[0]
    return next((v for v in values if v.canonical != value.canonical and v.canonical.rpartition(" ")[0] == unit), None)


def _bound(plain: str, start: int, end: int) -> tuple[Bound, int, int]:
    """The bound of the value that stands there, and from where to where it and its bound stand."""
    if match := BOUND_AFTER.match(plain, end, end + _ROOM_FOR_BOUND):
        return Bound(match.lastgroup), start, match.end()
    before = plain[max(0, start - _ROOM_FOR_BOUND) : start].lower()
    last = before.rsplit(None, 2)[-2:]
    if not last:
        return Bound.EXACT, start, end
    if last[-1].endswith(_RANGE_WORDS) and _ENDS_RANGE.search(before):
        return Bound.AT_MOST, start, end
    found = _bound_before(f" {before}", last[0].lstrip("("), last[-1].lstrip("("))
    return (found[0], max(0, start - found[1]), end) if found else (Bound.EXACT, start, end)


def _bound_before(before: str, last_but_one: str, last: str) -> tuple[Bound, int] | None:
    """The bound with which the text ends, in lower case, and how many signs it takes with the space before it."""
    if (bound := BOUND_OF.get(last)) and before[-1].isspace() and not before[-2].isspace():
        return bound, len(last) + len("  ")
    if (last in BOUND_ENDS or last_but_one in BOUND_ENDS) and (match := BOUND_BEFORE.search(before)):
        return Bound(match.lastgroup), len(before) - match.start()
    return None
