"""Messages that hold a courtesy and nothing else: "hi, how do I clean it?" is none."""

import re
from collections.abc import Sequence
from functools import cache

from app.domain.assessment import SmallTalk
from app.language.phrases import rules
from app.language.reading import Reading

_BREAKS = re.compile(r"[.,;!? ]+")
LONGEST = 25
"""Words; nobody is that long about nothing."""

_KINDS = (
    ("who_are_you", SmallTalk.WHO_ARE_YOU),
    ("goodbye", SmallTalk.GOODBYE),
    ("refusal", SmallTalk.REFUSAL),
    ("yes", SmallTalk.AGREEMENT),
    ("thanks", SmallTalk.THANKS),
    ("agreement", SmallTalk.AGREEMENT),
    ("greeting", SmallTalk.GREETING),
)
"""Tables of the rules; of several in one message the first one counts."""


def small_talk(readings: Sequence[Reading]) -> SmallTalk | None:
    """None as soon as one of the messages holds anything else."""
    held: set[str] = set()
    for reading in readings:
        courtesies = _courtesies(reading)
        if courtesies is None:
            return None
        held |= courtesies
    return next((kind for table, kind in _KINDS if table in held), None)


def _courtesies(reading: Reading) -> set[str] | None:
    """The tables whose phrases make up the whole message; the longest phrase at each place is taken."""
    if len(reading.spans) > LONGEST:
        return None
    held: set[str] = set()
    at = 0
    while at < len(reading.plain):
        if skipped := _BREAKS.match(reading.plain, at):
            at = skipped.end()
            continue
        matches = [(match.end(), table) for table, row in _rows() if (match := row.match(reading.plain, at))]
        if not matches:
            return None
        at, table = max(matches, key=lambda match: match[0])
        held.add(table)
    return held


@cache
def _rows() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((table, pattern) for table, phrases in rules("small_talk").items() for _, pattern in phrases.rows)
