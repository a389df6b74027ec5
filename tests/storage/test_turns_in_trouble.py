"""Turns when more came than was thought of, when a commit is still on its way, when somebody froze with a lock."""

import asyncio

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import create_async_engine

from app.domain.replies import Sentence
from app.storage.database import Database, PostgresDatabase
from app.storage.tables import metadata
from tests.fakes.company import Company
from tests.fakes.parts import FakeClock


@pytest.fixture
def company(database: Database, clock: FakeClock) -> Company:
    return Company(database, clock)


@pytest.fixture
async def on_postgres(postgres_url: str, clock: FakeClock):
    database = PostgresDatabase(postgres_url)
    tables = ", ".join(table.name for table in metadata.sorted_tables)
    await database.write(lambda c: c.exec_driver_sql(f"TRUNCATE {tables}").rowcount)
    yield Company(database, clock)
    await database.close()


async def test_all_messages_are_met_however_many_came_while_nobody_was_there(company: Company) -> None:
    receipt = await company.writes("message 0")
    for number in range(1, 45):
        await company.writes(f"message {number}", receipt.conversation_id)
    assert receipt.lease is not None

    await company.answering().take_turns(receipt.lease)

    company.clock.forward(seconds=60)
    assert await company.turns.overdue(company.clock()) == 0


async def test_a_turn_is_found_behind_any_number_of_messages(company: Company) -> None:
    receipt = await company.writes("message 0")
    assert receipt.lease is not None
    turn = await company.turns.begin_turn(receipt.lease)
    assert turn is not None
    await company.turns.append_sentence(turn, Sentence(text="First."))
    for number in range(1, 41):
        await company.writes(f"message {number}", receipt.conversation_id)
    company.clock.forward(seconds=16)

    [lease] = await company.turns.take_due("other", 10)
    again = await company.turns.begin_turn(lease)

    assert again is not None
    assert [message.text for message in again.messages] == ["message 0"]


async def test_a_turn_that_begins_again_waits_for_a_commit_that_is_on_its_way(
    on_postgres: Company, postgres_url: str
) -> None:
    receipt = await on_postgres.writes("How often?")
    assert receipt.lease is not None
    turn = await on_postgres.turns.begin_turn(receipt.lease)
    assert turn is not None
    engine = create_async_engine(postgres_url)

    async with engine.connect() as lost:  # its process was told that the connection is gone; the server goes on
        lock = text("SELECT 1 FROM conversations WHERE id = :id FOR UPDATE")
        await lost.execute(lock, {"id": receipt.conversation_id})
        beginning = asyncio.create_task(on_postgres.turns.begin_turn(receipt.lease))
        await asyncio.sleep(0.2)
        waited = not beginning.done()
        await lost.commit()
        again = await beginning
    await engine.dispose()

    assert waited
    assert again is not None


async def test_a_conversation_that_somebody_locked_does_not_cost_the_other_leases(
    on_postgres: Company, postgres_url: str
) -> None:
    frozen, other = await on_postgres.writes("q", who="ada"), await on_postgres.writes("q", who="bob")
    assert frozen.lease is not None
    assert other.lease is not None
    engine = create_async_engine(postgres_url)

    async with engine.connect() as process:
        lock = text("SELECT 1 FROM conversations WHERE id = :id FOR UPDATE")
        await process.execute(lock, {"id": frozen.conversation_id})
        on_postgres.clock.forward(seconds=10)
        async with asyncio.timeout(2):
            await on_postgres.turns.renew([frozen.lease, other.lease])
        on_postgres.clock.forward(seconds=6)
        taken = await on_postgres.turns.take_due("other", 50)
    await engine.dispose()

    assert taken == []
