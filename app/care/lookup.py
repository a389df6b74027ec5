"""The ports through which questions are looked up and words are compared."""

from collections.abc import Sequence
from dataclasses import dataclass
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


@dataclass(frozen=True, kw_only=True)
class Meant:
    """One word of a text from abroad: `ways` to say it in English, each of one or more stemmed terms. `sure` where a
    glossary knows it; otherwise the word stands for itself, as a product's name does."""

    ways: tuple[tuple[str, ...], ...]
    sure: bool = True


class Interpreter(Protocol):
    """Reads texts of any language by what their words are in English, so that two languages can be compared."""

    def meant(self, text: str, language: str) -> Sequence[Meant]:
        """Word for word, without those that say nothing."""
        ...

    def terms(self, text: str, language: str = "en") -> list[str]:
        """All terms of all ways; of an English text its search terms."""
        ...

    def in_english(self, text: str, language: str) -> str:
        """Word for word, as far as the glossary goes: to be compared, never to be shown."""
        ...
