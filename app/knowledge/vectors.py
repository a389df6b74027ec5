"""The passages nearest to a vector: an exact scan for a small knowledge base, Chroma in memory for a large one."""

import hashlib
import logging
import time
from collections.abc import Sequence
from importlib import import_module
from typing import TYPE_CHECKING, Any, Protocol, cast

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

log = logging.getLogger(__name__)

STEP = 50
PAUSE = 0.02
"""Chroma holds the interpreter while it adds: so many rows at a time, and seconds between, keep replies going."""


class Nearest(Protocol):
    """Rows of unit vectors by their cosine to another."""

    def nearest(self, vector: "NDArray[np.float32]", count: int) -> "NDArray[np.intp]":
        """At most `count` rows, the nearest first."""
        ...

    def close(self) -> None: ...


class ExactVectors:
    """Every row is compared: 0.5 ms for 10,000 vectors of 384 numbers."""

    def __init__(self, matrix: "NDArray[np.float32]") -> None:
        self._matrix = matrix

    def nearest(self, vector: "NDArray[np.float32]", count: int) -> "NDArray[np.intp]":
        return best_rows(self._matrix @ vector, count)

    def close(self) -> None:
        """Nothing is held outside."""


class ChromaVectors:
    """A collection in Chroma's memory. The client is shared by the whole process, so `name` tells the version."""

    def __init__(self, name: str, matrix: "NDArray[np.float32]") -> None:
        """Fills the collection: seconds for tens of thousands of rows."""
        chromadb: Any = import_module("chromadb")  # its types are partial
        settings = chromadb.config.Settings(anonymized_telemetry=False)
        self._client = chromadb.EphemeralClient(settings=settings)
        self._name = name
        self._exact = ExactVectors(matrix)
        configuration = {"hnsw": {"space": "cosine", "ef_search": 200}}
        self._collection = self._client.create_collection(name, configuration=configuration, embedding_function=None)
        for start in range(0, len(matrix), STEP):
            rows = matrix[start : start + STEP]
            self._collection.add(ids=[str(start + row) for row in range(len(rows))], embeddings=rows)
            time.sleep(PAUSE)

    def nearest(self, vector: "NDArray[np.float32]", count: int) -> "NDArray[np.intp]":
        """A collection that was dropped under a running search, or fails otherwise, is replaced by the exact scan."""
        import numpy as np

        try:
            found = self._collection.query(query_embeddings=[vector], n_results=count, include=[])
        except Exception as error:  # foreign code; the service must go on answering
            log.warning("collection %s failed: %s", self._name, type(error).__name__)
            return self._exact.nearest(vector, count)
        ids = cast(Sequence[str], found["ids"][0])
        return np.array([int(row) for row in ids], np.intp)

    def close(self) -> None:
        self._client.delete_collection(self._name)


def collection_name(*, version: int, audience: str, embedder_id: str) -> str:
    """Vectors of different versions, audiences and spaces never meet."""
    space = hashlib.sha256(embedder_id.encode()).hexdigest()[:12]
    return f"passages-{version}-{audience}-{space}"


def best_rows(scores: "NDArray[np.floating[Any]]", count: int) -> "NDArray[np.intp]":
    """The rows with the highest scores, best first; equal ones in their order."""
    import numpy as np

    if count < len(scores):
        rows = np.sort(np.argpartition(-scores, count)[:count])
        return rows[np.argsort(-scores[rows], kind="stable")]
    return np.argsort(-scores, kind="stable")
