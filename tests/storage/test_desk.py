"""What stands beside conversations, and what all agents see at once, as the records keep it."""

import asyncio
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import insert

from app.care.desk import CannedReplyExistsError, CannedText, DeskState
from app.care.records import TurnEnd
from app.domain.conversations import UnknownConversationError
from app.domain.handoffs import Brief, HandoffReason, NewHandoff
from app.domain.replies import Outcome
from app.storage import tables as t
from app.storage.audit import AuditRecords
from app.storage.database import Database
from app.storage.desk import DeskRecords
from app.storage.desk_canned import CannedRecords
from app.storage.desk_state import DeskStateRecords
from tests.fakes.company import Company
from tests.fakes.parts import FakeClock, counting_ids

WISH = NewHandoff(reason=HandoffReason.WISH, evidence="a human", brief=Brief(wants="a refund"))


@pytest.fixture
def company(database: Database, clock: FakeClock) -> Company:
    return Company(database, clock)


@pytest.fixture
def desk(company: Company) -> DeskRecords:
    new_id = counting_ids()
    audit = AuditRecords(company.database, company.clock, new_id)
    return DeskRecords(company.database, company.wakeups, audit, company.clock, new_id)


@pytest.fixture
def canned(company: Company) -> CannedRecords:
    new_id = counting_ids()
    audit = AuditRecords(company.database, company.clock, new_id)
    return CannedRecords(company.database, audit, company.clock, new_id)


async def test_why_is_found_by_the_message_that_the_turn_wrote(company: Company, desk: DeskRecords) -> None:
    conversation = (await company.writes_and_is_met("How do I descale it?")).conversation_id
    await company.writes_and_is_met("And the filter?", conversation)

    details = await desk.details(conversation)

    replies = [m for m in await company.conversations.messages(conversation) if m.author == "assistant"]
    assert list(details.why) == [message.id for message in replies]
    first = details.why[replies[0].id]
    assert (first.outcome, first.trace["decision"]) == (Outcome.ANSWERED, "Answer")


async def test_a_reply_that_an_agent_cut_short_has_no_trace_and_does_not_trouble(
    company: Company, desk: DeskRecords
) -> None:
    receipt = await company.writes("How do I descale it?")
    await company.queue.claim(receipt.conversation_id, await company.agent())

    assert (await desk.details(receipt.conversation_id)).why == {}


async def test_details_hold_files_that_arrived_opinions_and_marks(company: Company, desk: DeskRecords) -> None:
    conversation = (await company.writes_and_is_met("How do I descale it?")).conversation_id
    reply = (await company.conversations.messages(conversation))[-1]
    await _insert(company, t.feedback, message_id=reply.id, helpful=False, reason="too long", **_in(conversation))
    await _insert(company, t.wrong_answers, message_id=reply.id, agent_name="Robin", **_in(conversation))
    kept = {"id": "fil_1", "author": "customer", "name": "a.png", "media_type": "image/png", "size": 3}
    await _insert(company, t.files, arrived_at=datetime(2026, 3, 2), **kept, **_in(conversation))
    await _insert(company, t.files, **{**kept, "id": "fil_2"}, **_in(conversation))

    details = await desk.details(conversation)

    assert [(line.id, line.size, line.author) for line in details.files] == [("fil_1", 3, "customer")]
    assert (details.opinions[reply.id].helpful, details.opinions[reply.id].reason) == (False, "too long")
    assert details.wrong == {reply.id}


async def test_two_agents_who_tag_at_once_leave_the_tags_of_one(company: Company, desk: DeskRecords) -> None:
    conversation = (await company.writes("Hello")).conversation_id

    await asyncio.gather(*(desk.set_tags(conversation, [f"a{n}", f"b{n}"]) for n in range(4)))

    tags = (await desk.details(conversation)).conversation.tags
    assert tags in {(f"a{n}", f"b{n}") for n in range(4)}


async def test_an_unknown_conversation_keeps_nothing(company: Company, desk: DeskRecords) -> None:
    robin = await company.agent()

    for step in (
        desk.add_note("cnv_none", robin, "a"),
        desk.set_tags("cnv_none", ["a"]),
        desk.set_muted("cnv_none", True),
        desk.details("cnv_none"),
    ):
        with pytest.raises(UnknownConversationError):
            await step


