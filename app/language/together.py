"""Questions that are asked at the same moment are embedded in one batch."""

import threading
from collections.abc import Sequence
from dataclasses import dataclass, field

from app.care.lookup import Embedder

Vectors = Sequence[Sequence[float]]

FEW = 8
"""Texts at once that share a batch with others; more fill one by themselves."""

TEXTS_A_BATCH = 16


@dataclass(kw_only=True, eq=False)
class _Asked:
    """One caller's texts. Told when its rows are there, when they failed, or when it is its turn to run a batch."""

    texts: Sequence[str]
    told: threading.Event = field(default_factory=threading.Event)
    rows: Vectors | None = None
    failure: BaseException | None = None


class Together:
    """An embedder that asks another one for the texts of several callers at once; may be called from several threads.

    Reading a model's weights costs as much as reading a short question, and two threads that read them at once take
    each other's time. While one batch runs, those who come meanwhile gather for the next, which one of them runs."""

    def __init__(self, embedder: Embedder) -> None:
        self.id, self.dimensions = embedder.id, embedder.dimensions
        self._embedder = embedder
        self._lock = threading.Lock()
        self._gathered: list[_Asked] = []
        self._runs = False

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Unit rows, one a text. Raises EmbeddingUnavailableError."""
        if len(texts) > FEW:
            return self._embedder.embed(texts)
        asked = _Asked(texts=texts)
        with self._lock:
            self._gathered.append(asked)
            waits, self._runs = self._runs, True
        if waits:
            asked.told.wait()
        if asked.rows is None and asked.failure is None:
            self._run()
        if asked.failure is not None:
            raise asked.failure
        assert asked.rows is not None
        return asked.rows

    def _run(self) -> None:
        """Of one batch; the caller's own texts are the first in it. Then the next of those who wait runs theirs."""
        batch = self._taken()
        try:
            rows = self._embedder.embed([text for asked in batch for text in asked.texts])
            for asked in batch:
                asked.rows, rows = rows[: len(asked.texts)], rows[len(asked.texts) :]
        except BaseException as error:
            for asked in batch:
                asked.failure = error
        finally:
            for asked in batch:
                asked.told.set()
            self._hand_over()

    def _taken(self) -> list[_Asked]:
        with self._lock:
            batch = [self._gathered.pop(0)]
            texts = len(batch[0].texts)
            while self._gathered and texts + len(self._gathered[0].texts) <= TEXTS_A_BATCH:
                batch.append(self._gathered.pop(0))
                texts += len(batch[-1].texts)
            return batch

    def _hand_over(self) -> None:
        with self._lock:
            if self._gathered:
                self._gathered[0].told.set()
            else:
                self._runs = False
