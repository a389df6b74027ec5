"""Which language a few words are of, where no small word tells it: "Passwort vergessen", "envío Canarias"."""

from collections.abc import Iterable
from functools import cache

from app.language.glossary import LANGUAGES, english_words, is_known, knows
from app.language.inflections import folded
from app.language.stop_words import STOP_WORDS

ENGLISH = "en"
MOST = 40
"""Words of a message that are looked at."""

ALIKE = 0.5
"""What a word counts that a language knows in another form only; or in a compound, which German alone has."""


def language_of_words(words: Iterable[str]) -> str | None:
    """The language that knows the most of them, if it knows more than any other does; English has it on a tie with
    none. `words` are in lower case, with or without their accents."""
    some = sorted({folded(word) for word in words if word.isalpha()})[:MOST]
    known = {language: sum(_counts(word, language) for word in some) for language in (ENGLISH, *LANGUAGES)}
    best = max(known, key=lambda language: known[language])
    second = max(count for language, count in known.items() if language != best)
    return best if known[best] > second else None


def _counts(word: str, language: str) -> float:
    if word in _small(language):
        return 1.0
    if language == ENGLISH:
        return 1.0 if word in english_words() else 0.0
    return 1.0 if knows(word, language) else ALIKE * is_known(word, language)


@cache
def _small(language: str) -> frozenset[str]:
    """One letter is a word in too many of them."""
    return frozenset(folded(word) for word in STOP_WORDS[language] if len(word) > 1)
