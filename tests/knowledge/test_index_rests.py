"""One change is taken in at once; renewals one after the other rest, so that replies have their time."""

import time

from app.care.knowledge_records import CutArticle
from app.domain.knowledge import Article
from app.knowledge.in_memory import InMemoryKnowledge
from app.knowledge.indexes import LONGEST_REST, QUICK, REST, Filling, Indexes
from app.knowledge.passages import passages_of


class SlowRecords(InMemoryKnowledge):
    """Takes `seconds` to be read."""

    seconds = 0.0

    async def load_index(self, embedder_id: str | None):
        time.sleep(self.seconds)
        return await super().load_index(embedder_id)


async def renewed(records: SlowRecords, indexes: Indexes, seconds: float) -> float:
    """How many seconds it rests after a renewal that took so long."""
    article = Article(id=f"a{await records.version()}", title="A", text="Some words.")
    await records.save_articles([CutArticle(article=article, passages=passages_of(article))])
    records.seconds = seconds
    await indexes.refresh()
    return max(0.0, indexes.rest_until - time.monotonic())


def of(records: SlowRecords) -> Indexes:
    return Indexes(records, lambda text, _language: text.split(), None, filling=Filling())


async def test_a_quick_renewal_is_followed_by_no_rest() -> None:
    records = SlowRecords()
    indexes = of(records)

    assert await renewed(records, indexes, 0.02) == 0


async def test_renewals_one_after_the_other_rest_for_many_times_what_they_took() -> None:
    records = SlowRecords()
    indexes = of(records)
    took = 0.1

    rests = [await renewed(records, indexes, took) for _ in range(4)]

    assert rests[0] == 0
    assert rests[3] - rests[2] > 0.7 * REST * took


async def test_the_rest_after_a_long_renewal_has_a_bound() -> None:
    records = SlowRecords()
    indexes = of(records)

    rest = await renewed(records, indexes, QUICK + 1.2 * LONGEST_REST / REST)

    assert 0.9 * LONGEST_REST < rest <= LONGEST_REST
