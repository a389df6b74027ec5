"""Many words as one pattern that leaves a place at once where none of them can begin."""

import re
from collections.abc import Iterable

_LIKE_A_LETTER = {"s": "ſ", "k": "\u212a", "i": "İı"}
"""What a pattern that ignores capitals takes for the letter besides its capital."""


def any_of(words: Iterable[str]) -> str:
    """The longest first, for a pattern that ignores capitals; grouped by their first letter, which is compared as it
    is written: that is what makes it quick."""
    by_first: dict[str, list[str]] = {}
    for word in sorted(words, key=len, reverse=True):
        by_first.setdefault(word[0], []).append(re.escape(word[1:]))
    return "|".join(f"{_letter(first)}(?:{'|'.join(rests)})" for first, rests in by_first.items())


def _letter(first: str) -> str:
    return f"(?-i:[{re.escape(first + first.upper() + _LIKE_A_LETTER.get(first, ''))}])"
