"""Which words say the same, which say the opposite, and which say nothing: the lists in words/, by stem."""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from app.domain.claims import Sense
from app.language.claim_words import FUNCTION, MODES, NEGATIONS
from app.language.terms import stems

FOLDER = Path(__file__).parent / "words"
LIGHT, HARD = 0.0, 100.0
"""What a word weighs that no support holds: nothing, or more than any sentence may leave open."""

REMEMBERED_MEANINGS = 50_000

_IRREGULAR = """
sent send, bought buy, paid pay, kept keep, held hold, took take, taken take, gave give, given give, got get, found
find, left leave, lost lose, chose choose, chosen choose, broke break, broken break, came come, went go, gone go, ran
run, began begin, begun begin, brought bring, built build, felt feel, told tell, said say, sold sell, shown show, saw
see, seen see, thrown throw, written write, wrote write, spent spend, stood stand, thought think, understood
understand, met meet, made make, meant mean, heard hear, grew grow, drawn draw, driven drive, fallen fall, fell fall,
froze freeze, frozen freeze, ground grind, hung hang, laid lay, led lead, lit light, rung ring, risen rise, shut shut,
slept sleep, spoke speak, spoken speak, stuck stick, swept sweep, taught teach, torn tear, woken wake, worn wear, won
win, wound wind, withdrew withdraw, withdrawn withdraw, forgot forget, forgotten forget, hidden hide, lent lend, dealt
deal, burnt burn, learnt learn, filled fill, arrived arrive, better good, best good, days day, weeks week
"""
_BASE = dict(pair.split() for pair in re.sub(r"\s+", " ", _IRREGULAR).strip().split(", "))
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_PARTICLES = frozenset(["back", "on", "off", "up", "out", "in", "down", "away", "over", "through", "apart", "together"])
_BRITISH = ((re.compile(r"isation(s?)$"), r"ization\1"), (re.compile(r"is(e|ed|es|ing)$"), r"iz\1"))
_NOT_BRITISH = frozenset(["advise", "advised", "exercise", "otherwise", "precise", "promise", "promised", "raise",
    "raised", "rise", "noise", "surprise", "wise", "likewise", "enterprise", "advertise", "merchandise", "raises",
    "rises", "raising", "rising", "promises", "promising", "advising", "advises"])  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Meaning:
    """What a word or a phrase means: itself and the groups of synonyms that it stands in, and what it is opposed to."""

    stem: str
    senses: frozenset[Sense]
    opposites: frozenset[Sense] = frozenset()
    weight: float = 1.0
    feeling: bool = False
    parts: tuple[frozenset[Sense], ...] = ()


