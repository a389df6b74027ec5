"""Texts into search terms: words and numbers, stemmed, without stop words."""

import re
import threading
import unicodedata
from importlib import import_module
from typing import Protocol, cast

from app.language.stop_words import STOP_WORDS

ALGORITHMS = {"en": "english", "de": "german", "fr": "french", "es": "spanish"}

# A number with its separators ("2.4", "1,000"); or letters and digits, held together by hyphens and apostrophes.
TOKEN = re.compile(r"\d+(?:[.,]\d+)+(?![^\W_])|[^\W_]+(?:[-'][^\W_]+)*")
GROUPED_IN_ENGLISH = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?")
GROUPED_ELSEWHERE = re.compile(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?")
SAME_SIGN = str.maketrans({"’": "'", "ʼ": "'", "`": "'", "‐": "-", "‑": "-", "\u00ad": None})


def terms(text: str, language: str = "en") -> list[str]:
    """In the order of the text, repeated where it repeats; `language` is a code like "en" or "de-AT".

    "Wi-Fi" gives "wifi" as well as its parts; "2,000" in English and "2.000" elsewhere give "2000"; accents are
    folded. A language without a stemmer keeps its words whole."""
    code = language[:2].lower()
    stop_words = STOP_WORDS.get(code, frozenset[str]())
    tokens = TOKEN.findall(unicodedata.normalize("NFKC", text).translate(SAME_SIGN).lower())
    words = [word for token in tokens for word in _words(token, code) if word not in stop_words]
    return stems(words, code)


def stems(words: list[str], language: str) -> list[str]:
    """Lower-case words stemmed, accents folded, none left out; a language without a stemmer keeps them whole."""
    code = language[:2].lower()
    if code in ALGORITHMS:
        words = _stemmers.of(code).stemWords(words)
    return [word if word.isascii() else _folded(word) for word in words]


def _words(token: str, code: str) -> list[str]:
    if token.isalnum():
        return [token]
    if "." in token or "," in token:
        return [_plain_number(token, code)]
    if "'" in token and code != "en":  # French l'abonnement, German geht's: the parts are words
        return [word for part in token.split("'") for word in _words(part, code)]
    if "-" not in token:
        return [token]
    parts = token.split("-")
    if all(part in STOP_WORDS.get(code, ()) for part in parts):  # French est-ce, peut-on
        return []
    return [token.replace("-", ""), *(part for part in parts if len(part) > 1 or part.isdigit())]


def _plain_number(token: str, code: str) -> str:
    """Without thousands' separators, and with a point before the decimals."""
    if code == "en":
        return token.replace(",", "") if GROUPED_IN_ENGLISH.fullmatch(token) else token
    grouped = GROUPED_ELSEWHERE.fullmatch(token)
    return (token.replace(".", "") if grouped else token).replace(",", ".")


def _folded(word: str) -> str:
    """Customers leave accents out; after stemming, which needs them, nothing is lost by doing so too."""
    return "".join(sign for sign in unicodedata.normalize("NFD", word) if not unicodedata.combining(sign))


class _Stemmer(Protocol):
    def stemWords(self, words: list[str], /) -> list[str]: ...


class _Stemmers(threading.local):
    """Snowball's stemmers keep state while they work: each thread has its own."""

    def __init__(self) -> None:
        self._by_code: dict[str, _Stemmer] = {}

    def of(self, code: str) -> _Stemmer:
        stemmer = self._by_code.get(code)
        if stemmer is None:
            stemmer = cast(_Stemmer, import_module("Stemmer").Stemmer(ALGORITHMS[code]))
            self._by_code[code] = stemmer
        return stemmer


_stemmers = _Stemmers()