async def test_one_of_two_canned_replies_of_a_name_is_kept(company: Company, canned: CannedRecords) -> None:
    robin = await company.agent()

    results = await asyncio.gather(
        *(canned.add(CannedText(name="hello", text=text), robin) for text in ("a", "b")), return_exceptions=True
    )

    assert sum(isinstance(result, CannedReplyExistsError) for result in results) == 1
    assert len(await canned.canned()) == 1


async def test_the_audit_keeps_what_a_canned_reply_was_before(company: Company, canned: CannedRecords) -> None:
    robin = await company.agent()
    added = await canned.add(CannedText(name="hello", text="Hi"), robin)

    await canned.change(added.id, CannedText(name="hello", text="Good day"), robin)

    [changed, _] = await canned.audit.noted(None, 10)
    assert changed.details == {"name": "hello", "before": {"name": "hello", "text": "Hi"}}


async def test_a_note_of_the_audit_is_found_as_long_as_it_is_young(company: Company, desk: DeskRecords) -> None:
    robin, sam = await company.agent("Robin"), await company.agent("Sam")
    await desk.audit.note(robin, "profile.read", "cus_1", {})
    before, after = company.clock.now - timedelta(minutes=1), company.clock.now + timedelta(minutes=1)

    found = [await desk.noted_since(agent, "profile.read", "cus_1", before) for agent in (robin, sam)]

    assert found == [True, False]
    assert not await desk.noted_since(robin, "profile.read", "cus_1", after)


async def test_all_see_who_waits_in_order_and_who_has_what_in_hand(company: Company, desk: DeskRecords) -> None:
    first, second, third = [await _waiting(company, who) for who in ("ada", "bob", "cleo")]
    robin = await company.agent()
    await company.queue.claim(second, robin)
    await desk.set_muted(third, True)

    state = await _state(company)

    assert [(e.handoff.conversation_id, e.handoff.position, e.conversation.muted) for e in state.waiting] == [
        (first, 1, False),
        (third, 2, True),
    ]
    assert [(entry.handoff.conversation_id, entry.handoff.agent_id) for entry in state.in_hand] == [(second, robin.id)]
    assert (state.waiting_count, state.with_assistant) == (1, 0)


async def test_conversations_that_slept_for_a_day_are_not_counted_with_the_assistant(company: Company) -> None:
    await company.writes("Hello", who="ada")
    company.clock.forward(days=2)
    await company.writes("Hello", who="bob")

    assert (await _state(company)).with_assistant == 1


async def test_who_was_not_seen_for_a_minute_is_not_there(company: Company) -> None:
    robin, sam = await company.agent("Robin"), await company.agent("Sam")
    await _records(company).set_viewing(robin.id, "cnv_1")
    company.clock.forward(seconds=40)
    await company.people.seen(sam.id)
    both = await _state(company)

    company.clock.forward(seconds=30)
    later = await _state(company)

    assert [(each.name, each.viewing) for each in both.present] == [("Robin", "cnv_1"), ("Sam", None)]
    assert [each.name for each in later.present] == ["Sam"]


async def test_a_desk_that_stands_still_reads_the_same(company: Company) -> None:
    await _waiting(company)
    await company.agent()

    first = await _state(company)
    company.clock.forward(seconds=5)

    assert await _state(company) == first


async def _state(company: Company) -> DeskState:
    return await _records(company).state()


def _records(company: Company) -> DeskStateRecords:
    return DeskStateRecords(company.database, company.wakeups, company.clock)


def _in(conversation: str) -> dict[str, Any]:
    return {"conversation_id": conversation}


async def _insert(company: Company, table: Any, **values: Any) -> None:
    values |= {"at": company.clock.now.replace(tzinfo=None)}
    await company.database.write(lambda c: c.execute(insert(table).values(values)).rowcount)


async def _waiting(company: Company, who: str = "ada") -> str:
    company.clock.forward(seconds=1)
    receipt = await company.writes("I want a human", who=who)
    assert receipt.lease is not None
    turn = await company.turns.begin_turn(receipt.lease)
    assert turn is not None
    await company.turns.finish_turn(turn, TurnEnd(outcome=Outcome.HANDED_OFF, reply="Of course.", handoff=WISH))
    return receipt.conversation_id
