"""A corpus as a knowledge base: cut, embedded and searched by the code that answers customers."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from app.care.knowledge_records import CutArticle
from app.care.lookup import Embedder
from app.domain.knowledge import Article, Passage, SearchQuestion, SearchResult
from app.eval.parts import EvalParts
from app.knowledge.in_memory import InMemoryKnowledge
from app.knowledge.passages import passages_of
from app.knowledge.search import HybridSearch, Parts

DEPTH = 60
"""Passages that are asked for; documents are ranked by their best."""


@dataclass(frozen=True, kw_only=True)
class Lookup:
    """A search over one corpus."""

    search: HybridSearch

    async def found(self, text: str, before: Sequence[str] = ()) -> SearchResult:
        return await self.search.search(SearchQuestion(text=text, before=tuple(before)), limit=DEPTH)

    async def close(self) -> None:
        await self.search.close()


async def lookup_over(articles: Iterable[Article], parts: EvalParts) -> Lookup:
    """A knowledge base in memory with these articles, embedded where there is an embedder."""
    knowledge = InMemoryKnowledge()
    await knowledge.save_articles([CutArticle(article=article, passages=passages_of(article)) for article in articles])
    if parts.embedder is not None:
        due = await knowledge.passages_without_vector(parts.embedder.id, 10**9)
        await knowledge.save_vectors(parts.embedder.id, _vectors(parts.embedder, due))
    search = HybridSearch(
        Parts(
            records=knowledge,
            terms=parts.terms,
            embedder=parts.embedder,
            today=lambda: parts.today,
            other_words=parts.other_words,
        )
    )
    await search.refresh()
    return Lookup(search=search)


def ranked(result: SearchResult, least: Iterable[str] = ()) -> list[str]:
    """Article ids by their best passage, best first, filled up from `least` to ten."""
    ids = list(dict.fromkeys(found.passage.article_id for found in result.passages))
    rest = (id for id in least if id not in set(ids))
    while len(ids) < 10 and (id := next(rest, None)) is not None:
        ids.append(id)
    return ids


def _vectors(embedder: Embedder, passages: Sequence[Passage]) -> dict[str, bytes]:
    import numpy as np

    if not passages:
        return {}
    rows = np.asarray(embedder.embed([f"{passage.title}\n{passage.text}" for passage in passages]), "<f4")
    return {passage.id: rows[at].tobytes() for at, passage in enumerate(passages)}
