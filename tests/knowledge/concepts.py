"""An embedder that knows a few concepts, and a knowledge base in memory to search with it."""

from collections.abc import Sequence
from datetime import date

from app.care.knowledge_records import CutArticle
from app.care.lookup import EmbeddingUnavailableError
from app.domain.knowledge import Article
from app.knowledge.in_memory import InMemoryKnowledge
from app.knowledge.indexes import Filling
from app.knowledge.passages import passages_of
from app.knowledge.search import HybridSearch, Parts
from app.language.terms import terms

CONCEPTS = (
    ("refund", "money", "back", "return"),
    ("deliver", "parcel", "shipping", "arrive"),
    ("kettle", "boil", "water"),
    ("password", "login", "sign"),
)


class ConceptEmbedder:
    """A dimension for each concept, and one for everything else; records what it was asked."""

    id = "concepts"
    dimensions = len(CONCEPTS) + 1

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.down = False

    def embed(self, texts: Sequence[str]) -> Sequence[Sequence[float]]:
        if self.down:
            raise EmbeddingUnavailableError("down")
        self.asked += texts
        return [_unit([sum(word in text.lower() for word in words) for words in CONCEPTS]) for text in texts]


class Clock:
    """A day that can be changed."""

    def __init__(self) -> None:
        self.day = date(2026, 11, 1)

    def __call__(self) -> date:
        return self.day


class Company:
    """A knowledge base with its search."""

    def __init__(
        self,
        embedder: ConceptEmbedder | None = None,
        filling: Filling | None = None,
        records: InMemoryKnowledge | None = None,
    ) -> None:
        self.records = records or InMemoryKnowledge()
        self.embedder = embedder
        self.today = Clock()
        self.search = HybridSearch(
            Parts(
                records=self.records,
                terms=terms,
                embedder=embedder,
                today=self.today,
                filling=filling or Filling(passages=10_000, seconds=0),
            )
        )

    async def holds(self, *articles: Article) -> None:
        await self.records.save_articles([CutArticle(article=a, passages=passages_of(a)) for a in articles])

    async def embed(self) -> None:
        assert self.embedder is not None
        due = await self.records.passages_without_vector(self.embedder.id, 1000)
        await self.records.save_vectors(self.embedder.id, vectors_of(self.embedder, due))


def vectors_of(embedder: ConceptEmbedder, passages: Sequence) -> dict[str, bytes]:
    import numpy as np

    rows = embedder.embed([f"{passage.title}\n{passage.text}" for passage in passages])
    return {passage.id: np.array(row, "<f4").tobytes() for passage, row in zip(passages, rows, strict=True)}


def _unit(counts: list[int]) -> list[float]:
    row = [*map(float, counts), 0.5]
    length = sum(number * number for number in row) ** 0.5
    return [number / length for number in row]
