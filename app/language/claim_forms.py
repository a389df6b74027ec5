"""What a word as it is written does in a clause, looked up once: a reader meets the same few thousand again and
again."""

import re
from dataclasses import dataclass
from enum import Enum, auto

from app.domain.claims import Mode, Person
from app.language.claim_words import (
    AFTER_A_MARK,
    ALL,
    COORDINATES,
    EACH,
    FUNCTION,
    FUNCTION_ABROAD,
    MODES,
    NEGATIONS,
    NEGATIVE_ENDING,
    PERSONS,
    STARTS_CLAUSE,
    SUBJECTS,
)
from app.language.lexicon import Lexicon, Meaning

REMEMBERED = 50_000
_CODED = re.compile(r"[A-Za-z]{1,8}-?\d\w*$")


class Role(Enum):
    """What a word does."""

    MARK = auto()
    COMPANY = auto()
    NEGATION = auto()
    EACH = auto()
    ALL = auto()
    SILENT = auto()
    CONTENT = auto()


@dataclass(frozen=True, kw_only=True, slots=True)
class Form:
    """A written word or mark. `meaning` is None where it has none but its `name`: "E4"; "Pour 4" has both.

    `is_subject`: it lets a person act; `opens`: a phrase may begin with it; `parts`: a verb whose particle may stand
    apart. `starts`, `equal` and `equal_after_mark` tell whether a clause begins with it, joined on as an equal."""

    text: str
    lower: str
    stem: str
    role: Role
    name: Meaning | None
    meaning: Meaning | None
    is_upper: bool
    is_subject: bool
    person: Person | None
    mode: Mode | None
    opens: bool
    parts: bool
    starts: bool
    equal: bool
    equal_after_mark: bool


Token = tuple[Form, int]
"""A word, a name or a mark, and where it stands in the text."""


class Forms:
    """The forms of one language; `company` are the company's names in lower case."""

    def __init__(self, lexicon: Lexicon, language: str, company: frozenset[str]) -> None:
        self._lexicon = lexicon
        self._company = company
        self._silent = FUNCTION | FUNCTION_ABROAD.get(language, frozenset()) | frozenset(MODES) | frozenset(PERSONS)
        self._known: dict[str, Form] = {}

    def __call__(self, text: str) -> Form:
        form = self._known.get(text)
        if form is None:
            form = self._new(text)
            if len(self._known) < REMEMBERED:
                self._known[text] = form
        return form

    def _new(self, text: str) -> Form:
        lower = text.lower().replace("’", "'")
        stem = self._lexicon.stem(lower)
        name, meaning = self._meanings(text)
        return Form(
            text=text,
            lower=lower,
            stem=stem,
            role=self._role(lower),
            name=name,
            meaning=meaning,
            is_upper=text[0].isupper(),
            is_subject=lower in SUBJECTS,
            person=PERSONS.get(lower),
            mode=MODES.get(lower),
            opens=self._lexicon.opens_phrase(stem),
            parts=self._lexicon.parts(stem),
            starts=lower in STARTS_CLAUSE,
            equal=text in ";.!?:—–" or lower in COORDINATES,
            equal_after_mark=lower in AFTER_A_MARK,
        )

    def _meanings(self, text: str) -> tuple[Meaning | None, Meaning | None]:
        """A name's own meaning, and that of the word or of a name's first part."""
        family, _, member = text.rpartition(" ")
        if (text[-1].isdigit() and not family) or _CODED.match(text):
            return _name(text.upper()), None
        name = _name(f"{family} {member}".lower()) if family else None
        return name, self._lexicon.of_word(family or member)

    def _role(self, lower: str) -> Role:
        if not lower[0].isalnum():
            return Role.MARK
        if lower in self._company:
            return Role.COMPANY
        if negates(lower):
            return Role.NEGATION
        if lower in EACH:
            return Role.EACH
        if lower in ALL:
            return Role.ALL
        return Role.SILENT if lower in self._silent else Role.CONTENT


def negates(lower: str) -> bool:
    return lower in NEGATIONS or lower.endswith(NEGATIVE_ENDING)


def _name(written: str) -> Meaning:
    return Meaning(stem=written, senses=frozenset([written]))
