"""One clause's words into what it says: content by senses, negation, limits, who acts, what must or may be."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from app.domain.claims import EACH_ONE, EVERYTHING, THE_COMPANY, Act, Clause, Mode, Person, Quantity, Word
from app.language.claim_forms import Role, Token, negates
from app.language.claim_words import (
    ALL,
    EACH,
    JOINING,
    JOINING_WORDS,
    LEANING,
    LIMITS,
    MODE_PHRASE_WORDS,
    MODE_PHRASES,
    MODES,
    VERB_SIGNS,
)
from app.language.lexicon import HARD, Lexicon, Meaning

_EVERYTHING = Meaning(stem=EVERYTHING, senses=frozenset([EVERYTHING]), weight=HARD)
_THE_COMPANY = Meaning(stem=THE_COMPANY, senses=frozenset([THE_COMPANY]), weight=HARD)
_EACH_ONE = Meaning(stem=EACH_ONE, senses=frozenset([EACH_ONE]), weight=HARD)
_MODAL = frozenset(["have to", "need to", "has to", "must have", "be able", "abl to"])
_NEVER_SOFT = LIMITS | ALL | EACH
_NO_MODES: frozenset[Mode] = frozenset()
_NEAR_A_VERB = 4


@dataclass(slots=True)
class _Found:
    """What was read of a clause so far; `subject` acts in the next word."""

    words: list[Word] = field(default_factory=list[Word])
    acts: list[Act] = field(default_factory=list[Act])
    negations: int = 0
    subject: Person | None = None

    def add(self, meaning: Meaning, token: Token, *, capital: bool = False) -> None:
        if self.subject is not None:
            self.acts.append(Act(self.subject, meaning.senses))
            self.subject = None
        self.put(meaning, token, capital=capital)

    def put(self, meaning: Meaning, token: Token, *, capital: bool) -> None:
        form, at = token
        end = at + len(form.text)
        stem, senses, opposites, weight = meaning.stem, meaning.senses, meaning.opposites, meaning.weight
        self.words.append(Word(stem, senses, opposites, at, end, weight, capital, meaning.feeling, meaning.parts))


class ClauseReader:
    """Reads clauses of one language."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._free = lexicon.of_word("free").senses
        self._soft = lexicon.soft_openings - _NEVER_SOFT

    def read(self, tokens: Sequence[Token], quantities: tuple[Quantity, ...], *, equal: bool, strong: bool) -> Clause:
        """`equal` and `strong` tell how the clause is joined on: by "and", by a semicolon."""
        all_lower = [form.lower for form, _ in tokens]
        told, soft = self._without_soft(tokens, all_lower)
        lower = [form.lower for form, _ in told] if soft else all_lower
        words = frozenset(lower)
        found = self._read_words(told)
        states = bool(found.negations or quantities) or not VERB_SIGNS.isdisjoint(words)
        return Clause(
            words=tuple(found.words),
            quantities=quantities,
            negations=found.negations,
            limits=not LIMITS.isdisjoint(words),
            own=strong or (equal and states),
            equal=equal,
            acts=tuple(found.acts),
            modes=_modes(lower, words),
            joins=not JOINING_WORDS.isdisjoint(all_lower) and JOINING.search(" ".join(all_lower)) is not None,
            feels=bool(soft) and self._lexicon.is_feeling(soft),
            leans=bool(lower) and lower[0] in LEANING,
        )

    def _without_soft(self, tokens: Sequence[Token], lower: Sequence[str]) -> tuple[Sequence[Token], Sequence[str]]:
        """The words that say something, and those that do not."""
        if self._soft.isdisjoint(lower):
            return tokens, ()
        told: list[Token] = []
        soft: list[str] = []
        at = 0
        while at < len(tokens):
            length = self._lexicon.soft_at(lower, at) if lower[at] in self._soft else 0
            soft += lower[at : at + length]
            if not length:
                told.append(tokens[at])
            at += length or 1
        return told, soft

    def _read_words(self, tokens: Sequence[Token]) -> _Found:
        found = _Found()
        stems = [form.stem for form, _ in tokens]
        until, particles = 0, set[int]()
        for at, token in enumerate(tokens):
            if at < until or at in particles:
                continue
            form = token[0]
            if form.opens and (phrase := self._lexicon.phrase_at(stems, at)):
                until = at + phrase[0]
                self._add_phrase(phrase[1], tokens[at:until], found)
            elif form.parts and (parted := self._parted(stems, at)):
                particles.add(parted[0])
                found.add(parted[1], token)
            else:
                _read_word(token, found)
        if found.subject is Person.COMPANY and tokens[-1][0].role is Role.COMPANY:
            found.put(_THE_COMPANY, tokens[-1], capital=False)
        return found

    def _add_phrase(self, meaning: Meaning, tokens: Sequence[Token], found: _Found) -> None:
        """ "Not valid" denies; "at no cost" does not."""
        if any(negates(form.lower) for form, _ in tokens) and meaning.senses.isdisjoint(self._free):
            found.negations += 1
        if meaning.stem not in _MODAL:
            found.add(meaning, tokens[0], capital=_is_name(tokens[0]))

    def _parted(self, stems: Sequence[str], at: int) -> tuple[int, Meaning] | None:
        """A verb whose particle stands a few words behind: "send the parcel back"."""
        for ahead in range(at + 2, min(at + 1 + _NEAR_A_VERB, len(stems))):
            if meaning := self._lexicon.parted_verb(stems[at], stems[ahead]):
                return ahead, meaning
        return None


def _read_word(token: Token, found: _Found) -> None:
    form = token[0]
    if form.role is Role.COMPANY:
        found.subject = Person.COMPANY
        return
    if form.is_subject:
        found.subject = form.person
    if form.role is Role.CONTENT:
        if form.name:
            found.put(form.name, token, capital=True)
        if form.meaning:
            found.add(form.meaning, token, capital=_is_name(token))
    elif form.role is Role.NEGATION:
        found.negations += 1
    elif form.role is Role.EACH:
        found.add(_EACH_ONE, token)
    elif form.role is Role.ALL and not found.negations:
        found.add(_EVERYTHING, token)


def _is_name(token: Token) -> bool:
    return token[0].is_upper and token[1] > 0


def _modes(lower: Sequence[str], words: frozenset[str]) -> frozenset[Mode]:
    told = {MODES[word] for word in words if word in MODES}
    if not MODE_PHRASE_WORDS.isdisjoint(words):
        said = " ".join(lower)
        told |= {mode for mode, pattern in MODE_PHRASES.items() if pattern.search(said)}
    return frozenset(told) if told else _NO_MODES
