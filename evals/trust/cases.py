"""The cases that are told: lies, and paraphrases that are true. Generated, or written by hand in the files beside."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).parent
KNOWLEDGE_BASE = "knowledge_base"
MANUAL = "manual"


@dataclass(frozen=True, kw_only=True)
class Lie:
    """`true_before` is told before it; `truth` are the words of the article that it goes against, if there are any."""

    id: str
    kind: str
    question: str
    article: str
    true_before: str
    lie: str
    truth: str
    source: str = KNOWLEDGE_BASE


@dataclass(frozen=True, kw_only=True)
class Paraphrase:
    """`sentence` says in other words what `holds` says in the article's; `says` is what any good answer has in it."""

    id: str
    kind: str
    question: str
    article: str
    sentence: str
    holds: str
    says: tuple[str, ...]
    source: str = KNOWLEDGE_BASE


def written_lies(half: str) -> tuple[Lie, ...]:
    """Empty while nobody has written that half."""
    return tuple(
        Lie(
            id=row["id"],
            kind=row["kind"],
            question=row["question"],
            article=row["article"],
            true_before=row["true_before"],
            lie=row["lie"],
            truth=row["truth"],
        )
        for row in _rows(HERE / f"lies_{half}.jsonl")
    )


def written_paraphrases(half: str) -> tuple[Paraphrase, ...]:
    """Empty while nobody has written that half."""
    return tuple(
        Paraphrase(
            id=row["id"],
            kind=row["kind"],
            question=row["question"],
            article=row["article"],
            sentence=row["sentence"],
            holds=row["holds"],
            says=tuple(row["says"]),
        )
        for row in _rows(HERE / f"paraphrases_{half}.jsonl")
    )


def _rows(path: Path) -> Iterator[Mapping[str, str]]:
    if path.exists():
        yield from (json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip())
