"""What stands between two spaces of a sentence, read once: its words and marks, and what else it may be part of."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from app.language.claim_forms import Form, Forms, Token
from app.language.claim_words import FUNCTION, LIMITS, word_set
from app.language.value_hints import HINTS_OF, NOT_OF_VALUES, remember

_FAMILY, _MEMBER = NOT_OF_VALUES, NOT_OF_VALUES << 1
_NAMED = _FAMILY | _MEMBER
"""Bits: with the first part of a name at its end, and beginning with the second: "Pour" and "4", "size" and "L"."""

_CODE = r"[A-Za-z]{1,8}+-?\d\w*(?:[.-]\d\w*)*"
_TOKEN = re.compile(rf"(?<![\w-]){_CODE}|" + r"[^\W\d_]+(?:['’][^\W\d_]+)*|\d+(?:[.,:]\d+)*|[,;:()—–!?]|\.(?=\s)")

_KIND = "[Ss]ize|[Ss]tep|[Tt]ype|[Ll]evel|[Cc]lass|[Gg]rade|[Nn]umber"
_SECOND = r"(?:[A-Z]|\d{1,3})(?![\w%€£$]|[.,]\d)"
_NAME = re.compile(rf"(?<![\w.])(?:[A-Z][\w’']*[ ](?:[A-Z]|\d{{1,3}})|(?:{_KIND}) \d{{1,3}})(?![\w%€£$]|[.,]\d)")
_ENDS_AS_FAMILY = re.compile(rf"(?<![\w.])(?:[A-Z][\w’']*|{_KIND})$")
_BEGINS_AS_MEMBER = re.compile(_SECOND)
_NO_FAMILY = (
    FUNCTION
    | LIMITS
    | word_set(
        "after before within about only allow takes step steps all under over between until up every each max use"
    )
    | word_set("gbp eur usd chf")
)
"""Words that begin a sentence before a number without being the first part of a name."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Stretch:
    """`tokens` stand at their places within it; `form` is what it is where it is one word and no more. `length` counts
    the space behind it."""

    hints: int
    length: int
    form: Form | None
    tokens: tuple[Token, ...]


class Stretches(dict[str, Stretch]):
    """The stretches that a reader knows, by their text."""

    def __init__(self, form_of: Forms) -> None:
        super().__init__()
        self._form_of = form_of

    def __missing__(self, text: str) -> Stretch:
        tokens = tuple(self._tokens(text))
        form = tokens[0][0] if [at for _, at in tokens] == [0] else None
        stretch = Stretch(hints=_hints(text), length=len(text) + 1, form=form, tokens=tokens)
        remember(self, text, stretch)
        return stretch

    def of(self, text: str) -> list[Stretch]:
        """A full stop at the end of the text marks nothing."""
        return [*map(self.__getitem__, text.rstrip(".").split(" "))]

    def _tokens(self, text: str) -> Iterator[Token]:
        """The words and marks; numbers are read as values."""
        for match in _TOKEN.finditer(f"{text} "):
            if not match[0][0].isdigit():
                yield self._form_of(match[0]), match.start()


@dataclass(frozen=True, kw_only=True, slots=True)
class Name:
    """A name of two words, and from where to where it stands."""

    text: str
    start: int
    end: int


def joined(stretches: Sequence[Stretch]) -> tuple[int, list[Token]]:
    """All their hints, and their tokens at their places in the text."""
    hints = start = 0
    tokens: list[Token] = []
    for stretch in stretches:
        if stretch.hints:
            hints |= stretch.hints
        if (form := stretch.form) is not None:
            tokens.append((form, start))
        else:
            tokens += [(form, start + at) for form, at in stretch.tokens]
        start += stretch.length
    return hints, tokens


def names_in(text: str, stretches: Sequence[Stretch]) -> Iterator[Name]:
    """ "Pour 4" and "Breeze S" are one name; "Within 3 days" is none."""
    first = start = until = before = 0
    for stretch in stretches:
        end = start + stretch.length
        hints = stretch.hints
        if hints & _MEMBER and before & _FAMILY and (match := _NAME.search(text, max(first, until), end - 1)):
            until = match.end()
            if match[0].partition(" ")[0].lower() not in _NO_FAMILY:
                yield Name(text=match[0], start=match.start(), end=until)
        first, start, before = start, end, hints


def may_name(hints: int) -> bool:
    return hints & _NAMED == _NAMED


def _hints(text: str) -> int:
    hints = HINTS_OF[text]
    if _ENDS_AS_FAMILY.search(text):
        hints |= _FAMILY
    return hints | _MEMBER if _BEGINS_AS_MEMBER.match(text) else hints
