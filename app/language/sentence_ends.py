"""Whether a full stop, a question mark or an ellipsis ends its sentence: the words on both sides tell."""

import re
from enum import Enum

from app.language.abbreviations import (
    AFTER_HOUR,
    AFTER_ORDINAL,
    BEFORE_NUMBER,
    BEFORE_ORDINAL,
    BEFORE_STEP,
    MAYBE_LAST,
    NEVER_LAST,
)

OPENING = re.compile(r"""[("'\[„“”‘«¿¡*_`]*[ \u00a0\u202f]?""")
CLOSING = re.compile(r"""[)\]"'”“’»]""")
WORD = re.compile(r"\w*")
DOTTED = re.compile(r"(?:[^\W\d]{1,2}\.)+[^\W\d]{1,3}")
INITIAL = re.compile(r"[^\W\d]\.")
WORDS_SEEN = 48  # signs before the stop that are looked at


class Verdict(Enum):
    """WAIT: what follows is not known far enough."""

    END = 0
    GOES_ON = 1
    WAIT = 2


def ends_sentence(text: str, *, start: int, stop: int, end: int, following: int, ended: bool) -> Verdict:
    """Judges the signs `text[stop:end]` of the sentence that began at `start`; white space lies from `end` to
    `following`. The verdict does not change when more text arrives, unless it is WAIT."""
    opening = OPENING.match(text, following)
    word_start = opening.end() if opening else following
    found = WORD.match(text, word_start)
    word_end = found.end() if found else word_start
    if word_end == len(text) and not ended:
        return Verdict.WAIT
    next_word, signs = text[word_start:word_end], text[stop:end]
    goes_on = next_word[:1].islower()
    if goes_on and CLOSING.search(signs):
        return Verdict.GOES_ON
    if "!" in signs or "?" in signs:
        return Verdict.END
    if signs[0] == "…" or signs.startswith(".."):
        return Verdict.GOES_ON if goes_on else Verdict.END
    words = text[max(start, stop - WORDS_SEEN) : stop].split()
    return Verdict.GOES_ON if _unfinished(words, next_word) else Verdict.END


def _unfinished(words: list[str], next_word: str) -> bool:
    """Whether the last of the sentence's words so far only ends in a full stop because it is shortened or counted."""
    if not words:
        return True
    word = words[-1].lstrip("([{\"'„“‘«*_`¿¡")
    before = words[-2].lower() if len(words) > 1 else ""
    if word.isdigit():
        return _counts(word, before, next_word, place=len(words))
    if len(word) == 1 and word.isalpha():
        return _is_initial(word, before, next_word)
    return _is_abbreviation(word.lower(), next_word)


def _counts(number: str, before: str, next_word: str, *, place: int) -> bool:
    """A mark ("1. Open the app", "Step 2. Tap it") or a German ordinal ("am 3. Mai")."""
    first = next_word[:1]
    if (
        first.islower()
        or place == 1
        or (place == 2 and before in BEFORE_STEP)
        or (number == "1" and before[-1:] == ":")
    ):
        return True
    ordinal = first.isdigit() or before in BEFORE_ORDINAL or next_word.lower() in AFTER_ORDINAL
    return len(number) <= 2 and ordinal


def _is_initial(letter: str, before: str, next_word: str) -> bool:
    """J. K. Smith and z. B., but neither "plan B" nor "so do I"."""
    among_initials = len(next_word) == 1 and next_word.isupper() and next_word not in "AIÀY"
    if among_initials or not before or INITIAL.fullmatch(before) or next_word[:1].islower():
        return True
    if letter.lower() in BEFORE_NUMBER and _has_digit(next_word):
        return True
    return letter.islower() and letter not in "ai"


def _is_abbreviation(word: str, next_word: str) -> bool:
    if word in NEVER_LAST:
        return True
    if (word in BEFORE_NUMBER or word.endswith("nr")) and _has_digit(next_word):
        return True
    if word in MAYBE_LAST or DOTTED.fullmatch(word):
        after_hour = word in ("a.m", "p.m") and next_word.lower() in AFTER_HOUR
        return next_word[:1].islower() or next_word[:1].isdigit() or after_hour
    return False


def _has_digit(word: str) -> bool:
    return any(sign.isdigit() for sign in word)
