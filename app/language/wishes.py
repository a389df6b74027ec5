"""Whether the customer asks for a person, and in which words: "get me an agent", but not "how do I become an agent"."""

from functools import cache

from app.language.phrases import Phrases, rules
from app.language.reading import Finding, Reading, surest


def wish_for_person(reading: Reading) -> Finding:
    """0.5 and above is a wish. A telephone number or a place for complaints asked for lies just above, people in a
    question about something else well below."""
    return surest(*(table.surest(reading) for table in _tables()))


@cache
def _tables() -> tuple[Phrases, ...]:
    return (*rules("wishes").values(), *rules("wishes_abroad").values())
