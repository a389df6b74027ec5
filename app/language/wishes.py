"""Whether the customer asks for a person, and in which words: "get me an agent", but not "how do I become an agent"."""

from functools import cache

from app.language.meaning import Meaning
from app.language.phrases import Phrases, rules
from app.language.reading import Finding, Reading, surest

WISH_AT = 0.5


def wish_for_person(reading: Reading, meaning: Meaning | None = None) -> Finding:
    """0.5 and above is a wish. A telephone number or a place for complaints asked for lies just above, people in a
    question about something else well below. `meaning` counts where a word for people or calls is there and none
    that turns it round."""
    found = surest(*(table.surest(reading) for table in _tables()))
    if found.score >= WISH_AT or meaning is None:
        return found
    cues = rules("cues")
    cue = cues["people"].surest(reading)
    if (
        not cue.score
        or cues["turned_round"].surest(reading).score
        or any(table.excepts(reading) for table in _tables())
    ):
        return found
    return surest(found, Finding(score=meaning.wish, evidence=reading.whole))


@cache
def _tables() -> tuple[Phrases, ...]:
    return (*rules("wishes").values(), *rules("wishes_abroad").values())
