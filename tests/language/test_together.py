"""Texts of several callers share a batch, and each gets its own rows."""

import threading
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field

import numpy as np
import pytest

from app.care.lookup import EmbeddingUnavailableError
from app.language.together import FEW, TEXTS_A_BATCH, Together

SECONDS = 10


@dataclass
class SlowEmbedder:
    """A vector tells the length of its text. The first batch waits until it may go on; what was asked is recorded."""

    id: str = "slow"
    dimensions: int = 2
    fails_at: str = ""
    asked: list[list[str]] = field(default_factory=list)
    begun: threading.Event = field(default_factory=threading.Event)
    go_on: threading.Event = field(default_factory=threading.Event)

    def embed(self, texts: Sequence[str]) -> Sequence[Sequence[float]]:
        self.asked.append(list(texts))
        self.begun.set()
        assert self.go_on.wait(SECONDS)
        if self.fails_at in texts:
            raise EmbeddingUnavailableError("no vectors today")
        return np.asarray([(len(text), 1.0) for text in texts], np.float32)


class Callers:
    """One asks first; the others while its batch is under way, one after the other."""

    def __init__(self, embedder: SlowEmbedder) -> None:
        self.together = Together(embedder)
        self._embedder = embedder
        self._pool = ThreadPoolExecutor(64)

    def ask(self, first: str, *others: Sequence[str]) -> list["Future[Sequence[Sequence[float]]]"]:
        asked = [self._pool.submit(self.together.embed, [first])]
        assert self._embedder.begun.wait(SECONDS)
        for place, texts in enumerate(others, 1):
            asked.append(self._pool.submit(self.together.embed, texts))
            self._until_gathered(place)
        self._embedder.go_on.set()
        return asked

    def _until_gathered(self, number: int) -> None:
        for _ in range(1_000):
            if len(self.together._gathered) >= number:  # pyright: ignore[reportPrivateUsage]
                return
            threading.Event().wait(0.01)
        raise AssertionError("nobody gathered")


def _lengths(asked: "Future[Sequence[Sequence[float]]]") -> list[float]:
    return np.asarray(asked.result(SECONDS))[:, 0].tolist()


def test_who_comes_while_a_batch_runs_shares_the_next_one() -> None:
    embedder = SlowEmbedder()

    first, second, third = Callers(embedder).ask("one", ["three", "seven+"], ["x"])

    assert [_lengths(each) for each in (first, second, third)] == [[3], [5, 6], [1]]
    assert embedder.asked == [["one"], ["three", "seven+", "x"]]


def test_a_batch_holds_only_so_many_texts() -> None:
    embedder = SlowEmbedder()
    others = [[f"text {number}"] * FEW for number in range(3)]

    asked = Callers(embedder).ask("one", *others)

    assert [len(_lengths(each)) for each in asked] == [1, FEW, FEW, FEW]
    assert [len(batch) for batch in embedder.asked] == [1, TEXTS_A_BATCH, FEW]


def test_a_failure_is_told_to_all_who_shared_it_and_to_nobody_else() -> None:
    embedder = SlowEmbedder(fails_at="bad")
    callers = Callers(embedder)

    first, second, third = callers.ask("one", ["bad"], ["good"])

    assert _lengths(first) == [3]
    for each in (second, third):
        with pytest.raises(EmbeddingUnavailableError):
            each.result(SECONDS)
    assert np.asarray(callers.together.embed(["after"]))[0, 0] == 5


def test_many_texts_go_by_themselves() -> None:
    embedder = SlowEmbedder()
    embedder.go_on.set()

    Together(embedder).embed([str(number) for number in range(FEW + 1)])

    assert [len(batch) for batch in embedder.asked] == [FEW + 1]


def test_hundreds_of_callers_each_get_their_own_rows() -> None:
    embedder = SlowEmbedder()
    embedder.go_on.set()
    together = Together(embedder)
    texts = ["x" * (1 + number % 50) for number in range(400)]

    with ThreadPoolExecutor(16) as pool:
        rows = list(pool.map(lambda text: together.embed([text])[0][0], texts))

    assert rows == [len(text) for text in texts]
