"""One clause's words into what it says: content by senses, negation, limits, who acts, what must or may be."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from app.domain.claims import Act, Clause, Mode, Person, Quantity, Word
from app.language.claim_words import (
    ALL,
    EACH,
    FUNCTION,
    FUNCTION_ABROAD,
    LEANING,
    LIMITS,
    MODE_PHRASES,
    MODES,
    NEGATIONS,
    NEGATIVE_ENDING,
    PERSONS,
    SUBJECTS,
    VERB_SIGNS,
)
from app.language.lexicon import HARD, Meaning, lexicon_of

EVERYTHING = Meaning(stem="every-thing", senses=frozenset(["every-thing"]), weight=HARD)
THE_COMPANY = Meaning(stem="the company", senses=frozenset(["the company"]), weight=HARD)
EACH_ONE = Meaning(stem="each-one", senses=frozenset(["each-one"]), weight=HARD)
_MODAL = frozenset(["have to", "need to", "has to", "must have", "be able", "abl to"])
_CODED = re.compile(r"[A-Za-z]{1,8}-?\d\w*$")
_JOINING = re.compile(r"\b(?:both|alike|whether|as well as|the same|equally|beide|sowohl|aussi bien|tanto)\b")
_NEAR_A_VERB = 4
_NEVER_SOFT = LIMITS | ALL | EACH


@dataclass(frozen=True)
class Token:
    """A word, a name or a mark as it stands in the text."""

    text: str
    at: int


@dataclass
class _Found:
    words: list[Word] = field(default_factory=list[Word])
    acts: list[Act] = field(default_factory=list[Act])
    negations: int = 0
    states: bool = False
    subject: Person | None = None


class ClauseReader:
    """Reads clauses of one language."""

    def __init__(self, language: str, company: frozenset[str] = frozenset()) -> None:
        self._company = company
        self._lexicon = lexicon_of(language)
        self._free = self._lexicon.of_word("free").senses
        self._silent = FUNCTION | FUNCTION_ABROAD.get(language[:2].lower(), frozenset()) | frozenset(MODES)

    def read(self, tokens: Sequence[Token], quantities: tuple[Quantity, ...]) -> Clause:
        lower = [token.text.lower().replace("’", "'") for token in tokens]
        said, kept = " ".join(lower), self._without_soft(lower)
        soft = [word for at, word in enumerate(lower) if at not in kept]
        tokens, lower = [tokens[at] for at in kept], [lower[at] for at in kept]
        found = _Found()
        self._read_words(tokens, lower, found)
        if found.subject is Person.COMPANY and tokens and lower[-1] in self._company:
            found.words.append(_word(THE_COMPANY, tokens[-1], capital=False))
        words = frozenset(lower)
        return Clause(
            words=tuple(found.words),
            quantities=quantities,
            negations=found.negations,
            limits=not LIMITS.isdisjoint(words),
            own=found.states or bool(quantities) or not VERB_SIGNS.isdisjoint(words),
            acts=tuple(found.acts),
            modes=_modes(lower),
            joins=_joins(said),
            feels=bool(soft) and self._lexicon.is_feeling(soft),
            leans=bool(lower) and lower[0] in LEANING,
        )

    def _without_soft(self, lower: Sequence[str]) -> list[int]:
        """The places of the words that say something."""
        kept: list[int] = []
        at = 0
        while at < len(lower):
            length = 0 if lower[at] in _NEVER_SOFT else self._lexicon.soft_at(lower, at)
            if not length:
                kept.append(at)
            at += length or 1
        return kept

    def _read_words(self, tokens: Sequence[Token], lower: Sequence[str], found: _Found) -> None:
        stems = [self._lexicon.stem(word) for word in lower]
        taken: set[int] = set()
        for at, token in enumerate(tokens):
            if at in taken:
                continue
            if phrase := self._lexicon.phrase_at(stems, at):
                taken.update(range(at, at + phrase[0]))
                self._add_phrase(phrase[1], lower[at : at + phrase[0]], token, found)
            elif parted := self._parted(stems, at):
                taken.add(parted[0])
                _add(found, parted[1], token)
            else:
                self._read_word(token, lower[at], found)

    def _add_phrase(self, meaning: Meaning, lower: Sequence[str], token: Token, found: _Found) -> None:
        """ "Not valid" denies; "at no cost" does not."""
        if any(_negates(word) for word in lower) and meaning.senses.isdisjoint(self._free):
            found.negations += 1
            found.states = True
        if meaning.stem not in _MODAL:
            _add(found, meaning, token, capital=token.text[0].isupper() and token.at > 0)

    def _parted(self, stems: Sequence[str], at: int) -> tuple[int, Meaning] | None:
        """A verb whose particle stands a few words behind: "send the parcel back"."""
        if not self._lexicon.parts(stems[at]):
            return None
        for ahead in range(at + 2, min(at + 1 + _NEAR_A_VERB, len(stems))):
            if meaning := self._lexicon.parted_verb(stems[at], stems[ahead]):
                return ahead, meaning
        return None

    def _read_word(self, token: Token, word: str, found: _Found) -> None:
        if word in self._company:
            found.subject = Person.COMPANY
            return
        if word in SUBJECTS:
            found.subject = PERSONS.get(word)
        if _negates(word):
            found.negations += 1
            found.states = True
        elif word in EACH:
            _add(found, EACH_ONE, token)
        elif word in ALL:
            if not found.negations:
                _add(found, EVERYTHING, token)
        elif word not in self._silent and word not in PERSONS:
            self._add_word(token, found)

    def _add_word(self, token: Token, found: _Found) -> None:
        if token.text[-1].isdigit() and " " not in token.text or _CODED.match(token.text):
            name = token.text.upper()
            found.words.append(_word(Meaning(stem=name, senses=frozenset([name])), token, capital=True))
            return
        family, _, member = token.text.rpartition(" ")
        if family:
            name = f"{family} {member}".lower()
            found.words.append(_word(Meaning(stem=name, senses=frozenset([name])), token, capital=True))
        meaning = self._lexicon.of_word(family or member)
        _add(found, meaning, token, capital=token.text[0].isupper() and token.at > 0)


def _joins(said: str) -> bool:
    return bool(_JOINING.search(said))


def _negates(word: str) -> bool:
    return word in NEGATIONS or word.endswith(NEGATIVE_ENDING)


def _add(found: _Found, meaning: Meaning, token: Token, *, capital: bool = False) -> None:
    if found.subject is not None:
        found.acts.append(Act(person=found.subject, senses=meaning.senses))
        found.subject = None
    found.words.append(_word(meaning, token, capital=capital))


def _word(meaning: Meaning, token: Token, *, capital: bool) -> Word:
    return Word(
        stem=meaning.stem,
        senses=meaning.senses,
        opposites=meaning.opposites,
        at=token.at,
        end=token.at + len(token.text),
        weight=meaning.weight,
        capital=capital,
        feeling=meaning.feeling,
        parts=meaning.parts,
    )


def _modes(lower: Sequence[str]) -> frozenset[Mode]:
    joined = " ".join(lower)
    told = {MODES[word] for word in lower if word in MODES}
    return frozenset(told | {mode for mode, pattern in MODE_PHRASES.items() if pattern.search(joined)})
