"""Whether a sentence may be shown: every value in it needs support. Pure rules; language reads the values."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum


class ValueKind(StrEnum):
    """What kind of statement a value makes."""

    LINK = "link"
    EMAIL = "email"
    PHONE = "phone"
    MONEY = "money"
    PERCENT = "percent"
    DATE = "date"
    TIME = "time"
    DURATION = "duration"
    MEASURE = "measure"
    NUMBER = "number"


@dataclass(frozen=True, kw_only=True)
class Value:
    """One comparable value: `canonical` is equal for "30 days" and "thirty days", for "€20" and "20 euros";
    `words` is how it stands in the text."""

    kind: ValueKind
    canonical: str
    words: str = field(compare=False)


@dataclass(frozen=True, kw_only=True)
class Draft:
    """A sentence that nobody has checked yet; `cited` are passage ids as the answerer gave them. `at_once`: the whole
    answer is there already, nobody waits for the next one. `quoted`: the words are the passage's own."""

    text: str
    lead: str = ""
    cited: tuple[str, ...] = ()
    at_once: bool = False
    quoted: bool = False


class Fault(StrEnum):
    """Why a sentence is withheld."""

    UNSUPPORTED_VALUE = "unsupported_value"
    UNKNOWN_CITATION = "unknown_citation"
    NOT_CARRIED = "not_carried"
    COMMITS = "commits"
    PRETENDS = "pretends"


@dataclass(frozen=True, kw_only=True)
class Finding:
    """A fault of a sentence, with the words that show it."""

    fault: Fault
    words: str


@dataclass(frozen=True, kw_only=True)
class Checked:
    """What came of checking a sentence: empty `findings` when it may be shown, else what to quote in its place."""

    findings: tuple[Finding, ...] = ()
    quotes: tuple[Draft, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Support:
    """What carries the sentences of a turn: the values of its passages, attributes and the customer's own words,
    and the passage ids that may be cited."""

    values: frozenset[Value]
    passage_ids: frozenset[str]


def check(draft: Draft, values: Iterable[Value], support: Support) -> tuple[Finding, ...]:
    """Empty when the sentence may be shown."""
    missing = [Finding(fault=Fault.UNSUPPORTED_VALUE, words=v.words) for v in values if v not in support.values]
    foreign = [Finding(fault=Fault.UNKNOWN_CITATION, words=c) for c in draft.cited if c not in support.passage_ids]
    return tuple(missing + foreign)


_LIMITS = re.compile(
    r"^\W*(but|however|only|unless|except|provided|this only|that only|this (?:does )?not|"
    r"aber|jedoch|nur|außer|sofern|mais|cependant|sauf|seulement|pero|sin embargo|salvo|solo)\b",
    re.IGNORECASE,
)


def limits_the_sentence_before(text: str) -> bool:
    """Whether the sentence narrows the one before it, which then may not stand alone."""
    return _LIMITS.match(text) is not None
