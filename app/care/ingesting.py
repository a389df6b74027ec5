"""Documents become articles and passages: only what changed is worked again, a broken file is named and skipped."""

import asyncio
from array import array
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol

from app.care.knowledge_records import CutArticle, HeldArticle, KnowledgeWriting
from app.care.lookup import Embedder
from app.domain.knowledge import Article, Passage

EMBED_AT_ONCE = 64
SAVE_AT_ONCE = 50


class UnreadableDocumentError(Exception):
    """A document that cannot be taken; the reason is meant for its author."""


@dataclass(frozen=True, kw_only=True)
class Document:
    """A file to be taken in. `name` is its path below the folder it came from, `source` where that is."""

    name: str
    source: str
    content: bytes


class DocumentParser(Protocol):
    """Raises UnreadableDocumentError: all articles of a document, or none. Blocking; runs untrusted bytes guarded."""

    def __call__(self, name: str, content: bytes) -> Sequence[Article]: ...


@dataclass(kw_only=True)
class IngestReport:
    """What came of it, by article id; `broken` tells why by document name."""

    changed: list[str] = field(default_factory=list[str])
    unchanged: list[str] = field(default_factory=list[str])
    deleted: list[str] = field(default_factory=list[str])
    broken: dict[str, str] = field(default_factory=dict[str, str])
    passages: int = 0

    def add(self, other: "IngestReport") -> None:
        self.changed += other.changed
        self.unchanged += other.unchanged
        self.deleted += other.deleted
        self.broken |= other.broken
        self.passages += other.passages


@dataclass(frozen=True, kw_only=True)
class Ingesting:
    """Takes documents in and out. Vectors follow in the background; until then passages are found by their words."""

    records: KnowledgeWriting
    parse: DocumentParser
    cut: Callable[[Article], Sequence[Passage]]
    embedder: Embedder | None

    async def take_documents(
        self,
        documents: Sequence[Document],
        *,
        whole_source: str | None = None,
        progress: Callable[[str], None] = lambda _name: None,
    ) -> IngestReport:
        """`whole_source`: articles held from below it whose document is not among these are deleted."""
        report = IngestReport()
        held = await self.records.digests()
        for document in documents:
            progress(document.name)
            await self._take(document, held, report)
        if whole_source is not None:
            await self._delete_missing(documents, held, whole_source, report)
        return report

    async def take_article(self, article: Article) -> IngestReport:
        report = IngestReport()
        await self._save([article], await self.records.digests(), report)
        return report

    async def delete(self, article_id: str) -> bool:
        if article_id not in await self.records.digests():
            return False
        await self.records.delete_articles([article_id])
        return True

    async def embed_due(self, progress: Callable[[int], None] = lambda _count: None) -> int:
        """Embeds passages that have no vector yet, one batch; gives how many."""
        if self.embedder is None:
            return 0
        due = await self.records.passages_without_vector(self.embedder.id, EMBED_AT_ONCE)
        if due:
            vectors = await asyncio.to_thread(_embedded, self.embedder, [passage.words for passage in due])
            ids = (passage.id for passage in due)
            await self.records.save_vectors(self.embedder.id, dict(zip(ids, vectors, strict=True)))
            progress(len(due))
        return len(due)

    async def _take(self, document: Document, held: Mapping[str, HeldArticle], report: IngestReport) -> None:
        """All articles of the document, or none: what was held of a broken one stays."""
        try:
            articles = await asyncio.to_thread(self.parse, document.name, document.content)
        except UnreadableDocumentError as error:
            report.broken[document.name] = str(error)
            return
        if taken := [article.id for article in articles if _is_anothers(held.get(article.id), document)]:
            report.broken[document.name] = f"{held[taken[0]].source} holds an article with the id {taken[0]} already"
            return
        await self._save([_from(article, document) for article in articles], held, report)
        still = {article.id for article in articles}
        gone = [id for id, known in held.items() if known.source == document.source and id not in still]
        await self._forget(gone, report)

    async def _save(self, articles: Sequence[Article], held: Mapping[str, HeldArticle], report: IngestReport) -> None:
        changed = [a for a in articles if a.id not in held or held[a.id].digest != a.digest]
        cut = [CutArticle(article=article, passages=tuple(self.cut(article))) for article in changed]
        for start in range(0, len(cut), SAVE_AT_ONCE):
            await self.records.save_articles(cut[start : start + SAVE_AT_ONCE])
        report.changed += [article.id for article in changed]
        report.unchanged += [article.id for article in articles if article not in changed]
        report.passages += sum(len(each.passages) for each in cut)

    async def _delete_missing(
        self, documents: Sequence[Document], held: Mapping[str, HeldArticle], source: str, report: IngestReport
    ) -> None:
        below = source.rstrip("/") + "/"
        there = {document.source for document in documents}
        await self._forget([i for i, a in held.items() if a.source.startswith(below) and a.source not in there], report)

    async def _forget(self, ids: Sequence[str], report: IngestReport) -> None:
        if ids:
            await self.records.delete_articles(ids)
            report.deleted += ids


def _embedded(embedder: Embedder, texts: Sequence[str]) -> list[bytes]:
    """Unit vectors as little-endian float32."""
    return [array("f", vector).tobytes() for vector in embedder.embed(texts)]


def _is_anothers(known: HeldArticle | None, document: Document) -> bool:
    """A file of another folder is not overwritten by one of the same name; what came in over the API is."""
    return known is not None and "/" in known.source and known.source != document.source


def _from(article: Article, document: Document) -> Article:
    return replace(article, source=document.source)
