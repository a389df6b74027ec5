"""Sentences into claims: what they state, clause by clause, in parts that can be compared. Microseconds a word."""

import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from app.domain.checking import Value, ValueKind
from app.domain.claims import Bound, Claim, Clause, Quantity
from app.language.claim_clauses import ClauseReader
from app.language.claim_forms import Forms, Role, Token
from app.language.claim_words import BOUND_AFTER, BOUND_BEFORE, BOUND_ENDS, FUNCTION, LIMITS, word_set
from app.language.dates import MONTH_WORDS
from app.language.lexicon import lexicon_of
from app.language.units import UNITS
from app.language.values import read_values, values_in_order

_CODE = r"[A-Za-z]{1,8}+-?\d\w*(?:[.-]\d\w*)*"
_TOKEN = re.compile(rf"(?<![\w-]){_CODE}|" + r"[^\W\d_]+(?:['’][^\W\d_]+)*|\d+(?:[.,:]\d+)*|[,;:()—–!?]|\.(?=\s)")
_MARK = re.compile(r"^\s*(?:[-*•]|\d{1,2}[.)])\s+|\[\d{1,3}\]|\*\*|__|`")
_NO_LONGER = re.compile(r"\b(no|not|n't)((?: \w+)?) (?:longer|any more|anymore|any longer)\b(?! than)", re.IGNORECASE)
_ONLY_A_VALUE = re.compile(r"\(([€£$]?\s?\d[\d.,]*\s?[€£$%]?)\)")
_TOGETHER = ((re.compile(r"\b([Ee])-(mail|commerce)"), r"\1\2"), (re.compile(r"\b([Ww]i)-([Ff]i)\b"), r"\1\2"))
_ANSWER = re.compile(
    r"^(?:yes|no|ja|nein|oui|non|sí|si|great|good|sure|hi|hello)(?: there)?\s*[,!.:–—]\s*", re.IGNORECASE
)
_NAME = re.compile(
    r"(?<![\w.])(?:[A-Z][\w’']*[ ](?:[A-Z]|\d{1,3})|(?:[Ss]ize|[Ss]tep|[Tt]ype|[Ll]evel|[Cc]lass|[Gg]rade|"
    r"[Nn]umber) \d{1,3})"
    r"(?![\w%€£$]|[.,]\d)"
)
_NO_FAMILY = (
    FUNCTION
    | LIMITS
    | word_set(
        "after before within about only allow takes step steps all under over between until up every each max use"
    )
    | word_set("gbp eur usd chf")
)
"""Words that begin a sentence before a number without being the first part of a name."""

_Name = tuple[tuple[int, int], str]
"""From where to where it stands, and the name."""

_NOWHERE = (sys.maxsize, sys.maxsize)
_TO = re.compile(r"\s?(?:to|-|–|bis|à|a)\s?")
_ENDS_RANGE = re.compile(r"\b(?:from|between|von|entre|de)\b[^;.]{2,20}\b(?:to|and|bis|et|y|a)\s$", re.IGNORECASE)
_ROOM_FOR_BOUND = 26
_ROOM_FOR_UNIT = 16
_STOPS = ".,;:!?)'’"
_OPENS_UNIT = (
    frozenset(unit.split()[0] for unit in UNITS)
    | MONTH_WORDS
    | word_set("am pm a p uhr o to or and bis oder und ou et y x h of de")
)
"""Words that may stand between a number and its unit or be one."""


class _Piece(NamedTuple):
    """The tokens of a clause, and whether it was joined on as an equal: by "and" or "but", or after a semicolon, which
    is `strong`."""

    tokens: list[Token]
    equal: bool
    strong: bool
    start: int
    end: int


class ClaimReader:
    """Reads sentences of one language."""

    def __init__(self, language: str = "en", company: frozenset[str] = frozenset()) -> None:
        """`company` are its names in lower case, which are read like "we"."""
        lexicon = lexicon_of(language)
        self._clauses = ClauseReader(lexicon)
        self._form = Forms(lexicon, language, company)

    def __call__(self, text: str) -> Claim:
        plain = _plain(text)
        names = _names(plain)
        quantities = _placed(plain, [span for span, _ in names])
        clauses: list[Clause] = []
        for tokens, equal, strong, start, end in _pieces(self._tokens(plain, quantities, names), len(plain)):
            held = tuple([q for q in quantities if start <= q.at < end]) if quantities else ()
            if held or tokens:
                clause = self._clauses.read(tokens, held, equal=equal, strong=strong)
                clauses += [clause] if clause.says_something else []
        return Claim(text=text, clauses=tuple(clauses))

    def _tokens(self, plain: str, quantities: Sequence[Quantity], names: Sequence[_Name]) -> Iterator[Token]:
        """The words, names and marks, but for those within a value."""
        taken = iter(sorted([(quantity.start, quantity.end) for quantity in quantities]))
        start, end = next(taken, _NOWHERE)
        at_name = {span[0]: (span[1], text) for span, text in names}
        until, form_of = 0, self._form
        for match in _TOKEN.finditer(plain):
            at, text = match.start(), match[0]
            while at >= end:
                start, end = next(taken, _NOWHERE)
            if at < until or at >= start:
                continue
            if at in at_name:
                until, text = at_name[at]
                yield form_of(text), at
            elif not text[0].isdigit():
                yield form_of(text), at


def read_claim(text: str, language: str = "en", company: frozenset[str] = frozenset()) -> Claim:
    """What a sentence of a language states; `company` are the company's names in lower case."""
    return _reader(language[:2].lower(), company)(text)


