"""Texts of any language as English search terms: what is asked in one language is found in another."""

from collections.abc import Sequence
from functools import cache, lru_cache
from pathlib import Path

from app.care.lookup import Meant
from app.language.glossary import English, readings_of
from app.language.terms import terms

ENGLISH = "en"


class Interpreter:
    """Implements `care.lookup.Interpreter` by the glossaries."""

    def meant(self, text: str, language: str) -> Sequence[Meant]:
        if language[:2].lower() == ENGLISH:
            return [Meant(ways=((term,),)) for term in terms(text)]
        found: list[Meant] = []
        for word, parts in readings_of(text, language):
            if word in _asking():
                continue
            found += _known(word, parts) if parts else _unknown(word, language)
        return found

    def terms(self, text: str, language: str = ENGLISH) -> list[str]:
        if language[:2].lower() == ENGLISH:
            return terms(text)
        return [term for each in self.meant(text, language) for way in each.ways for term in way]

    def in_english(self, text: str, language: str) -> str:
        """Word for word, the first way to say each; what the glossary lacks stays as it is. Fit for comparing only."""
        if language[:2].lower() == ENGLISH:
            return text
        said = ((part[0] for part in parts) if parts else (word,) for word, parts in readings_of(text, language))
        return " ".join(word for words in said for word in words) or text


@cache
def _asking() -> frozenset[str]:
    """ "Is it possible to" asks no more than "can I"."""
    lines = (Path(__file__).parent / "words" / "asking_abroad.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(line for line in lines if not line.startswith("#"))


def _known(word: str, parts: Sequence[English]) -> list[Meant]:
    """What is written alike in English, as names are, is a way too. A part whose English says nothing is left out."""
    own = (_stemmed(word),) if len(parts) == 1 and word.isalnum() else ()
    said = [tuple(way for way in map(_stemmed, part) if way) for part in parts]
    return [Meant(ways=tuple(dict.fromkeys((*ways, *filter(None, own))))) for ways in said if ways]


def _unknown(word: str, language: str) -> list[Meant]:
    """A name, a code, a number: read as the English text would have it."""
    number = word[0].isdigit()
    own = tuple(terms(word, language)) if number else _stemmed(word)
    return [Meant(ways=(own,), sure=any(sign.isdigit() for sign in word))] if own else []


@lru_cache(maxsize=16_384)
def _stemmed(english: str) -> tuple[str, ...]:
    return tuple(terms(english))
