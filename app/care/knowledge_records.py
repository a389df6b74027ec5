"""The knowledge base as records keep it: what search is filled from and read again before anything is said."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from app.domain.knowledge import Article, Audience, Passage, PassageRecord


@dataclass(frozen=True, kw_only=True)
class IndexRow:
    """A passage to be indexed. `vector` is its unit vector in the embedder's space as little-endian float32 bytes,
    None while it has not been embedded."""

    passage: Passage
    audience: Audience
    vector: bytes | None = None


class KnowledgeRecords(Protocol):
    """What search reads. `version` grows with every write that changes articles, passages or vectors."""

    async def version(self) -> int: ...

    async def load_index(self, embedder_id: str | None) -> Sequence[IndexRow]:
        """Every passage of every article, of any audience and date, with its vector of that embedder."""
        ...

    async def passages(self, ids: Sequence[str]) -> Sequence[PassageRecord]:
        """The passages as they stand now, in any order; ids that no longer exist are left out."""
        ...


@dataclass(frozen=True, kw_only=True)
class CutArticle:
    """An article with the passages it was cut into; `changed_by` names the agent who wrote it, if one did."""

    article: Article
    passages: tuple[Passage, ...]
    changed_by: str = ""


class ArticleChangedError(Exception):
    """Somebody else changed the article, or took it out, since it was read."""


@dataclass(frozen=True, kw_only=True)
class HeldArticle:
    """What tells whether an article changed, and where it came from."""

    digest: str
    source: str


class KnowledgeWriting(Protocol):
    """What ingestion writes; each method is one transaction and gives the new version."""

    async def version(self) -> int: ...

    async def save_articles(self, articles: Sequence[CutArticle]) -> int:
        """Puts in or replaces by article id. Passages whose id is unchanged keep their vectors."""
        ...

    async def replace_article(self, cut: CutArticle, was: str | None) -> int:
        """Only where it still has the digest `was`; None: only where there is none of its id. Raises
        ArticleChangedError."""
        ...

    async def delete_articles(self, ids: Sequence[str]) -> int: ...

    async def passages_without_vector(self, embedder_id: str, limit: int) -> Sequence[Passage]: ...

    async def count_without_vector(self, embedder_id: str) -> int: ...

    async def save_vectors(self, embedder_id: str, vectors: Mapping[str, bytes]) -> int:
        """Vectors by passage id; those of passages deleted meanwhile are dropped."""
        ...

    async def digests(self) -> Mapping[str, HeldArticle]:
        """What is held, by article id: unchanged articles need no work."""
        ...


class ArticleReading(Protocol):
    """The articles themselves, as their authors wrote them."""

    async def articles(self) -> Sequence[Article]: ...

    async def article(self, article_id: str) -> Article | None: ...
