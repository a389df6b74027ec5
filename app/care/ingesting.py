"""Documents become articles and passages: only what changed is worked again, a broken file is named and skipped."""

import asyncio
import time
from array import array
from collections.abc import AsyncGenerator, Callable, Iterator, Mapping, Sequence, Set
from contextlib import aclosing
from dataclasses import dataclass, field, replace
from typing import Protocol

from app.care.knowledge_records import CutArticle, HeldArticle, KnowledgeWriting
from app.care.lookup import Embedder
from app.domain.knowledge import Article, ArticleStatus, Passage
from app.domain.library import is_consoles

EMBED_AT_ONCE = 64
SAVE_AT_ONCE = 100
AN_ARTICLE = 3
"""What one transaction saves, in passages, and what an article costs beside its own: some 10 ms of the one writer
that customers' messages wait for too. An article is never parted."""

LONGEST_PAUSE = 0.05
"""After each such transaction its time again is left to others: SQLite's lock goes to who asks at the right moment, and
to a customer's message hardly ever where one transaction follows the other."""


class UnreadableDocumentError(Exception):
    """A document that cannot be taken; the reason is meant for its author."""


@dataclass(frozen=True, kw_only=True)
class Document:
    """A file to be taken in. `name` is its path below the folder it came from, `source` where that is. `address` and
    `language` stand above what the file says of itself, where they are given."""

    name: str
    source: str
    content: bytes
    address: str | None = None
    language: str | None = None
    status: ArticleStatus = ArticleStatus.PUBLISHED
    changed_by: str = ""


@dataclass(frozen=True, kw_only=True)
class ReadDocument:
    """All articles of a document, cut into passages; or none, and why it cannot be taken."""

    document: Document
    articles: tuple[CutArticle, ...] = ()
    problem: str = ""


class DocumentReading(Protocol):
    """Reads and cuts documents away from the event loop, in their order; untrusted bytes guarded."""

    def __call__(self, documents: Sequence[Document]) -> AsyncGenerator[ReadDocument]: ...


@dataclass(kw_only=True)
class IngestReport:
    """What came of it, by article id; `broken` tells why by document name. `kept` names the documents that were left
    aside, for an article of theirs is the console's by now."""

    changed: list[str] = field(default_factory=list[str])
    unchanged: list[str] = field(default_factory=list[str])
    deleted: list[str] = field(default_factory=list[str])
    broken: dict[str, str] = field(default_factory=dict[str, str])
    kept: list[str] = field(default_factory=list[str])
    passages: int = 0

    def add(self, other: "IngestReport") -> None:
        self.changed += other.changed
        self.unchanged += other.unchanged
        self.deleted += other.deleted
        self.broken |= other.broken
        self.kept += other.kept
        self.passages += other.passages