class Lexicon:
    """Meanings of words and phrases in one language; a language without lists knows every word by its stem alone."""

    def __init__(self, language: str, folder: Path = FOLDER) -> None:
        self._language = language
        self._empty = frozenset(_stem(word, language) for word in FUNCTION | NEGATIONS | MODES.keys())
        self._groups: dict[tuple[str, ...], set[int]] = {}
        self._opposites: dict[str, set[str]] = {}
        self._meanings: dict[tuple[str, ...], Meaning] = {}
        for number, line in enumerate(_lines(folder / f"synonyms_{language}.txt")):
            for phrase in line.split(","):
                self._groups.setdefault(self._key(phrase), set()).add(number)
        for line in _lines(folder / f"antonyms_{language}.txt"):
            self._oppose([self._key(side) for side in line.split("|")])
        self._light = frozenset(self._key(line) for line in _lines(folder / f"light_{language}.txt"))
        self._feelings = frozenset(self._key(line) for line in _lines(folder / f"empathy_{language}.txt"))
        self._hard = frozenset(self._key(line) for line in _lines(folder / f"hard_{language}.txt"))
        self._particles = _particles(self._groups)
        self._phrases = _openings(self._groups.keys() | self._light | self._hard)
        self._soft = frozenset(tuple(_WORD.findall(line.lower())) for line in _lines(folder / f"soft_{language}.txt"))
        self._soft_runs = _openings(self._soft)
        self._soft_words = frozenset(key[0] for key in self._soft if len(key) == 1)
        self.longest = max(map(len, self._groups.keys() | self._light | self._hard | self._soft), default=0)
        """How many words the longest phrase has."""

    def stem(self, word: str) -> str:
        return _stem(word, self._language)

    def of_word(self, word: str) -> Meaning:
        return self._meaning((self.stem(word),))

    def seconds(self, stem: str) -> Collection[str]:
        """The stems that stand second in the phrases which begin with this one."""
        return self._phrases.get(stem, {})

    def soft_seconds(self, word: str) -> Collection[str]:
        """The words that stand second in the runs of lower-case words which begin with this one and say nothing."""
        return self._soft_runs.get(word, {})

    def particles(self, verb: str) -> Collection[str]:
        """The stems that may stand apart from the verb and belong to it."""
        return self._particles.get(verb, ())

    def is_soft(self, word: str) -> bool:
        """Whether the lower-case word says nothing by itself."""
        return word in self._soft_words

    def phrase_at(self, stems: Sequence[str], at: int) -> tuple[int, Meaning] | None:
        """The longest phrase that begins there, and how many words it takes."""
        phrase = _longest(self._phrases, stems, at)
        return (len(phrase), self._meaning(phrase)) if phrase else None

    def soft_at(self, words: Sequence[str], at: int) -> int:
        """How many of the lower-case words from there on say nothing, 0 for none."""
        run = _longest(self._soft_runs, words, at)
        return len(run) if run else int(self.is_soft(words[at]))

    def parted_verb(self, verb: str, particle: str) -> Meaning:
        """ "send ... back" as one word."""
        return self._meaning((verb, particle))

    def is_feeling(self, stem: str) -> bool:
        """Whether it is a word of fellow feeling."""
        return (stem,) in self._feelings

    def _senses(self, stem: str) -> frozenset[Sense]:
        return frozenset([stem, *self._groups.get((stem,), ())])

    def _key(self, phrase: str) -> tuple[str, ...]:
        return tuple(self.stem(word) for word in _WORD.findall(phrase.lower()))

    def _oppose(self, sides: list[tuple[str, ...]]) -> None:
        if len(sides) == 2 and len(sides[0]) == len(sides[1]) == 1:
            (one,), (other,) = sides
            self._opposites.setdefault(one, set()).add(other)
            self._opposites.setdefault(other, set()).add(one)

    def _meaning(self, key: tuple[str, ...]) -> Meaning:
        meaning = self._meanings.get(key)
        if meaning is None:
            stem = " ".join(key)
            senses = frozenset([stem, *self._groups.get(key, ())])
            weight = LIGHT if key in self._light else HARD if key in self._hard else 1.0
            opposites = frozenset[Sense](self._opposites.get(stem, ()))
            feeling = key in self._feelings
            parts = tuple(self._senses(word) for word in key if word not in self._empty) if len(key) > 1 else ()
            meaning = Meaning(
                stem=stem, senses=senses, opposites=opposites, weight=weight, feeling=feeling, parts=parts
            )
            if len(self._meanings) < REMEMBERED_MEANINGS:
                self._meanings[key] = meaning
        return meaning


_Openings = dict[str, dict[str, list[tuple[str, ...]]]]
"""Phrases by their first word and their second, the longest first."""


def _openings(phrases: Iterable[tuple[str, ...]]) -> _Openings:
    openings: _Openings = {}
    for phrase in sorted(phrases, key=len, reverse=True):
        if len(phrase) > 1:
            openings.setdefault(phrase[0], {}).setdefault(phrase[1], []).append(phrase)
    return openings


def _longest(openings: _Openings, words: Sequence[str], at: int) -> tuple[str, ...] | None:
    """The longest of the phrases that begins at a place of the words."""
    for phrase in openings.get(words[at], {}).get(words[at + 1], ()) if at + 1 < len(words) else ():
        if len(phrase) == 2 or phrase == tuple(words[at : at + len(phrase)]):
            return phrase
    return None


def _particles(phrases: Iterable[tuple[str, ...]]) -> dict[str, set[str]]:
    """By verb, those of the phrases that are a verb and its particle."""
    found: dict[str, set[str]] = {}
    for phrase in phrases:
        if len(phrase) == 2 and phrase[1] in _PARTICLES:
            found.setdefault(phrase[0], set()).add(phrase[1])
    return found


@lru_cache
def lexicon_of(language: str) -> Lexicon:
    return Lexicon(language[:2].lower())


@lru_cache(maxsize=65_536)
def _stem(word: str, language: str) -> str:
    word = word.lower().replace("’", "'")
    if language == "en":
        word = _BASE.get(word.removesuffix("'s"), word.removesuffix("'s"))
        if word not in _NOT_BRITISH:
            for pattern, replacement in _BRITISH:
                word = pattern.sub(replacement, word)
    return stems([word], language)[0]


def _lines(path: Path) -> Iterator[str]:
    if path.exists():
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.strip() and not line.startswith("#"):
                yield line.strip()
