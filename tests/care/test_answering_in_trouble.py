"""A turn that fails where a person is awaited already; a deadline that falls into a commit."""

import asyncio
import sqlite3
from pathlib import Path

from app.care.writing import Writer, Written
from app.domain.assessment import Assessment
from app.domain.checking import Draft
from app.domain.conversations import SentenceShown
from app.domain.turns import Turn
from app.storage.database import Database, SqliteDatabase
from tests.fakes.company import Company
from tests.fakes.parts import CarriesAll, FakeAnswerer, FakeClock, PlainWording, no_values

SOON = Draft(text="Descale it every 3 months.", cited=("descaling#0",))
MORE = Draft(text="Rinse it well.", cited=("descaling#0",))


async def test_a_turn_that_fails_while_a_person_is_awaited_leaves_one_handoff_to_claim(
    database: Database, clock: FakeClock
) -> None:
    company = Company(database, clock)
    company.assessor.assessment = Assessment(wants_person=1.0, person_evidence="a person")
    receipt = await company.writes_and_is_met("a person please")
    company.assessor.assessment = Assessment()
    company.search.error = RuntimeError("no index")
    await company.writes_and_is_met("How do I descale it?", receipt.conversation_id)

    waiting = await company.queue.waiting()
    claimed = await company.queue.claim(receipt.conversation_id, await company.agent())

    assert [handoff.id for handoff in waiting] == [claimed.id]


async def test_a_deadline_that_falls_into_a_commit_does_not_lose_the_sentence(
    sqlite: SqliteDatabase, clock: FakeClock, tmp_path: Path
) -> None:
    company = Company(sqlite, clock)
    receipt = await company.writes("How often?")
    assert receipt.lease is not None
    turn = await company.turns.begin_turn(receipt.lease)
    assert turn is not None
    beside = sqlite3.connect(tmp_path / "careline.db", isolation_level=None)

    async def the_command_line_writes() -> None:
        beside.execute("BEGIN IMMEDIATE")
        asyncio.get_running_loop().call_later(0.6, beside.rollback)

    model = FakeAnswerer(drafts=(SOON, the_command_line_writes, MORE, MORE), name="model")
    writer = Writer(
        records=company.turns,
        answerers=(model, FakeAnswerer(drafts=(SOON, MORE))),
        read_values=no_values,
        grounding=CarriesAll(),
        wording=PlainWording(),
        seconds=0.3,
    )
    written = await writer_in_room(writer, company, turn)
    beside.close()

    events = await company.conversations.events(receipt.conversation_id, 0)
    shown = [event.body.sentence.text for event in events if isinstance(event.body, SentenceShown)]
    assert shown == [sentence.text for sentence in written.turn.shown] == [SOON.text]
    assert [sentence.text for sentence in written.said] == [SOON.text, MORE.text]


async def writer_in_room(writer: Writer, company: Company, turn: Turn) -> Written:
    async with writer.room.entered():
        return await writer.write(turn, Assessment(), company.search.result.passages)