@lru_cache(maxsize=64)
def _reader(language: str, company: frozenset[str]) -> ClaimReader:
    return ClaimReader(language, company)


def _plain(text: str) -> str:
    """Without marks of layout, an answer's first word and "longer" of "no longer"; each looked for only where it may
    stand."""
    plain = _MARK.sub(" ", text).strip()
    if "-" in plain:
        for pattern, replacement in _TOGETHER:
            plain = pattern.sub(replacement, plain)
    if "(" in plain:
        plain = _ONLY_A_VALUE.sub(r" \1 ", plain)
    if answer := _ANSWER.match(plain):
        plain = plain[answer.end() :]
    return _NO_LONGER.sub(r"\1\2", plain) if "longer" in plain or "more" in plain else plain


def _names(plain: str) -> list[_Name]:
    """ "Pour 4" and "Breeze S" are one name; "Within 3 days" is none."""
    found = (match for match in _NAME.finditer(plain) if match[0].split()[0].lower() not in _NO_FAMILY)
    return [(match.span(), match[0]) for match in found if not _followed_by_unit(plain, match)]


def _followed_by_unit(plain: str, match: re.Match[str]) -> bool:
    if not match[0][-1].isdigit():
        return False
    word = plain[match.end() : match.end() + _ROOM_FOR_UNIT].lstrip(" -").partition(" ")[0].lower().rstrip(_STOPS)
    if not word or word[0] in _STOPS or (word.isalpha() and word not in _OPENS_UNIT):
        return False
    behind = plain[match.start() + match[0].rindex(" ") + 1 : match.end() + _ROOM_FOR_UNIT]
    return any(value.kind is not ValueKind.NUMBER and behind.startswith(value.words) for value in read_values(behind))


def _placed(plain: str, names: Sequence[tuple[int, int]]) -> list[Quantity]:
    """The values in order with their places and bounds, but for numbers that are part of a name."""
    read = [value for value in values_in_order(plain) if not value.canonical.startswith("code ")]
    if not read:
        return []
    found: list[Quantity] = []
    by_words: dict[str, list[Value]] = {}
    for value in dict.fromkeys(read):
        by_words.setdefault(value.words, []).append(value)
    for words, values in by_words.items():
        for at in _places(plain, words, names):
            bound, start, end = _bound(plain, at, at + len(words))
            found += [
                Quantity(
                    value=v,
                    at=at + max(0, words.find(v.canonical.rpartition(" ")[2])),
                    start=start,
                    end=end,
                    bound=bound,
                    partner=_partner(v, values),
                )
                for v in values
            ]
    return _with_ends(plain, sorted(found, key=lambda quantity: quantity.at))


def _with_ends(plain: str, quantities: Sequence[Quantity]) -> list[Quantity]:
    """Plain numbers with nothing but "to" between them are the ends of a range."""
    found = list(quantities)
    for at, (low, high) in enumerate(pairwise(quantities)):
        between = plain[low.at + len(low.value.words) : high.at]
        if low.value.kind is high.value.kind is ValueKind.NUMBER and _TO.fullmatch(between):
            found[at], found[at + 1] = replace(low, partner=high.value), replace(high, partner=low.value)
    return found


def _places(plain: str, words: str, names: Sequence[tuple[int, int]]) -> Iterator[int]:
    """Wherever the value stands, but within a longer number or a name."""
    at = plain.find(words)
    while at >= 0:
        alone = not (words[0].isdigit() and plain[max(0, at - 1) : at].strip(" (").isalnum())
        if alone and not any(start <= at < end for start, end in names):
            yield at
        at = plain.find(words, at + len(words))


def _partner(value: Value, values: Sequence[Value]) -> Value | None:
    """The other end of a range: two values of one kind that stand in the same words. A date's parts are none."""
    if value.kind is ValueKind.DATE:
        return None
    unit = value.canonical.rpartition(" ")[0]
    return next((v for v in values if v.canonical != value.canonical and v.canonical.rpartition(" ")[0] == unit), None)


def _bound(plain: str, start: int, end: int) -> tuple[Bound, int, int]:
    """The bound of the value that stands there, and from where to where it and its bound stand."""
    first = max(0, start - _ROOM_FOR_BOUND)
    before = plain[first:start]
    for bound, pattern in BOUND_AFTER:
        if match := pattern.match(plain, end, end + _ROOM_FOR_BOUND):
            return bound, start, match.end()
    if _ENDS_RANGE.search(before):
        return Bound.AT_MOST, start, end
    if _ends_a_bound(before) and (match := BOUND_BEFORE.search(before)):
        return Bound(match.lastgroup), first + match.start(), end
    return Bound.EXACT, start, end


def _ends_a_bound(before: str) -> bool:
    return not BOUND_ENDS.isdisjoint([word.lower().lstrip("(") for word in before.split()[-2:]])


def _pieces(tokens: Iterable[Token], length: int) -> Iterator[_Piece]:
    """Cut at punctuation and before words that begin a clause, never inside a value."""
    held: list[Token] = []
    equal, strong, start, after_mark = True, False, 0, False
    for token in tokens:
        form, at = token
        is_mark = form.role is Role.MARK
        if is_mark or (form.starts and not after_mark):
            yield _Piece(held, equal, strong, start, at)
            held, start, strong, equal = [], at, form.text in ";.!?", form.equal
        elif after_mark and form.equal_after_mark:
            equal = True
        after_mark = is_mark
        if not is_mark:
            held.append(token)
    yield _Piece(held, equal, strong, start, length + 1)
