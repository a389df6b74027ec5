"""Values as they stand in a text, and the words around them. Our own reading: the one under test may be wrong."""

import re
from dataclasses import dataclass
from functools import lru_cache

_NUMBER = r"\d+(?:,\d{3})*(?:\.\d+)?"
_DURATIONS = r"seconds?|minutes?|hours?|working days?|days?|weeks?|months?|years?"
_MEASURES = r"GHz|Hz|kWh|kW|W|V|mAh|kg|mg|ml|mm|cm|km|g|m²|m³|°C|dB\(A\)|litres?|feet|inches|m|GB|MB|KB"

_PATTERNS = {
    "date": r"\d{1,2} (?:January|February|March|April|May|June|July|August|September|October|November|December)"
    r"(?: \d{4})?",
    "time": r"\b\d{1,2}:\d{2}\b",
    "price": rf"[£€]{_NUMBER}",
    "percent": rf"\b{_NUMBER}\s?%",
    "duration": rf"\b{_NUMBER}(?: (?:to|or) {_NUMBER})?[ -](?:{_DURATIONS})\b",
    "measure": rf"\b{_NUMBER}(?: (?:to|or) {_NUMBER})? (?:{_MEASURES})(?!\w)",
    "count": r"(?<![\w.,-])(?<!Pour )(?<!HDMI )(?<!USB )(?<!size )\d{1,3}"
    r"(?= (?:other |free |full |gift |recovery |wrong |air )?"
    r"(?!costs|has\b|is\b|was\b|uses|needs|pauses|switches|does)[a-z]{3,}s\b)",
}
_VALUE = re.compile("|".join(f"(?P<{kind}>{pattern})" for kind, pattern in _PATTERNS.items()))
_UNIT = re.compile(rf"(?:{_DURATIONS}|{_MEASURES})$")


@dataclass(frozen=True, kw_only=True)
class Found:
    """A value in a text: `key` is the same for "2-year" and "2 years"."""

    kind: str
    words: str
    start: int
    end: int

    @property
    def unit(self) -> str:
        """Also a currency's sign; "" where there is none."""
        if self.kind == "price":
            return self.words[0]
        found = _UNIT.search(self.words)
        return found[0] if found else ""

    @property
    def key(self) -> str:
        number = re.sub(r"[^\d.:]+", " ", self.words.replace(",", "")).strip()
        return f"{number} {_singular(self.unit)}" if self.kind != "date" else self.words

    @property
    def number(self) -> float | None:
        """None for a range, a date, a time."""
        digits = re.findall(_NUMBER, self.words)
        plain = self.kind not in ("date", "time") and len(digits) == 1
        return float(digits[0].replace(",", "")) if plain else None

    def replaced_in(self, text: str, words: str) -> str:
        return text[: self.start] + words + text[self.end :]


def values_in(text: str) -> list[Found]:
    return [
        Found(kind=match.lastgroup or "", words=match[0], start=match.start(), end=match.end())
        for match in _VALUE.finditer(text)
    ]


@lru_cache(50_000)
def keys_in(text: str) -> frozenset[str]:
    return frozenset(value.key for value in values_in(text))


def _singular(unit: str) -> str:
    return unit.removesuffix("s") if len(unit) > 2 else unit


_WORD = re.compile(r"[A-Za-zÀ-ÿ][\w'-]*\w|\b[A-Z0-9]{1,3}\b")
_STOP = frozenset(
    re.findall(
        r"\w+",
        """a an and any are as at be been but by can cannot do does for from get gets had has have how if in into is it
        its may me more most must my no not of on only or our out per so than that the their them then there these they
        this those to up us was we what when where which while who will with within without you your""",
    )
)


@lru_cache(50_000)
def weighty(text: str) -> frozenset[str]:
    """The words that tell what a sentence is about, without their endings and without its values."""
    for value in reversed(values_in(text)):
        text = value.replaced_in(text, " ")
    return frozenset(_stem(word.lower()) for word in _WORD.findall(text) if word.lower() not in _STOP)


def _stem(word: str) -> str:
    word = word.removesuffix("'s")
    for ending in ("ations", "ation", "ions", "ion", "ings", "ing", "ies", "ied", "es", "ed", "s", "y", "e"):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word[: -len(ending)]
    return word


def share(words: frozenset[str], held: frozenset[str]) -> float:
    """Of `words`, what stands in `held`."""
    return len(words & held) / len(words) if words else 0.0
