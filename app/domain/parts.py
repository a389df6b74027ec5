"""The questions of a turn: each is looked up, decided and answered by itself. Pure values."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import zip_longest

from app.domain.knowledge import FoundPassage, SearchResult


@dataclass(frozen=True, kw_only=True)
class Part:
    """One question of a turn. `words` are the customer's own, `text` says it so that it stands alone but for `before`,
    the earlier messages that it leans on. `own_matter` is how surely only the company's records answer it, 0..1, and
    `passage_ids` those that do answer it."""

    words: str
    text: str
    before: tuple[str, ...] = ()
    leans: bool = False
    own_matter: float = 0.0
    passage_ids: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class LookedUp:
    """A part with what search found on it."""

    part: Part
    found: SearchResult = field(default_factory=SearchResult)


def found_together(looked_up: Sequence[LookedUp]) -> SearchResult:
    """The best passages of each part in turn, each once."""
    if len(looked_up) == 1:
        return looked_up[0].found
    return SearchResult(
        passages=in_turn([each.found.passages for each in looked_up]),
        answerable=max((each.found.answerable for each in looked_up), default=0.0),
        lexical_only=any(each.found.lexical_only for each in looked_up),
    )


def in_turn(passages: Iterable[Sequence[FoundPassage]]) -> tuple[FoundPassage, ...]:
    """The first of each, then the second of each, and so on; each passage once."""
    rounds = zip_longest(*passages)
    return tuple({each.passage.id: each for round in rounds for each in round if each is not None}.values())
