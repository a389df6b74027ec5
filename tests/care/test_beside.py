"""Long texts are read beside the event loop, short ones on it, and passages once."""

import threading
from dataclasses import replace

import pytest

from app.care.beside import LONG
from app.care.writing import Writer
from app.domain.assessment import Assessment
from app.domain.checking import Value
from app.storage.database import SqliteDatabase
from tests.fakes.company import Company
from tests.fakes.parts import CarriesAll, FakeAssessor, FakeClock


class WatchedAssessor(FakeAssessor):
    """Notes where it was asked."""

    threads: list[int]

    def assess(self, messages, before=(), *more) -> Assessment:
        self.threads = [*getattr(self, "threads", ()), threading.get_ident()]
        return super().assess(messages, before)


@pytest.fixture
def company(sqlite: SqliteDatabase, clock: FakeClock) -> Company:
    return Company(sqlite, clock)


@pytest.mark.parametrize(("letters", "on_the_loop"), [(LONG, True), (LONG + 1, False)])
async def test_only_a_long_message_is_assessed_beside_the_loop(
    company: Company, letters: int, on_the_loop: bool
) -> None:
    company.assessor = WatchedAssessor()

    await company.writes_and_is_met("x" * letters)

    assert (company.assessor.threads == [threading.get_ident()]) is on_the_loop


async def test_a_passage_is_read_once_for_many_questions(company: Company) -> None:
    read: list[str] = []

    def noting(text: str) -> frozenset[Value]:
        read.append(text)
        return frozenset()

    writer = Writer(
        records=company.turns,
        answerers=(company.answerer,),
        read_values=noting,
        grounding=CarriesAll(),
        wording=company.wording,
    )
    answering = replace(company.answering(), writer=writer)
    for who in ("ada", "grace"):
        receipt = await company.writes("How often?", who=who)
        assert receipt.lease is not None
        await answering.take_turns(receipt.lease)

    assert [text for text in read if text.startswith("Descaling\n")] == ["Descaling\nDescale it every 3 months."]
    assert read.count("How often?") == 2
