"""Vectors of texts that come again: a question is looked up and answered, and the same sentences answer many."""

import threading
from collections import OrderedDict
from collections.abc import Sequence
from typing import cast

from app.care.lookup import Embedder

Vector = Sequence[float]

MOST = 8_192
"""Vectors that are kept: of 384 numbers, 12 MB."""

BULK = 48
"""Texts at once that are no question's: passages being taken in, each once."""


class RecentVectors:
    """An embedder that asks another one only for what it does not know; may be called from several threads."""

    def __init__(self, embedder: Embedder) -> None:
        self.id, self.dimensions = embedder.id, embedder.dimensions
        self._embedder = embedder
        self._kept: OrderedDict[str, Vector] = OrderedDict()
        self._lock = threading.Lock()

    def embed(self, texts: Sequence[str]) -> Sequence[Vector]:
        """A float32 array (texts, dimensions) of unit rows. Raises EmbeddingUnavailableError."""
        if len(texts) > BULK:
            return self._embedder.embed(texts)
        import numpy as np

        known = self._known(texts)
        missing = [text for text in dict.fromkeys(texts) if text not in known]
        if missing:
            rows = self._embedder.embed(missing)
            fresh: dict[str, Vector] = {
                text: cast(Vector, np.array(row)) for text, row in zip(missing, rows, strict=True)
            }
            self._keep(fresh)
            known |= fresh
        return cast(Sequence[Vector], np.asarray([known[text] for text in texts], np.float32))

    def _known(self, texts: Sequence[str]) -> dict[str, Vector]:
        with self._lock:
            found = {text: self._kept[text] for text in texts if text in self._kept}
            for text in found:
                self._kept.move_to_end(text)
        return found

    def _keep(self, fresh: dict[str, Vector]) -> None:
        with self._lock:
            self._kept.update(fresh)
            while len(self._kept) > MOST:
                self._kept.popitem(last=False)
