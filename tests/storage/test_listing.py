"""The list of conversations: what happened last comes first, filters, pages, and a search that is bounded."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import insert, update

from app.care.desk import DeskFilter, DeskPage
from app.care.records import Inbound, TurnEnd
from app.domain.assessment import Assessment, Feeling
from app.domain.conversations import Author, ConversationStatus
from app.domain.customers import Assurance, Attribute, ClaimedIdentity, Identity
from app.domain.deliveries import EndpointKind
from app.domain.handoffs import Brief, HandoffReason, NewHandoff
from app.domain.replies import Outcome
from app.storage import tables as t
from app.storage.audit import AuditRecords
from app.storage.database import Database
from app.storage.desk import DeskRecords
from app.storage.listing import ListingRecords
from app.storage.word_search import WordSearch
from tests.fakes.company import Company, identity
from tests.fakes.parts import FakeClock, counting_ids

ANGRY = NewHandoff(reason=HandoffReason.ANGER, evidence="a scandal", brief=Brief(wants="money", feeling="angry"))


@pytest.fixture
def company(database: Database, clock: FakeClock) -> Company:
    return Company(database, clock)


async def test_the_conversation_where_something_happened_last_comes_first(company: Company) -> None:
    first, second = await _met(company, "ada"), await _met(company, "bob")
    company.clock.forward(minutes=1)

    await company.writes("And again", first)

    assert await _ids(company) == [first, second]


async def test_pages_follow_one_another_while_conversations_come_in_and_move(company: Company) -> None:
    ids = [await _met(company, f"customer {number}") for number in range(6)]
    listing = ListingRecords(company.database)
    first = await listing.conversations(DeskFilter(), None, 2)

    await _met(company, "newcomer")
    await company.writes("Hello again", ids[0], who="customer 0")
    company.clock.forward(minutes=1)
    second = await listing.conversations(DeskFilter(), first.next, 2)
    third = await listing.conversations(DeskFilter(), second.next, 2)

    assert [_page_ids(page) for page in (first, second, third)] == [[ids[5], ids[4]], [ids[3], ids[2]], [ids[1]]]
    assert third.next is None


async def test_conversations_of_one_moment_are_neither_left_out_nor_doubled(company: Company) -> None:
    ids = {(await company.writes_and_is_met("Hello", who=f"customer {n}")).conversation_id for n in range(5)}
    listing, place, seen = ListingRecords(company.database), None, []

    for _ in range(5):
        page = await listing.conversations(DeskFilter(), place, 1)
        seen += _page_ids(page)
        place = page.next

    assert (sorted(seen), place) == (sorted(ids), None)


async def test_a_line_tells_who_waits_why_and_since_when(company: Company) -> None:
    conversation = await _waiting(company)
    since = company.clock.now
    company.clock.forward(minutes=3)
    await company.writes_and_is_met("Are you there?", conversation)

    [line] = (await ListingRecords(company.database).conversations(DeskFilter(), None, 10)).conversations

    assert (line.status, line.waiting_since) == (ConversationStatus.WAITING, since)
    assert (line.reason, line.evidence, line.feeling) == (HandoffReason.ANGER, "a scandal", Feeling.ANGRY)
    assert line.last is not None
    assert (line.last.author, line.agent_name) == (Author.ASSISTANT, None)


async def test_a_file_that_came_last_is_what_was_said_last(company: Company) -> None:
    conversation, later = await _met(company, "ada"), company.clock.now + timedelta(minutes=1)
    sent = {"id": "fil_1", "author": "customer", "name": "leak.png", "media_type": "image/png", "size": 3}
    at = {"at": later.replace(tzinfo=None), "arrived_at": later.replace(tzinfo=None)}
    file = insert(t.files).values(conversation_id=conversation, **sent, **at)
    await company.database.write(lambda c: c.execute(file).rowcount)

    [line] = await _lines(company)

    assert line.last is not None
    assert (line.last.author, line.last.text, line.last.at) == (Author.CUSTOMER, "leak.png", later)


async def test_the_feeling_of_others_is_that_of_the_newest_turn(company: Company) -> None:
    company.assessor.by_word = {"great": Assessment(feeling=Feeling.PLEASED)}
    calm, pleased = await _met(company, "ada"), (await company.writes_and_is_met("great", who="bob")).conversation_id

    assert await _ids(company, feeling=Feeling.PLEASED) == [pleased]
    assert await _ids(company, feeling=Feeling.CALM) == [calm]


async def test_filters_are_met_all_at_once(company: Company) -> None:
    waiting, met = await _waiting(company), await _met(company, "bob")
    robin = await company.agent()
    await company.queue.claim(waiting, robin)
    await company.queue.close(waiting, robin, "resolved")
    await _desk(company).set_tags(waiting, ["refund", "vip"])

    assert await _ids(company, statuses=(ConversationStatus.CLOSED,)) == [waiting]
    assert await _ids(company, statuses=(ConversationStatus.CLOSED, ConversationStatus.WITH_ASSISTANT)) == [
        met,
        waiting,
    ]
    assert await _ids(company, agent_id=robin.id) == [waiting]
    assert await _ids(company, tag="vip", channel="widget") == [waiting]
    assert await _ids(company, tag="vip", channel="sms") == []
    assert await _ids(company, tag="vip", agent_id=robin.id) == [waiting]
    assert await _ids(company, statuses=(ConversationStatus.WAITING,), tag="vip") == []


async def test_a_channel_goes_by_its_name(company: Company) -> None:
    sms = await company.endpoint(EndpointKind.CHANNEL, "sms")
    conversation = (await company.writes_on(sms, "Hello")).conversation_id
    await _met(company, "bob")

    [line] = await _lines(company, channel="sms")

    assert (line.id, line.channel, line.customer.assurance) == (conversation, "sms", Assurance.ANONYMOUS)


async def test_spam_is_a_list_of_its_own(company: Company) -> None:
    spam, met = await _met(company, "ada"), await _met(company, "bob")

    await company.queue.mark_spam(spam, await company.agent())

    assert (await _ids(company), await _ids(company, spam=True)) == ([met], [spam])


@pytest.mark.parametrize("words", ["KETTLE", "kettle", "50%", "the_last", "l%k", "\\", "MÜNCHEN", "münchen"])
async def test_a_search_finds_words_whatever_their_case_and_takes_signs_as_they_are(
    company: Company, words: str
) -> None:
    said = {"KETTLE": "My Kettle leaks", "kettle": "My Kettle leaks", "l%k": "odd l%k", "\\": "a \\ b"}
    text = said.get(words) or {"50%": "A 50% discount", "the_last": "the_last one"}.get(words, "Aus München")
    wanted = (await company.writes_and_is_met(text, who="ada")).conversation_id
    await company.writes_and_is_met("The lost leak of 500 tea pots", who="bob")

    assert await _ids(company, words=words) == [wanted]


async def test_a_search_reads_agents_words_and_not_the_assistants(company: Company) -> None:
    conversation = await _waiting(company)
    robin = await company.agent()
    await company.queue.claim(conversation, robin)
    await company.queue.reply(conversation, robin, "We send a voucher.", None)

    assert await _ids(company, words="voucher") == [conversation]
    assert await _ids(company, words="Of course") == []


async def test_a_search_finds_names_that_are_known_said_or_claimed(company: Company) -> None:
    known = await _met(company, "ada")
    claimed = await company.inbox_records.record_inbound(_inbound("bob", "Hello", name="Grace Claimed"))
    await _name(company, known, "Ada Known")

    lines = {name: await _lines(company, words=name.upper()) for name in ("Ada Known", "Grace Claimed")}

    assert [(line.id, line.customer.assurance) for line in lines["Ada Known"]] == [(known, Assurance.CLAIMED)]
    assert [(line.id, line.customer.name) for line in lines["Grace Claimed"]] == [
        (claimed.conversation_id, "Grace Claimed")
    ]


async def test_a_name_that_only_the_customer_gave_is_never_shown_as_verified(company: Company) -> None:
    verified = Identity(channel="verified", address="c-1", assurance=Assurance.VERIFIED)
    said = replace(_inbound("c-1", "Hello", name="Ada Okafor"), identity=verified)
    conversation = (await company.inbox_records.record_inbound(said)).conversation_id

    [own] = await _lines(company)
    await _name(company, conversation, "Mallory Stone")
    [set_one] = await _lines(company)

    assert (own.customer.name, own.customer.assurance) == ("Ada Okafor", Assurance.CLAIMED)
    assert (set_one.customer.name, set_one.customer.assurance) == ("Mallory Stone", Assurance.VERIFIED)


async def test_a_search_tells_how_far_it_looked_back(company: Company) -> None:
    listing = ListingRecords(company.database, WordSearch(messages=4))
    await company.writes_and_is_met("An old kettle", who="ada")
    company.clock.forward(minutes=1)
    for name in ("bob", "cleo"):
        await company.writes_and_is_met("A pot", who=name)

    page = await listing.conversations(DeskFilter(words="kettle"), None, 10)

    assert (page.conversations, page.looked_back_to) == ((), company.clock.now)


async def _ids(company: Company, **wanted: Any) -> list[str]:
    return [line.id for line in await _lines(company, **wanted)]


async def _lines(company: Company, **wanted: Any) -> Any:
    return (await ListingRecords(company.database).conversations(DeskFilter(**wanted), None, 50)).conversations


def _page_ids(page: DeskPage) -> list[str]:
    return [conversation.id for conversation in page.conversations]


def _desk(company: Company) -> DeskRecords:
    new_id = counting_ids()
    audit = AuditRecords(company.database, company.clock, new_id)
    return DeskRecords(company.database, company.wakeups, audit, company.clock, new_id)


def _inbound(who: str, text: str, name: str) -> Inbound:
    return Inbound(identity=identity(who), text=text, claimed=ClaimedIdentity(name=name))


async def _name(company: Company, conversation: str, name: str) -> None:
    """The business's own word on the customer of this conversation."""
    found = await company.conversations.conversation(conversation)
    assert found is not None
    await company.memory.set_attributes("shop-1", [Attribute(name="name", value=name)])
    mine = update(t.attributes).values(customer_id=found.customer_id)
    await company.database.write(lambda c: c.execute(mine).rowcount)


async def _met(company: Company, who: str) -> str:
    company.clock.forward(seconds=1)
    return (await company.writes_and_is_met("Hello there", who=who)).conversation_id


async def _waiting(company: Company, who: str = "ada") -> str:
    receipt = await company.writes("This is a scandal", who=who)
    assert receipt.lease is not None
    turn = await company.turns.begin_turn(receipt.lease)
    assert turn is not None
    await company.turns.finish_turn(turn, TurnEnd(outcome=Outcome.HANDED_OFF, reply="Of course.", handoff=ANGRY))
    return receipt.conversation_id
