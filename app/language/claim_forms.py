"""What a word as it is written does in a clause, looked up once: a reader meets the same few thousand again and
again."""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from app.domain.claims import Mode, Person
from app.language.claim_words import (
    AFTER_A_MARK,
    ALL,
    COORDINATES,
    EACH,
    FUNCTION,
    FUNCTION_ABROAD,
    JOINING_WORDS,
    LEANING,
    LIMITS,
    MODE_PHRASE_WORDS,
    MODES,
    NEGATIONS,
    NEGATIVE_ENDING,
    PERSONS,
    STARTS_CLAUSE,
    SUBJECTS,
    VERB_SIGNS,
)
from app.language.lexicon import Lexicon, Meaning
from app.language.value_hints import remember

_CODED = re.compile(r"[A-Za-z]{1,8}-?\d\w*$")

CONTENT, COMPANY, DENIES, EACH_WORD, ALL_WORD, SUBJECT = (1 << at for at in range(6))
"""Bits of what a word is: one that states something, the company, "not", "each", "all", one who may act."""

MARK, STARTS, EQUAL, EQUAL_AFTER_MARK, STRONG = (1 << at for at in range(6, 11))
"""How clauses are cut: a mark, a word that a clause starts with; joined on as an equal, or so behind a mark; by a mark
as strong as a semicolon."""

SOFT, MAY_BE_SOFT, VERB_SIGN, LIMIT, JOINING, LEANS, MODE_PHRASE, NEGATIVE, FEELS = (1 << at for at in range(9))
"""Bits of what it tells of its clause. `SOFT` says nothing by itself, `MAY_BE_SOFT` that or with those behind it;
`NEGATIVE` denies within a phrase as well."""

MODE_BITS = {Mode.MUST: 1 << 9, Mode.MAY: 1 << 10, Mode.SHOULD: 1 << 11}

_IS = ((SUBJECT, SUBJECTS), (STARTS, STARTS_CLAUSE), (EQUAL, COORDINATES), (EQUAL_AFTER_MARK, AFTER_A_MARK))
_TELLS = (
    (VERB_SIGN, VERB_SIGNS),
    (LIMIT, LIMITS),
    (JOINING, JOINING_WORDS),
    (LEANS, LEANING),
    (MODE_PHRASE, MODE_PHRASE_WORDS),
)
_SPEAKS = CONTENT | COMPANY | DENIES | EACH_WORD | ALL_WORD | SUBJECT
_NEVER_SOFT = LIMITS | ALL | EACH


@dataclass(frozen=True, kw_only=True, slots=True)
class Form:
    """A written word or mark; what `does` and `tells` hold are bits. `meaning` is None where it has none but its
    `name`: "E4"; "Pour 4" has both. `plain` is the meaning of a word that states something and is no name and nobody
    who acts.

    With one of the stems `seconds` behind it it may begin a phrase, with one of the words `soft_seconds` a run of words
    that says nothing; one of the stems `particles` may belong to it further behind. `cuts`: whether a clause may end or
    begin there; `counts`: whether it says something by itself or with others."""

    lower: str
    length: int
    stem: str
    does: int
    tells: int
    cuts: bool
    counts: bool
    name: Meaning | None
    meaning: Meaning | None
    plain: Meaning | None
    is_upper: bool
    person: Person | None
    seconds: Collection[str]
    soft_seconds: Collection[str]
    particles: Collection[str]


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
            remember(self._known, text, form)
        return form

    def _new(self, text: str) -> Form:
        lower = text.lower().replace("’", "'")
        stem = self._lexicon.stem(lower)
        does = self._does(text, lower)
        seconds, particles = self._lexicon.seconds(stem), self._lexicon.particles(stem)
        name, meaning = self._meanings(text)
        return Form(
            lower=lower,
            length=len(text),
            stem=stem,
            does=does,
            tells=self._tells(lower, stem),
            cuts=does & (MARK | STARTS | EQUAL_AFTER_MARK) != 0,
            counts=bool(does & _SPEAKS or seconds or particles),
            name=name,
            meaning=meaning,
            plain=meaning if does & CONTENT and not does & SUBJECT and name is None else None,
            is_upper=text[0].isupper(),
            person=PERSONS.get(lower),
            seconds=seconds,
            soft_seconds=self._lexicon.soft_seconds(lower),
            particles=particles,
        )

    def _meanings(self, text: str) -> tuple[Meaning | None, Meaning | None]:
        """A name's own meaning, and that of the word or of a name's first part."""
        family, _, member = text.rpartition(" ")
        if (text[-1].isdigit() and not family) or _CODED.match(text):
            return _name(text.upper()), None
        name = _name(f"{family} {member}".lower()) if family else None
        return name, self._lexicon.of_word(family or member)

    def _does(self, text: str, lower: str) -> int:
        does = self._part(lower) | _bits(lower, _IS)
        if text in ";.!?:—–":
            does |= EQUAL
        return does | STRONG if text in ";.!?" else does

    def _part(self, lower: str) -> int:
        """The bit of what it is; the first that fits, none for words that state nothing."""
        if not lower[0].isalnum():
            return MARK
        if lower in self._company:
            return COMPANY
        if _negates(lower):
            return DENIES
        if lower in EACH:
            return EACH_WORD
        if lower in ALL:
            return ALL_WORD
        return 0 if lower in self._silent else CONTENT

    def _tells(self, lower: str, stem: str) -> int:
        tells = _bits(lower, _TELLS) | (NEGATIVE if _negates(lower) else 0)
        if lower in MODES:
            tells |= MODE_BITS[MODES[lower]]
        if self._lexicon.is_feeling(stem):
            tells |= FEELS
        if lower in _NEVER_SOFT:
            return tells
        if self._lexicon.is_soft(lower):
            return tells | SOFT | MAY_BE_SOFT
        return tells | MAY_BE_SOFT if self._lexicon.soft_seconds(lower) else tells


def told_by(tokens: Iterable[Token]) -> int:
    """All that they tell of their clause."""
    tells = 0
    for form, _ in tokens:
        tells |= form.tells
    return tells


def _bits(lower: str, known: Iterable[tuple[int, frozenset[str]]]) -> int:
    return sum(bit for bit, words in known if lower in words)


def _negates(lower: str) -> bool:
    return lower in NEGATIONS or lower.endswith(NEGATIVE_ENDING)


def _name(written: str) -> Meaning:
    return Meaning(stem=written, senses=frozenset([written]))
