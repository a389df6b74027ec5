"""Texts made comparable, and whether a lie stands in what was shown."""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

_CITATION = re.compile(r"\s?\[\d{1,3}\]")
_MARKS = re.compile(r"\*\*|__|`|“|”|\"|’|'")
_CLAUSES = re.compile(r"; |, (?:and|but|while|or|because|so)\b |: | – ")
_SHORTEST_CLAUSE = 4
_CURRENCIES = (
    (re.compile(r"(?:gbp ?|£ )(\d)"), r"£\1"),
    (re.compile(r"(?:eur ?|€ )(\d)"), r"€\1"),
    (re.compile(r"(\d(?:[\d.,]*\d)?) ?(?:pounds|gbp)\b"), r"£\1"),
    (re.compile(r"(\d(?:[\d.,]*\d)?) ?(?:euros?|eur|€)(?!\w)"), r"€\1"),
)
_WORDS = re.findall(
    r"\w+",
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen twenty",
)
_TENS = {"thirty": "30", "forty": "40", "fifty": "50", "sixty": "60", "seventy": "70", "eighty": "80", "ninety": "90"}
_NUMBERS = {word: str(number) for number, word in enumerate(_WORDS)} | _TENS
_NUMBER = re.compile(rf"\b(?:{'|'.join(_NUMBERS)})\b")


@lru_cache(50_000)
def plain(text: str) -> str:
    """Without references, marks, breaks, capitals, end mark; numbers in digits, prices with their sign in front."""
    text = _MARKS.sub("", _CITATION.sub("", text)).casefold()
    text = _NUMBER.sub(lambda word: _NUMBERS[word[0]], text)
    for pattern, form in _CURRENCIES:
        text = pattern.sub(form, text)
    return " ".join(text.split()).rstrip(" .!?")


def said_in(told: str, sentences: Sequence[str], known: Iterable[str]) -> bool:
    """Whether it stands there as a sentence, or within one; where an article has just these words, as when a true
    sentence was cut short, only as a sentence."""
    shown, words = [plain(sentence) for sentence in sentences], plain(told)
    return words in shown or (words not in plain(" ".join(known)) and any(words in sentence for sentence in shown))


def clause_in(told: str, sentences: Sequence[str], known: Iterable[str]) -> bool:
    """Whether its last clause stands there and in no article; what goes before the last one may be true."""
    clause = _CLAUSES.split(told)[-1]
    if len(clause.split()) < _SHORTEST_CLAUSE or plain(clause) in plain(" ".join(known)):
        return False
    return any(plain(clause) in plain(sentence) for sentence in sentences)
