"""One change is taken in at once; renewals one after the other rest, so that replies have their time."""

from dataclasses import dataclass

from app.care.knowledge_records import CutArticle
from app.domain.knowledge import Article
from app.knowledge.in_memory import InMemoryKnowledge
from app.knowledge.indexes import LONGEST_REST, QUICK, REST, Filling, Indexes
from app.knowledge.passages import passages_of


@dataclass
class Stopwatch:
    """A clock that goes on when something takes its time."""

    now: float = 1_000.0

    def __call__(self) -> float:
        return self.now


class SlowRecords(InMemoryKnowledge):
    """Takes `seconds` to be read."""

    def __init__(self, clock: Stopwatch) -> None:
        super().__init__()
        self.clock = clock
        self.seconds = 0.0

    async def load_index(self, embedder_id: str | None):
        self.clock.now += self.seconds
        return await super().load_index(embedder_id)


class Renewed:
    """Indexes whose renewals take as long as they are told to."""

    def __init__(self) -> None:
        self.clock = Stopwatch()
        self.records = SlowRecords(self.clock)
        self.indexes = Indexes(
            self.records, lambda text, _language: text.split(), None, filling=Filling(), clock=self.clock
        )

    async def by(self, seconds: float) -> float:
        """How many seconds it rests afterwards."""
        article = Article(id=f"a{await self.records.version()}", title="A", text="Some words.")
        await self.records.save_articles([CutArticle(article=article, passages=passages_of(article))])
        self.records.seconds = seconds
        await self.indexes.refresh()
        return self.indexes.rest


async def filled() -> Renewed:
    renewed = Renewed()
    await renewed.by(0)
    return renewed


async def test_a_quick_renewal_is_followed_by_no_rest() -> None:
    renewed = await filled()

    assert await renewed.by(0.02) == 0


async def test_renewals_one_after_the_other_rest_for_many_times_what_they_took() -> None:
    renewed = await filled()
    took = 0.1

    rests = [await renewed.by(took) for _ in range(4)]

    assert rests[0] == 0
    assert rests[3] - rests[2] > 0.7 * REST * took


async def test_the_rest_after_a_long_renewal_has_a_bound() -> None:
    renewed = await filled()

    rest = await renewed.by(QUICK + 1.2 * LONGEST_REST / REST)

    assert 0.9 * LONGEST_REST < rest <= LONGEST_REST


async def test_what_was_spent_is_forgiven_in_time() -> None:
    renewed = await filled()
    rest = await renewed.by(2 * QUICK)

    renewed.clock.now += 2 * rest

    assert rest > 0
    assert await renewed.by(0.02) == 0


async def test_the_first_copy_takes_its_time_without_a_rest() -> None:
    renewed = Renewed()

    assert await renewed.by(20 * QUICK) == 0
    assert renewed.indexes.last_took == 0
