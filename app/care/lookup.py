"""The ports through which questions are looked up and words are compared."""

from collections.abc import Sequence
from typing import Protocol

from app.domain.knowledge import SearchQuestion, SearchResult


class Search(Protocol):
    """Finds passages that may be said today; works without embeddings, never raises for a strange question."""

    async def search(self, question: SearchQuestion, *, limit: int = 8) -> SearchResult: ...


class EmbeddingUnavailableError(Exception):
    """No vectors now, or not in time; the search goes on with words alone."""


class Embedder(Protocol):
    """Turns texts into unit vectors. `id` names the space: vectors of different ids are never compared."""

    id: str
    dimensions: int

    def embed(self, texts: Sequence[str]) -> Sequence[Sequence[float]]:
        """One unit vector (float32 array row) a text, in order. Blocking: CPU work.

        Raises EmbeddingUnavailableError."""
        ...


class Terms(Protocol):
    """Splits a text into stemmed search terms of one language; stop words are left out."""

    def __call__(self, text: str, language: str = "en") -> list[str]: ...
