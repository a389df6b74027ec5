"""What customers' words are called otherwise: the groups of words/synonyms_*.txt and words/asked_*.txt, by terms."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path

from app.care.other_words import Renaming, Way
from app.language.terms import stems, terms

FOLDER = Path(__file__).parent / "words"
FILES = ("synonyms", "asked")

LONGEST = 1_000
"""Characters of a text that are looked at: a long message says things twice."""

_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_TELLING = frozenset(["up", "off", "out", "in", "on", "down", "over", "back", "away", "not", "no", "never", "without"])
"""They change what a phrase means, but are no search terms: "sign up" is not "sign in"."""

_LOOSE = frozenset(["a", "an", "the", "my", "your", "our", "his", "her", "their", "its", "this", "that", "these"])
"""They stand within phrases, or do not: "change my password"."""

_Key = tuple[str, ...]


class GroupsOfWords:
    """The phrases of one language, each with its other ways."""

    def __init__(self, language: str, folder: Path = FOLDER) -> None:
        self._language = language
        self._ways: dict[_Key, tuple[Way, ...]] = {}
        for name in FILES:
            for line in _lines(folder / f"{name}_{language}.txt"):
                self._add([phrase.strip().lower() for phrase in line.split(",")])
        self._longest: dict[str, int] = {}
        for key in self._ways:
            self._longest[key[0]] = max(len(key), self._longest.get(key[0], 0))

    def of(self, text: str) -> list[Renaming]:
        """Every word, and of the phrases that begin at one place the longest."""
        words = _words(text[:LONGEST].lower())
        keys = tuple(stems(words, self._language))
        lengths = ((at, length) for at in range(len(keys)) for length in {1, self._phrase_at(keys, at)})
        spans = ((at, at + length) for at, length in lengths if keys[at : at + length] in self._ways)
        return [self._renaming(words[start:end], self._ways[keys[start:end]]) for start, end in spans]

    def _renaming(self, words: Sequence[str], ways: tuple[Way, ...]) -> Renaming:
        own = tuple(dict.fromkeys(terms(" ".join(words), self._language)))
        return Renaming(terms=own, ways=ways, is_phrase=len(words) > 1)

    def _phrase_at(self, keys: Sequence[str], at: int) -> int:
        """How many words it takes, 0 where there is none."""
        longest = min(self._longest.get(keys[at], 0), len(keys) - at)
        return next((length for length in range(longest, 0, -1) if tuple(keys[at : at + length]) in self._ways), 0)

    def _add(self, phrases: Sequence[str]) -> None:
        said = [(self._key(phrase), _Said(phrase, self._language)) for phrase in phrases]
        for key, own in said:
            ways = [other.way for _, other in said if other.may_stand_for(own)]
            if own.way and ways:
                self._ways[key] = tuple(dict.fromkeys((*self._ways.get(key, ()), *ways)))

    def _key(self, phrase: str) -> _Key:
        return tuple(stems(_words(phrase), self._language))


class _Said:
    """A phrase of a group as search sees it."""

    def __init__(self, phrase: str, language: str) -> None:
        self.way: Way = tuple(dict.fromkeys(terms(phrase, language)))
        self._telling = _TELLING.intersection(phrase.split())

    def may_stand_for(self, other: "_Said") -> bool:
        """Whether it says the same in other terms, and search sees all of it that matters."""
        return bool(self.way) and not set(other.way) <= set(self.way) and self._telling <= other._telling


def other_words(text: str, language: str = "en") -> Sequence[Renaming]:
    """Implements `care.other_words.OtherWords`."""
    return _groups_of(language[:2].lower()).of(text)


@lru_cache
def _groups_of(language: str) -> GroupsOfWords:
    return GroupsOfWords(language)


def _words(text: str) -> list[str]:
    return [word for word in _WORD.findall(text) if word not in _LOOSE]


def _lines(path: Path) -> Iterator[str]:
    if path.exists():
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.strip() and not line.startswith("#"):
                yield line.strip()
