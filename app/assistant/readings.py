"""Found passages put together as one reads them: windows of a section that follow each other become one text."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from app.assistant.statements import Statement, statements_of
from app.care.answerers import SentenceSplitter
from app.care.lookup import Terms
from app.care.other_words import Ways, held_ways
from app.domain.knowledge import FoundPassage, Passage

_KEPT = 2048


@dataclass(frozen=True, kw_only=True)
class Reading:
    """One section's statements with the stemmed words of each; `strength` is how well search found it."""

    title: frozenset[str]
    statements: tuple[Statement, ...]
    bags: tuple[frozenset[str], ...]
    strength: float = 0.0

    def with_statements(self, statements: Iterable[Statement]) -> "Reading":
        """The same reading in other words."""
        return replace(self, statements=tuple(statements))

    def saying(self, ways: Ways) -> "Reading":
        """The same reading, its bags with the question's terms that it says in other words."""
        bags = tuple(bag | held_ways(ways, self.title | bag) for bag in self.bags)
        return replace(self, title=self.title | held_ways(ways, self.title), bags=bags)


class Reader:
    """Reads passages into statements, each passage once: its id changes with its words."""

    def __init__(self, *, terms: Terms, split: SentenceSplitter) -> None:
        self._terms = terms
        self._split = split
        self._one = lru_cache(maxsize=_KEPT)(self._read)

    def readings(self, found: Sequence[FoundPassage], most: int) -> list[Reading]:
        """At most `most` readings, ordered by the best passage in each."""
        groups: list[list[FoundPassage]] = []
        for one in found:
            group = next((g for g in groups if any(_beside(one.passage, other.passage) for other in g)), None)
            if group is None:
                groups.append([one])
            else:
                group.append(one)
        whole = [self._joined(sorted(group, key=lambda f: f.passage.position)) for group in groups[:most]]
        return [reading for reading in whole if reading.statements]

    def _joined(self, found: Sequence[FoundPassage]) -> Reading:
        passages = [f.passage for f in found]
        strength = max(f.score for f in found)
        statements: list[Statement] = []
        bags: list[frozenset[str]] = []
        for read in map(self._one, passages):
            statements.extend(_moved(read.statements, len(statements), statements[-1].block + 1 if statements else 0))
            bags.extend(read.bags)
        return Reading(
            title=self._one(passages[0]).title, statements=tuple(statements), bags=tuple(bags), strength=strength
        )

    def _read(self, passage: Passage) -> Reading:
        statements = statements_of(passage, self._split)
        return Reading(
            title=frozenset(self._terms(" ".join(passage.title_path), passage.language)),
            statements=statements,
            bags=tuple(frozenset(self._terms(s.text, passage.language)) for s in statements),
        )


def _beside(one: Passage, other: Passage) -> bool:
    same = one.article_id == other.article_id and one.title_path == other.title_path
    return same and abs(one.position - other.position) == 1


def _moved(statements: Sequence[Statement], by: int, blocks: int) -> list[Statement]:
    """The same statements after `by` others: indexes and blocks go on from there."""
    return [replace(s, intro=None if s.intro is None else s.intro + by, block=s.block + blocks) for s in statements]