@dataclass(frozen=True, kw_only=True)
class Ingesting:
    """Takes documents in and out. Vectors follow in the background; until then passages are found by their words."""

    records: KnowledgeWriting
    read: DocumentReading
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
        async with aclosing(self.read(documents)) as reading:
            async for read in reading:
                progress(read.document.name)
                await self._take(read, held, report)
        if whole_source is not None:
            there = {document.source for document in documents}
            await self._delete_missing(there, held, whole_source, report)
        return report

    async def take_article(self, article: Article) -> IngestReport:
        report = IngestReport()
        cut = await asyncio.to_thread(_cut, article, self.cut)
        await self._save([cut], await self.records.digests(), report)
        return report

    async def edit_article(self, article: Article, *, was: str | None, by: str) -> CutArticle:
        """Puts it in the place of the one with the digest `was`; None: it is new. Raises ArticleChangedError."""
        cut = await asyncio.to_thread(_cut, article, self.cut)
        await self.records.replace_article(replace(cut, changed_by=by), was)
        return cut

    async def take_out_below(self, source: str, keep: Set[str] = frozenset()) -> Sequence[str]:
        """Takes out the articles whose source lies below `source`, but for those in `keep`; gives their ids."""
        report = IngestReport()
        await self._delete_missing(keep, await self.records.digests(), source, report)
        return report.deleted

    async def delete(self, article_id: str) -> bool:
        if article_id not in await self.records.digests():
            return False
        await self.records.delete_articles([article_id])
        return True

    async def count_due(self) -> int:
        """Passages that have no vector yet; none without an embedder."""
        return 0 if self.embedder is None else await self.records.count_without_vector(self.embedder.id)

    async def embed_due(self, at_once: int = EMBED_AT_ONCE) -> int:
        """Embeds passages that have no vector yet, one batch; gives how many."""
        if self.embedder is None:
            return 0
        due = await self.records.passages_without_vector(self.embedder.id, at_once)
        if due:
            vectors = await asyncio.to_thread(_embedded, self.embedder, [passage.words for passage in due])
            ids = (passage.id for passage in due)
            await self.records.save_vectors(self.embedder.id, dict(zip(ids, vectors, strict=True)))
        return len(due)

    async def _take(self, read: ReadDocument, held: Mapping[str, HeldArticle], report: IngestReport) -> None:
        """All articles of the document, or none: what was held of a broken one stays."""
        document = read.document
        if read.problem:
            report.broken[document.name] = read.problem
            return
        still = {cut.article.id for cut in read.articles}
        if taken := [id for id in still if _is_anothers(held.get(id), document)]:
            self._leave(document, taken[0], held[taken[0]], report)
            return
        await self._save([_from(cut, document) for cut in read.articles], held, report)
        gone = [id for id, known in held.items() if known.source == document.source and id not in still]
        await self._forget(gone, report)

    def _leave(self, document: Document, article_id: str, known: HeldArticle, report: IngestReport) -> None:
        if is_consoles(known.source):
            report.kept.append(document.name)
        else:
            report.broken[document.name] = f"{known.source} holds an article with the id {article_id} already"

    async def _save(
        self, articles: Sequence[CutArticle], held: Mapping[str, HeldArticle], report: IngestReport
    ) -> None:
        changed, unchanged = await asyncio.to_thread(_parted, articles, held)
        for some in _together(changed):
            began = time.monotonic()
            await self.records.save_articles(some)
            await asyncio.sleep(min(time.monotonic() - began, LONGEST_PAUSE))
        report.changed += [cut.article.id for cut in changed]
        report.unchanged += [cut.article.id for cut in unchanged]
        report.passages += sum(len(cut.passages) for cut in changed)

    async def _delete_missing(
        self, there: Set[str], held: Mapping[str, HeldArticle], source: str, report: IngestReport
    ) -> None:
        below = source.rstrip("/") + "/"
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


def _from(cut: CutArticle, document: Document) -> CutArticle:
    about = {"address": document.address, "language": document.language}
    given = {name: value for name, value in about.items() if value is not None}
    article = replace(cut.article, source=document.source, status=document.status, **given)
    passages = tuple(replace(passage, **given) for passage in cut.passages)
    return CutArticle(article=article, passages=passages, changed_by=document.changed_by)


def _cut(article: Article, cut: Callable[[Article], Sequence[Passage]]) -> CutArticle:
    return CutArticle(article=article, passages=tuple(cut(article)))


def _parted(
    articles: Sequence[CutArticle], held: Mapping[str, HeldArticle]
) -> tuple[list[CutArticle], list[CutArticle]]:
    """Those that changed, and those that did not; a digest takes a millisecond for each megabyte or so."""
    changed: list[CutArticle] = []
    unchanged: list[CutArticle] = []
    for cut in articles:
        known = held.get(cut.article.id)
        same = known is not None and known.digest == cut.article.digest
        (unchanged if same else changed).append(cut)
    return changed, unchanged


def _together(articles: Sequence[CutArticle]) -> Iterator[list[CutArticle]]:
    """What is saved in one transaction."""
    some: list[CutArticle] = []
    passages = 0
    for cut in articles:
        if some and passages + AN_ARTICLE + len(cut.passages) > SAVE_AT_ONCE:
            yield some
            some, passages = [], 0
        some.append(cut)
        passages += AN_ARTICLE + len(cut.passages)
    if some:
        yield some
