"""Vectors of texts that come again are not made again."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from app.language import recent_vectors
from app.language.recent_vectors import RecentVectors


@dataclass
class FakeEmbedder:
    """A vector tells the length of its text; what was asked is recorded."""

    id: str = "fake"
    dimensions: int = 2
    asked: list[list[str]] = field(default_factory=list)

    def embed(self, texts: Sequence[str]) -> Sequence[Sequence[float]]:
        self.asked.append(list(texts))
        return np.asarray([(len(text), 1.0) for text in texts], np.float32)


def test_only_what_is_new_is_embedded_and_rows_keep_their_order() -> None:
    embedder = FakeEmbedder()
    recent = RecentVectors(embedder)
    recent.embed(["one", "three"])

    rows = np.asarray(recent.embed(["three", "seven+", "one", "three"]))

    assert embedder.asked == [["one", "three"], ["seven+"]]
    assert rows[:, 0].tolist() == [5, 6, 3, 5]
    assert rows.dtype == np.float32


def test_passages_being_taken_in_push_nothing_out() -> None:
    embedder = FakeEmbedder()
    recent = RecentVectors(embedder)
    recent.embed(["question"])

    recent.embed([f"passage {number}" for number in range(64)])
    recent.embed(["question"])

    assert [len(texts) for texts in embedder.asked] == [1, 64]


def test_the_oldest_are_let_go() -> None:
    embedder = FakeEmbedder()
    recent = RecentVectors(embedder)
    for number in range(recent_vectors.MOST + 1):
        recent.embed([f"question {number}"])

    recent.embed(["question 1"])
    recent.embed(["question 0"])

    assert embedder.asked[-1] == ["question 0"]
    assert len(embedder.asked) == recent_vectors.MOST + 2
