"""Sentences into claims: what they state, clause by clause, in parts that can be compared. Microseconds a word."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from app.domain.checking import Value, ValueKind
from app.domain.claims import Bound, Claim, Clause, Quantity
from app.language.claim_clauses import ClauseReader, Token
from app.language.claim_words import AFTER_A_MARK, BOUND_AFTER, BOUND_BEFORE, COORDINATES, FUNCTION, LIMITS, STARTS_CLAUSE
from app.language.values import read_values

_CODE = r"[A-Za-z]{1,8}-?\d\w*(?:[.-]\d\w*)*"
_TOKEN = re.compile(rf"(?<![\w-]){_CODE}|" + r"[^\W\d_]+(?:['’][^\W\d_]+)*|\d+(?:[.,:]\d+)*|[,;:()—–!?]|\.(?=\s)")
_MARK = re.compile(r"^\s*(?:[-*•]|\d{1,2}[.)])\s+|\[\d{1,3}\]|\*\*|__|`")
_NO_LONGER = re.compile(r"\b(no|not|n't)((?: \w+)?) (?:longer|any more|anymore|any longer)\b(?! than)", re.IGNORECASE)
_ONLY_A_VALUE = re.compile(r"\(([€£$]?\s?\d[\d.,]*\s?[€£$%]?)\)")
_TOGETHER = ((re.compile(r"\b([Ee])-(mail|commerce)"), r"\1\2"), (re.compile(r"\b([Ww]i)-([Ff]i)\b"), r"\1\2"))
_ANSWER = re.compile(
    r"^(?:yes|no|ja|nein|oui|non|sí|si|great|good|sure|hi|hello)(?: there)?\s*[,!.:–—]\s*", re.IGNORECASE
)
_NAME = re.compile(
    r"(?<![\w.])(?:[A-Z][\w’']*[ ](?:[A-Z]|\d{1,3})|(?:[Ss]ize|[Ss]tep|[Tt]ype|[Ll]evel|[Cc]lass|[Gg]rade|[Nn]umber) \d{1,3})"
    r"(?![\w%€£$]|[.,]\d)"
)
_NO_FAMILY = FUNCTION | LIMITS | frozenset(
    "after before within about only allow takes step steps all under over between until up every each max use gbp eur usd chf".split()
)
"""Words that begin a sentence before a number without being the first part of a name."""

_TO = re.compile(r"\s?(?:to|-|–|bis|à|a)\s?")
_ROOM_FOR_BOUND = 26


@dataclass(frozen=True)
class _Piece:
    """The tokens of a clause, and whether it was joined on as an equal: by "and" or "but", or after a semicolon, which
    is `strong`."""

    tokens: tuple[Token, ...]
    equal: bool
    strong: bool
    start: int
    end: int


class ClaimReader:
    """Reads sentences of one language."""

    def __init__(self, language: str = "en", company: frozenset[str] = frozenset()) -> None:
        """`company` are its names in lower case, which are read like "we"."""
        self._clauses = ClauseReader(language, company)

    def __call__(self, text: str) -> Claim:
        plain = self._plain(text)
        names = _names(plain)
        quantities = _placed(plain, [span for span, _ in names])
        clauses = [self._clause(piece, quantities) for piece in _pieces(plain, quantities, names)]
        return Claim(text=text, clauses=tuple(clause for clause in clauses if clause.says_something))

    def _plain(self, text: str) -> str:
        plain = _MARK.sub(" ", text).strip()
        for pattern, replacement in _TOGETHER:
            plain = pattern.sub(replacement, plain)
        plain = _ONLY_A_VALUE.sub(r" \1 ", plain)
        return _NO_LONGER.sub(r"\1\2", _ANSWER.sub("", plain))

    def _clause(self, piece: _Piece, quantities: Sequence[Quantity]) -> Clause:
        held = tuple(quantity for quantity in quantities if piece.start <= quantity.at < piece.end)
        clause = self._clauses.read(piece.tokens, held)
        return replace(clause, own=piece.strong or (piece.equal and clause.own), equal=piece.equal)


def read_claim(text: str, language: str = "en", company: frozenset[str] = frozenset()) -> Claim:
    """What a sentence of a language states; `company` are the company's names in lower case."""
    return _reader(language[:2].lower(), company)(text)


@lru_cache(maxsize=64)
def _reader(language: str, company: frozenset[str]) -> ClaimReader:
    return ClaimReader(language, company)


def _names(plain: str) -> list[tuple[tuple[int, int], str]]:
    """ "Pour 4" and "Breeze S" are one name; "Within 3 days" is none."""
    found = (match for match in _NAME.finditer(plain) if match[0].split()[0].lower() not in _NO_FAMILY)
    return [(match.span(), match[0]) for match in found if not _followed_by_unit(plain, match)]


def _followed_by_unit(plain: str, match: re.Match[str]) -> bool:
    if not match[0][-1].isdigit():
        return False
    behind = plain[match.start() + match[0].rindex(" ") + 1 : match.end() + 16]
    return any(value.kind is not ValueKind.NUMBER and behind.startswith(value.words) for value in read_values(behind))


def _placed(plain: str, names: Sequence[tuple[int, int]]) -> list[Quantity]:
    """The values in order with their places and bounds, but for numbers that are part of a name."""
    found: list[Quantity] = []
    by_words: dict[str, list[Value]] = {}
    for value in read_values(plain):
        if value.canonical.startswith("code "):
            continue
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
    for at, (low, high) in enumerate(zip(quantities, quantities[1:], strict=False)):
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
    before, after = plain[first:start], plain[end : end + _ROOM_FOR_BOUND]
    for bound, pattern in BOUND_AFTER:
        if match := pattern.search(after):
            return bound, start, end + match.end()
    for bound, pattern in BOUND_BEFORE:
        if match := pattern.search(before):
            return bound, first + match.start(), end
    return Bound.EXACT, start, end


def _pieces(
    plain: str, quantities: Sequence[Quantity], names: Sequence[tuple[tuple[int, int], str]]
) -> Iterator[_Piece]:
    """Cut at punctuation and before words that begin a clause, never inside a value."""
    taken = [(q.start, q.end) for q in quantities]
    held: list[Token] = []
    equal, strong, start, after_mark = True, False, 0, False
    for token in _tokens(plain, taken, names):
        is_mark = not token.text[0].isalnum()
        begins = token.text.lower() in STARTS_CLAUSE and not after_mark
        if is_mark or begins:
            yield _Piece(tuple(held), equal, strong, start, token.at)
            held, start, strong = [], token.at, token.text in ";.!?"
            equal = token.text in ";.!?:—–" or token.text.lower() in COORDINATES
        elif after_mark and token.text.lower() in AFTER_A_MARK:
            equal = True
        after_mark = is_mark
        if not is_mark:
            held.append(token)
    yield _Piece(tuple(held), equal, strong, start, len(plain) + 1)


def _tokens(
    plain: str, taken: Sequence[tuple[int, int]], names: Sequence[tuple[tuple[int, int], str]]
) -> Iterator[Token]:
    at_name = {span[0]: (span[1], text) for span, text in names}
    until = 0
    for match in _TOKEN.finditer(plain):
        at = match.start()
        if at < until or any(start <= at < end for start, end in taken):
            continue
        if at in at_name:
            until, text = at_name[at]
            yield Token(text=text, at=at)
        elif not match[0][0].isdigit():
            yield Token(text=match[0], at=at)
