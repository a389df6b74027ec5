"""Files in the records: nobody sees one before all of it is there, and what never arrives is gone."""

import asyncio

import pytest

from app.care.filing import Filing, Upload
from app.domain.files import MOST_IN_A_CONVERSATION, FileSender, FileType, NewFile, TooManyFilesError
from app.storage.database import Database
from app.storage.files import FileRecords
from tests.fakes.company import Company
from tests.fakes.parts import FakeClock, counting_ids

NEW = NewFile(name="a.txt", media_type=FileType.TEXT, size=4)


@pytest.fixture
def company(database: Database, clock: FakeClock) -> Company:
    return Company(database, clock)


@pytest.fixture
def files(company: Company) -> FileRecords:
    new_id = counting_ids()
    return FileRecords(company.database, company.wakeups, company.clock, lambda prefix: new_id(f"{prefix}_file"))


async def sender(company: Company, key: str | None = None) -> FileSender:
    receipt = await company.writes("Hello")
    return FileSender(conversation_id=receipt.conversation_id, customer_id=receipt.customer_id, key=key)


async def test_a_file_is_there_for_others_once_all_of_it_is(company: Company, files: FileRecords) -> None:
    who = await sender(company)
    begun = await files.begin(who, NEW)
    await files.add_piece(begun.id, 1, b"cd")
    await files.add_piece(begun.id, 0, b"ab")
    before = await files.file(begun.id), await files.files_of(who.conversation_id)

    arrived = await files.arrive(begun.id, who)

    assert before == (None, [])
    assert arrived.arrived
    assert await files.file(begun.id) == arrived
    assert [await files.piece(begun.id, place) for place in range(3)] == [b"ab", b"cd", None]
    assert (await company.kinds(who.conversation_id))[-1] == "FileAdded"


async def test_two_tries_of_the_same_file_at_once_are_one_file(company: Company, files: FileRecords) -> None:
    who = await sender(company, key="f-1")
    filing = Filing(records=files, type_of=lambda content, name: FileType.TEXT, largest=100)
    upload = Upload(name="a.txt", content=b"abcd")

    first, second = await asyncio.gather(filing.take(who, upload), filing.take(who, upload))

    assert first == second
    assert len(await files.files_of(who.conversation_id)) == 1
    assert (await company.kinds(who.conversation_id)).count("FileAdded") == 1


async def test_an_upload_that_breaks_off_leaves_nothing(company: Company, files: FileRecords) -> None:
    who = await sender(company)
    begun = await files.begin(who, NEW)
    await files.add_piece(begun.id, 0, b"ab")

    await files.drop(begun.id)

    assert await files.piece(begun.id, 0) is None
    assert await files.files_of(who.conversation_id) == []


async def test_what_a_killed_process_left_is_gone_after_an_hour_and_what_arrived_stays(
    company: Company, files: FileRecords
) -> None:
    who = await sender(company)
    left, whole = await files.begin(who, NEW), await files.begin(who, NEW)
    await files.add_piece(left.id, 0, b"ab")
    await files.arrive(whole.id, who)

    early = await files.drop_given_up()
    company.clock.forward(minutes=61)
    late = await files.drop_given_up()

    assert (early, late) == (0, 1)
    assert [file.id for file in await files.files_of(who.conversation_id)] == [whole.id]


async def test_what_arrived_is_never_dropped(company: Company, files: FileRecords) -> None:
    who = await sender(company)
    begun = await files.begin(who, NEW)
    await files.arrive(begun.id, who)

    await files.drop(begun.id)

    assert await files.file(begun.id) is not None


async def test_a_conversation_holds_so_many_files_and_no_more(company: Company, files: FileRecords) -> None:
    who = await sender(company)
    for _ in range(MOST_IN_A_CONVERSATION):
        await files.begin(who, NEW)
        company.clock.forward(minutes=10)

    with pytest.raises(TooManyFilesError):
        await files.begin(who, NEW)


async def test_two_customers_may_use_the_same_key(company: Company, files: FileRecords) -> None:
    ada = await sender(company, key="f-1")
    receipt = await company.writes("Hello", who="bob")
    bob = FileSender(conversation_id=receipt.conversation_id, customer_id=receipt.customer_id, key="f-1")

    first = await files.arrive((await files.begin(ada, NEW)).id, ada)
    second = await files.begin(bob, NEW)

    assert first.id != second.id
    assert not second.arrived
