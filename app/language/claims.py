"""Sentences into claims: what they state, clause by clause, in parts that can be compared. Microseconds a word."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from app.domain.claims import Claim, Clause, Quantity
from app.language.claim_clauses import ClauseReader
from app.language.claim_forms import EQUAL, EQUAL_AFTER_MARK, MARK, STARTS, STRONG, Forms, Token
from app.language.claim_quantities import followed_by_unit, quantities_in
from app.language.claim_stretches import Name, Stretch, Stretches, joined, may_name, names_in
from app.language.lexicon import lexicon_of
from app.language.plain_forms import plain_forms
from app.language.value_hints import may_state_values

_MARK = re.compile(r"^\s*(?:[-*•]|\d{1,2}[.)])\s+|\[\d{1,3}\]|\*\*|__|`")
_NO_LONGER = re.compile(r"\b(no|not|n't)((?: \w+)?) (?:longer|any more|anymore|any longer)\b(?! than)", re.IGNORECASE)
_ANY_MORE = re.compile(r"y ?more", re.IGNORECASE)
_ONLY_A_VALUE = re.compile(r"\(([€£$]?\s?\d[\d.,]*\s?[€£$%]?)\)")
_HYPHEN_WITHIN = re.compile(r"-(?:(?<=\b[Ee]-)(?=mail|commerce)|(?<=\b[Ww]i-)(?=[Ff]i\b))")
_ANSWER = re.compile(
    r"^(?:yes|no|ja|nein|oui|non|sí|si|great|good|sure|hi|hello)(?: there)?\s*[,!.:–—]\s*", re.IGNORECASE
)
_ANSWERS_BEGIN = frozenset("yjnosghYJNOSGHſ")

_Piece = tuple[Sequence[Token], int, bool, bool, int]
"""The tokens of a clause and what they tell of it; whether it was joined on as an equal: by "and" or "but"; whether by
as strong a mark as a semicolon; where it ends."""


class ClaimReader:
    """Reads sentences of one language."""

    def __init__(self, language: str = "en", company: frozenset[str] = frozenset()) -> None:
        """`company` are its names in lower case, which are read like "we"."""
        lexicon = lexicon_of(language)
        self._clauses = ClauseReader(lexicon)
        self._form = Forms(lexicon, language, company)
        self._stretches = Stretches(self._form)

    def __call__(self, text: str) -> Claim:
        plain = _plain(text)
        stretches = self._stretches.of(plain)
        hints, tokens = joined(stretches)
        names = _names(plain, stretches) if may_name(hints) else ()
        quantities = quantities_in(plain, hints, names) if may_state_values(hints) else ()
        if quantities:
            tokens = _outside(tokens, sorted([(quantity.start, quantity.end) for quantity in quantities]))
        if names:
            tokens = self._with_names(tokens, names)
        return Claim(text=text, clauses=tuple(self._read(tokens, quantities, len(plain))))

    def _read(self, tokens: Sequence[Token], quantities: Sequence[Quantity], length: int) -> list[Clause]:
        clauses: list[Clause] = []
        first = 0
        for held, tells, equal, strong, end in _pieces(tokens, length):
            until = first
            while until < len(quantities) and quantities[until].at < end:
                until += 1
            if held or until > first:
                placed = tuple(quantities[first:until])
                clause = self._clauses.read(held, tells, placed, equal=equal, strong=strong)
                clauses += [clause] if clause.says_something else []
            first = until
        return clauses

    def _with_names(self, tokens: Sequence[Token], names: Iterable[Name]) -> list[Token]:
        """A name as one word, unless its first is part of a value."""
        places = [at for _, at in tokens]
        told: list[Token] = []
        first = 0
        for name in names:
            index = bisect_left(places, name.start, first)
            if index < len(places) and places[index] == name.start:
                told += [*tokens[first:index], (self._form(name.text), name.start)]
                first = bisect_left(places, name.end, index)
        return [*told, *tokens[first:]]


def read_claim(text: str, language: str = "en", company: frozenset[str] = frozenset()) -> Claim:
    """What a sentence of a language states; `company` are the company's names in lower case."""
    tongue = language[:2].lower()
    return _reader(tongue, company)(plain_forms(text) if tongue == "en" else text)


@lru_cache(maxsize=64)
def _reader(language: str, company: frozenset[str]) -> ClaimReader:
    return ClaimReader(language, company)


def _plain(text: str) -> str:
    """Without marks of layout, an answer's first word and "longer" of "no longer"; each looked for only where it may
    stand."""
    marked = not text[:1].isalpha() or "[" in text or "*" in text or "_" in text or "`" in text
    plain = (_MARK.sub(" ", text) if marked else text).strip()
    if "-" in plain:
        plain = _HYPHEN_WITHIN.sub("", plain)
    if "(" in plain:
        plain = _ONLY_A_VALUE.sub(r" \1 ", plain)
    if plain[:1] in _ANSWERS_BEGIN and (answer := _ANSWER.match(plain)):
        plain = plain[answer.end() :]
    may_end = "longer" in plain or ("more" in plain and _ANY_MORE.search(plain))
    return _NO_LONGER.sub(r"\1\2", plain) if may_end else plain


def _outside(tokens: Sequence[Token], taken: Iterable[tuple[int, int]]) -> list[Token]:
    """The words and marks that stand before, between and behind what is taken, which is in order."""
    places = [at for _, at in tokens]
    told: list[Token] = []
    first = 0
    for start, end in taken:
        index = bisect_left(places, start, first)
        told += tokens[first:index]
        first = bisect_left(places, end, index)
    return [*told, *tokens[first:]]


def _names(plain: str, stretches: Sequence[Stretch]) -> list[Name]:
    return [name for name in names_in(plain, stretches) if not followed_by_unit(plain, name)]


def _pieces(tokens: Sequence[Token], length: int) -> Iterator[_Piece]:
    """Cut at punctuation and before words that begin a clause, never inside a value."""
    equal, strong, first, behind_mark, tells = True, False, 0, -1, 0
    for index, (form, at) in enumerate(tokens):
        if form.cuts:
            does = form.does
            if does & MARK or (does & STARTS and behind_mark != index):
                yield tokens[first:index], tells, equal, strong, at
                equal, strong, first, tells = does & EQUAL != 0, does & STRONG != 0, index, 0
            elif does & EQUAL_AFTER_MARK and behind_mark == index:
                equal = True
            if does & MARK:
                behind_mark = first = index + 1
                continue
        if form.tells:
            tells |= form.tells
    yield tokens[first:], tells, equal, strong, length + 1
