"""A knowledge base that lives only in memory, for measuring and trying out."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import islice

from app.care.knowledge_records import ArticleChangedError, CutArticle, HeldArticle, IndexRow
from app.domain.knowledge import Passage, PassageRecord


class InMemoryKnowledge:
    """Implements the ports `KnowledgeRecords` and `KnowledgeWriting` without a database."""

    def __init__(self) -> None:
        self._version = 0
        self._articles: dict[str, CutArticle] = {}
        self._held: dict[str, PassageRecord] = {}
        self._vectors: dict[tuple[str, str], bytes] = {}

    async def version(self) -> int:
        return self._version

    async def load_index(self, embedder_id: str | None) -> Sequence[IndexRow]:
        return [
            IndexRow(
                passage=passage,
                audience=cut.article.audience,
                vector=self._vectors.get((embedder_id, passage.id)) if embedder_id else None,
            )
            for cut in self._articles.values()
            for passage in cut.passages
        ]

    async def passages(self, ids: Sequence[str]) -> Sequence[PassageRecord]:
        return [self._held[id] for id in ids if id in self._held]

    async def save_articles(self, articles: Sequence[CutArticle]) -> int:
        self._articles.update({cut.article.id: _without_drafts(cut) for cut in articles})
        return self._changed()

    async def replace_article(self, cut: CutArticle, was: str | None) -> int:
        held = self._articles.get(cut.article.id)
        if (held.article.digest if held else None) != was:
            raise ArticleChangedError(cut.article.id)
        return await self.save_articles([cut])

    async def delete_articles(self, ids: Sequence[str]) -> int:
        for id in ids:
            self._articles.pop(id, None)
        return self._changed()

    async def passages_without_vector(self, embedder_id: str, limit: int) -> Sequence[Passage]:
        missing = (held.passage for id, held in self._held.items() if (embedder_id, id) not in self._vectors)
        return list(islice(missing, limit))

    async def count_without_vector(self, embedder_id: str) -> int:
        return sum((embedder_id, id) not in self._vectors for id in self._held)

    async def save_vectors(self, embedder_id: str, vectors: Mapping[str, bytes]) -> int:
        self._vectors.update({(embedder_id, id): vector for id, vector in vectors.items() if id in self._held})
        return self._changed()

    async def digests(self) -> Mapping[str, HeldArticle]:
        articles = [cut.article for cut in self._articles.values()]
        return {article.id: HeldArticle(digest=article.digest, source=article.source) for article in articles}

    def _changed(self) -> int:
        self._held = {passage.id: _record(cut, passage) for cut in self._articles.values() for passage in cut.passages}
        self._version += 1
        return self._version


def _without_drafts(cut: CutArticle) -> CutArticle:
    return replace(cut, passages=()) if cut.article.is_draft else cut


def _record(cut: CutArticle, passage: Passage) -> PassageRecord:
    article = cut.article
    return PassageRecord(
        passage=passage,
        audience=article.audience,
        valid_from=article.valid_from,
        valid_until=article.valid_until,
    )
