"""One clause's words into what it says: content by senses, negation, limits, who acts, what must or may be."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

from app.domain.claims import EACH_ONE, EVERYTHING, THE_COMPANY, Act, Clause, Mode, Person, Quantity, Word
from app.language.claim_forms import (
    ALL_WORD,
    COMPANY,
    CONTENT,
    DENIES,
    EACH_WORD,
    FEELS,
    JOINING,
    LEANS,
    LIMIT,
    MAY_BE_SOFT,
    MODE_BITS,
    MODE_PHRASE,
    NEGATIVE,
    SOFT,
    SUBJECT,
    VERB_SIGN,
    Form,
    Token,
    told_by,
)
from app.language.claim_words import JOINING_PHRASE, MODE_PHRASES
from app.language.lexicon import HARD, Lexicon, Meaning

_EVERYTHING = Meaning(stem=EVERYTHING, senses=frozenset([EVERYTHING]), weight=HARD)
_THE_COMPANY = Meaning(stem=THE_COMPANY, senses=frozenset([THE_COMPANY]), weight=HARD)
_EACH_ONE = Meaning(stem=EACH_ONE, senses=frozenset([EACH_ONE]), weight=HARD)
_MODAL = frozenset(["have to", "need to", "has to", "must have", "be able", "abl to"])
_MODES = sum(MODE_BITS.values())
_ANY_MODE = _MODES | MODE_PHRASE
_MODES_OF = {
    sum(MODE_BITS[mode] for mode in modes): frozenset(modes)
    for count in range(len(MODE_BITS) + 1)
    for modes in combinations(MODE_BITS, count)
}
_NO_MODES = _MODES_OF[0]
_NO_PLACES: frozenset[int] = frozenset()
_NEAR_A_VERB = 4
_new_tuple, _new_object = tuple[object, ...].__new__, object.__new__


@dataclass(slots=True)
class _Found:
    """What was read of a clause so far; `subject` acts in the next word."""

    words: list[Word]
    acts: list[Act]
    negations: int = 0
    subject: Person | None = None

    def add(self, m: Meaning, form: Form, at: int, capital: bool) -> None:
        """The tuple is made without `Word`'s own function, which takes as long again."""
        if self.subject is not None:
            self.acts.append(Act(self.subject, m.senses))
            self.subject = None
        word = (m.stem, m.senses, m.opposites, at, at + form.length, m.weight, capital, m.feeling, m.parts)
        self.words.append(_new_tuple(Word, word))

    def add_name(self, name: Meaning, form: Form, at: int) -> None:
        """The subject acts in what comes after it."""
        subject, self.subject = self.subject, None
        self.add(name, form, at, True)
        self.subject = subject


