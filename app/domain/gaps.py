"""Questions that the knowledge base does not answer, grouped by how often they were asked. Pure rules."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

LONGEST_QUESTION = 1_000
LONGEST_KEY = 320


@dataclass(frozen=True, kw_only=True)
class Unanswered:
    """What a customer asked in vain: met with "not known", or with a person because it was the second time."""

    question: str
    conversation_id: str
    at: datetime
    covers_to: int


@dataclass(frozen=True, kw_only=True)
class Gap:
    """A question asked in vain, in the words it was last asked in, newest time first; `agent_reply` is what an agent
    answered then."""

    key: str
    times: tuple[Unanswered, ...]
    agent_reply: str = ""

    @property
    def question(self) -> str:
        return self.times[0].question


def gaps_of(
    unanswered: Sequence[Unanswered], key_of: Callable[[str], str], settled: Mapping[str, datetime]
) -> tuple[Gap, ...]:
    """Most often asked first. A settled one comes back when it was asked in vain again since."""
    groups: dict[str, list[Unanswered]] = defaultdict(list)
    for each in unanswered:
        key = key_of(each.question)
        if key not in settled or each.at > settled[key]:
            groups[key].append(each)
    gaps = (Gap(key=key, times=tuple(sorted(times, key=_newest_first))) for key, times in groups.items())
    return tuple(sorted(gaps, key=lambda gap: (-len(gap.times), _newest_first(gap.times[0]))))


def key_of_terms(terms: Sequence[str], text: str) -> str:
    """The same for the same words in any order; `text` itself where it has none that carry meaning."""
    return (" ".join(sorted(set(terms))) or " ".join(text.casefold().split()))[:LONGEST_KEY]


def _newest_first(each: Unanswered) -> float:
    return -each.at.timestamp()
