"""Few passages are embedded in the worker, many in a process of its own that is looked after."""

import logging
from collections.abc import AsyncGenerator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

import pytest

from app.care.embedding import CHORE, LONGEST_REST_SECONDS, MANY, EmbeddingDue
from app.care.ingesting import Document, Ingesting, ReadDocument
from app.care.knowledge_records import CutArticle
from app.domain.knowledge import Article, Passage
from app.storage.articles import ArticleRecords
from app.storage.chores import ChoreKeeper
from app.storage.database import Database
from tests.fakes.parts import FakeClock


class FakeEmbedder:
    """Vectors of two numbers."""

    id, dimensions = "fake", 2

    def embed(self, texts: Sequence[str]) -> Sequence[Sequence[float]]:
        return [(1.0, 0.0) for _ in texts]


@dataclass
class FakeProcess:
    """Runs until it is given a code; embeds nothing."""

    code: int | None = None
    starts: int = 0
    stopped: bool = False

    async def start(self) -> None:
        self.starts += 1
        self.code = None

    def ended(self) -> int | None:
        return self.code

    async def stop(self) -> None:
        self.stopped = True


@dataclass
class Time:
    """Seconds that pass when told."""

    now: float = 1000.0

    def __call__(self) -> float:
        return self.now


@dataclass
class Due:
    """The parts of a test."""

    database: Database
    clock: FakeClock
    process: FakeProcess = field(default_factory=FakeProcess)
    time: Time = field(default_factory=Time)

    def __post_init__(self) -> None:
        self.records = ArticleRecords(self.database, self.clock)
        self.chores = ChoreKeeper(self.database, self.clock)
        self.ingesting = Ingesting(records=self.records, read=_nothing, cut=_cut, embedder=FakeEmbedder())
        self.embedding = self.of("one", self.process)

    def of(self, owner: str, process: FakeProcess | None) -> EmbeddingDue:
        return EmbeddingDue(ingesting=self.ingesting, chores=self.chores, owner=owner, process=process, clock=self.time)

    async def holds(self, passages: int) -> None:
        article = Article(id="a", title="a", text=" ".join(str(n) for n in range(passages)))
        await self.records.save_articles([CutArticle(article=article, passages=tuple(_cut(article)))])

    async def looks(self, seconds: float) -> None:
        """Each second."""
        for _ in range(int(seconds)):
            self.time.now += 1
            self.clock.forward(seconds=1)
            await self.embedding.look()


async def _nothing(documents: Sequence[Document]) -> AsyncGenerator[ReadDocument]:
    for document in documents:
        yield ReadDocument(document=document)


def _cut(article: Article) -> Sequence[Passage]:
    return [
        Passage(id=f"{article.id}#{text}", article_id=article.id, position=at, title_path=(), text=text)
        for at, text in enumerate(article.text.split())
    ]


@pytest.fixture
def due(database: Database, clock: FakeClock) -> Due:
    return Due(database, clock)


async def test_few_passages_are_embedded_here(due: Due) -> None:
    await due.holds(MANY)

    await due.embedding.look()

    assert await due.ingesting.count_due() == 0
    assert due.process.starts == 0
    assert await due.chores.hold(CHORE, "another", 1)


async def test_many_passages_are_left_to_one_process(due: Due) -> None:
    await due.holds(MANY + 1)

    await due.looks(100)

    assert due.process.starts == 1
    assert await due.ingesting.count_due() == MANY + 1


async def test_with_a_server_for_vectors_no_process_is_needed(due: Due) -> None:
    await due.holds(MANY + 1)

    await due.of("one", None).look()

    assert await due.ingesting.count_due() == 0


async def test_only_one_of_several_workers_starts_a_process(due: Due) -> None:
    await due.holds(MANY + 1)
    second = FakeProcess()
    other = due.of("two", second)

    for _ in range(100):
        await due.looks(1)
        await other.look()

    assert (due.process.starts, second.starts) == (1, 0)


async def test_another_worker_takes_over_from_one_that_died(due: Due) -> None:
    await due.holds(MANY + 1)
    await due.embedding.look()
    second = FakeProcess()

    due.clock.forward(seconds=31)
    await due.of("two", second).look()

    assert second.starts == 1


async def test_a_process_that_fails_is_logged_and_started_ever_more_rarely(
    due: Due, caplog: pytest.LogCaptureFixture
) -> None:
    await due.holds(MANY + 1)
    starts: list[float] = []

    with caplog.at_level(logging.ERROR):
        for _ in range(600):
            before = due.process.starts
            await due.looks(1)
            if due.process.starts > before:
                starts.append(due.time.now)
                due.process.code = 3

    pauses = [later - earlier for earlier, later in pairwise(starts)]
    assert pauses[0] >= 10
    assert pauses == sorted(pauses)
    assert len(starts) <= 7
    assert max(pauses) <= LONGEST_REST_SECONDS + 2
    assert len(caplog.records) == due.process.starts


async def test_a_process_that_ends_is_followed_by_the_next_when_more_is_due(due: Due) -> None:
    await due.holds(MANY + 1)
    await due.looks(1)

    due.process.code = 0
    await due.looks(3)
    at_rest = due.process.starts
    await due.looks(4)

    assert (at_rest, due.process.starts) == (1, 2)


async def test_the_process_is_ended_with_the_worker(due: Due) -> None:
    await due.holds(MANY + 1)
    await due.embedding.look()

    await due.embedding.stop()

    assert due.process.stopped
    assert await due.chores.hold(CHORE, "another", 1)


async def test_the_command_line_waits_for_the_one_that_embeds(due: Due) -> None:
    await due.holds(3)
    await due.chores.hold(CHORE, "a worker", 30)
    told: list[int] = []

    def tell(left: int) -> None:
        told.append(left)
        due.clock.forward(seconds=16)

    await due.of("command line", None).finish(tell, seconds=0.01)

    assert told == [3, 3, 0, 0]