class ClauseReader:
    """Reads clauses of one language."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._free = lexicon.of_word("free").senses

    def read(
        self, tokens: Sequence[Token], tells: int, quantities: tuple[Quantity, ...], *, equal: bool, strong: bool
    ) -> Clause:
        """`tells` is what all tokens tell; `equal` and `strong` how the clause is joined on: by "and", by a
        semicolon."""
        joins = tells & JOINING and JOINING_PHRASE.search(_lower(tokens))
        soft: Sequence[Token] = ()
        if tells & MAY_BE_SOFT:
            tokens, soft = self._without_soft(tokens)
            tells = told_by(tokens) if soft else tells
        found = self._read_words(tokens, tells)
        states = tells & VERB_SIGN or found.negations or quantities
        return _clause(
            words=tuple(found.words),
            quantities=quantities,
            negations=found.negations,
            limits=tells & LIMIT != 0,
            own=strong or (equal and bool(states)),
            equal=equal,
            acts=tuple(found.acts),
            modes=_modes(tokens, tells) if tells & _ANY_MODE else _NO_MODES,
            joins=bool(joins),
            feels=bool(soft) and told_by(soft) & FEELS != 0,
            leans=bool(tokens) and tokens[0][0].tells & LEANS != 0,
        )

    def _without_soft(self, tokens: Sequence[Token]) -> tuple[Sequence[Token], Sequence[Token]]:
        """The words that say something, and those that do not, alone or with those behind them."""
        told: list[Token] = []
        soft: list[Token] = []
        until, last = 0, len(tokens) - 1
        for at, token in enumerate(tokens):
            form = token[0]
            may_be_soft = form.tells & MAY_BE_SOFT and at >= until
            if may_be_soft and (form.tells & SOFT or (at < last and tokens[at + 1][0].lower in form.soft_seconds)):
                near = tokens[at : at + self._lexicon.longest]
                until = at + self._lexicon.soft_at([each.lower for each, _ in near], 0)
            if at < until:
                soft.append(token)
            else:
                told.append(token)
        return told, soft

    def _read_words(self, tokens: Sequence[Token], tells: int) -> _Found:
        found = _Found([], [])
        until, particles, last = 0, _NO_PLACES, len(tokens) - 1
        for at, (form, place) in enumerate(tokens):
            if not form.counts or at < until or at in particles:
                continue
            begins = form.seconds and at < last and tokens[at + 1][0].stem in form.seconds
            if begins and (phrase := self._phrase_at(tokens, at)):
                until = at + phrase[0]
                denies = tells & NEGATIVE and told_by(tokens[at:until]) & NEGATIVE
                self._add_phrase(phrase[1], form, place, denies, found)
            elif form.particles and (particle := _particle(tokens, at)):
                particles |= {particle}
                found.add(self._lexicon.parted_verb(form.stem, tokens[particle][0].stem), form, place, False)
            elif (meaning := form.plain) is not None:
                found.add(meaning, form, place, form.is_upper and place > 0)
            else:
                _read_word(form, place, found)
        if found.subject is Person.COMPANY and tokens[-1][0].does & COMPANY:
            found.subject = None
            found.add(_THE_COMPANY, *tokens[-1], False)
        return found

    def _phrase_at(self, tokens: Sequence[Token], at: int) -> tuple[int, Meaning] | None:
        near = tokens[at : at + self._lexicon.longest]
        return self._lexicon.phrase_at([form.stem for form, _ in near], 0)

    def _add_phrase(self, meaning: Meaning, form: Form, at: int, denies: int, found: _Found) -> None:
        """ "Not valid" denies; "at no cost" does not."""
        if denies and meaning.senses.isdisjoint(self._free):
            found.negations += 1
        if meaning.stem not in _MODAL:
            found.add(meaning, form, at, form.is_upper and at > 0)


def _read_word(form: Form, at: int, found: _Found) -> None:
    does = form.does
    if does & COMPANY:
        found.subject = Person.COMPANY
        return
    if does & SUBJECT:
        found.subject = form.person
    if does & CONTENT:
        if form.name:
            found.add_name(form.name, form, at)
        if form.meaning:
            found.add(form.meaning, form, at, form.is_upper and at > 0)
    elif does & DENIES:
        found.negations += 1
    elif does & EACH_WORD:
        found.add(_EACH_ONE, form, at, False)
    elif does & ALL_WORD and not found.negations:
        found.add(_EVERYTHING, form, at, False)


def _clause(**parts: object) -> Clause:
    """A clause is written at once: field by field, as a frozen dataclass writes itself, takes three times as long."""
    clause = _new_object(Clause)
    clause.__dict__.update(parts)
    return clause


def _particle(tokens: Sequence[Token], at: int) -> int | None:
    """Where a verb's particle stands a few words behind: "send the parcel back"."""
    particles = tokens[at][0].particles
    for ahead in range(at + 2, min(at + 1 + _NEAR_A_VERB, len(tokens))):
        if tokens[ahead][0].stem in particles:
            return ahead
    return None


def _modes(tokens: Sequence[Token], tells: int) -> frozenset[Mode]:
    told = _MODES_OF[tells & _MODES]
    if tells & MODE_PHRASE:
        said = _lower(tokens)
        return told.union([mode for mode, pattern in MODE_PHRASES.items() if pattern.search(said)])
    return told


def _lower(tokens: Sequence[Token]) -> str:
    return " ".join([form.lower for form, _ in tokens])
