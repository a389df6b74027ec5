"""German, French and Spanish words in English, by the glossaries in `words/`: what a question from abroad is about."""

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import TypeVar

from app.language.inflections import base_forms, folded, spelled_out
from app.language.stop_words import STOP_WORDS
from app.language.terms import SAME_SIGN, TOKEN, stems

FOLDER = Path(__file__).with_name("words")
LANGUAGES = ("de", "fr", "es")
"""With a glossary; each file holds lines "word | english, english"."""

LONGEST_PHRASE = 4
SHORTEST_PART = 4
"""Letters of a part of a German compound, so that no word falls apart by chance."""

LINKS = ("", "s", "es", "n", "en", "e", "er")
"""What may stand between the parts of a German compound."""

Key = TypeVar("Key")
English = tuple[str, ...]


def english_of(word: str, language: str) -> English:
    """What a word or phrase may be in English, in base forms; of a German compound what its parts are. Empty where
    the glossary does not know it."""
    parts = _parts_of(word, language[:2].lower())
    return tuple(dict.fromkeys(english for part in parts for english in part))


def readings_of(text: str, language: str) -> Iterator[tuple[str, tuple[English, ...]]]:
    """The words and phrases of a text that say something, each with the English of its parts, if it is known."""
    code = language[:2].lower()
    words = words_of(text)
    stopped = _stopped(code)
    at = 0
    while at < len(words):
        phrase = next((n for n in range(LONGEST_PHRASE, 1, -1) if _phrase(words[at : at + n], n, code)), 1)
        word = " ".join(words[at : at + phrase])
        at += phrase
        if phrase > 1 or not (word in stopped or folded(word) in stopped):
            yield word, _parts_of(word, code)


def words_of(text: str) -> list[str]:
    """Lower case; what hyphens and apostrophes hold together are words of their own."""
    tokens = TOKEN.findall(unicodedata.normalize("NFKC", text).translate(SAME_SIGN).lower())
    return [word for token in tokens for word in token.replace("'", "-").split("-") if word]


def knows(word: str, language: str) -> bool:
    """Whether the word as it stands is one of the language's glossary."""
    return folded(word) in _book(language).words


def is_known(word: str, language: str) -> bool:
    """The same in any form, or as a compound of known words."""
    return bool(_parts_of(word, language))


@cache
def english_words() -> frozenset[str]:
    """All words on the English side."""
    ways = (way for code in LANGUAGES for english in _book(code).words.values() for way in english)
    return frozenset(word for way in ways for word in words_of(way))


@dataclass(frozen=True, kw_only=True)
class _Book:
    """One glossary: by the folded word, by its stem, and phrases by the stems of their words."""

    words: dict[str, English]
    stemmed: dict[str, English]
    phrases: dict[tuple[str, ...], English]


@lru_cache(maxsize=16_384)
def _parts_of(word: str, code: str) -> tuple[English, ...]:
    if code not in LANGUAGES:
        return ()
    words = words_of(word)
    if len(words) > 1:
        found = _phrase(words, len(words), code)
        return (found,) if found else tuple(part for each in words for part in _parts_of(each, code))
    found = _of_one(words[0], code) if words else ()
    if found:
        return (found,)
    return _of_compound(words[0]) if code == "de" and words else ()


def _of_one(word: str, code: str) -> English:
    book = _book(code)
    for form in base_forms(word, code):
        if found := book.words.get(folded(form)) or book.stemmed.get(_stem(form, code)):
            return found
    return ()


def _of_compound(word: str) -> tuple[English, ...]:
    """Rücksendefrist: return, period. The longest known end, and what stands before it."""
    for cut in range(SHORTEST_PART, len(word) - SHORTEST_PART + 1):
        end = _of_one(word[cut:], "de")
        if end and (before := _before_end(word[:cut])):
            return (*before, end)
    return ()


def _before_end(beginning: str) -> tuple[English, ...]:
    for link in LINKS:
        bare = beginning.removesuffix(link)
        if beginning.endswith(link) and len(bare) >= SHORTEST_PART - 1 and (found := _of_one(bare, "de")):
            return (found,)
    return _of_compound(beginning) if len(beginning) > 2 * SHORTEST_PART else ()


def _phrase(words: Sequence[str], length: int, code: str) -> English:
    if len(words) < length or code not in LANGUAGES:
        return ()
    return _book(code).phrases.get(tuple(_stem(word, code) for word in words), ())


def _stem(word: str, code: str) -> str:
    return _stem_of(folded(spelled_out(word, code)), code)


@lru_cache(maxsize=16_384)
def _stem_of(word: str, code: str) -> str:
    """Of the word without its accents: customers leave them out."""
    return stems([word], code)[0]


@cache
def _stopped(code: str) -> frozenset[str]:
    stop_words = STOP_WORDS.get(code, frozenset[str]())
    return stop_words | {folded(word) for word in stop_words}


@cache
def _book(code: str) -> _Book:
    book = _Book(words={}, stemmed={}, phrases={})
    for line in (FOLDER / f"{code}_en.txt").read_text(encoding="utf-8").splitlines():
        word, _, english = line.partition(" | ")
        if english and not line.startswith("#"):
            _enter(book, words_of(word), tuple(english.split(", ")), code)
    return book


def _enter(book: _Book, words: Sequence[str], english: English, code: str) -> None:
    if len(words) > 1:
        _add(book.phrases, tuple(_stem(word, code) for word in words), english)
        return
    _add(book.words, folded(words[0]), english)
    _add(book.stemmed, _stem(words[0], code), english)


def _add(entries: dict[Key, English], key: Key, english: English) -> None:
    entries[key] = tuple(dict.fromkeys((*entries.get(key, ()), *english)))
