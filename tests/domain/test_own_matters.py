"""What is decided about own matters, and about messages that ask several things."""

from dataclasses import replace
from datetime import UTC, datetime

from app.domain.assessment import Assessment, SmallTalk
from app.domain.conversations import Author, Conversation, ConversationStatus, Message
from app.domain.customers import Attribute, Profile
from app.domain.decisions import (
    Answer,
    EscalationPolicy,
    HandOff,
    NotKnown,
    OnRecord,
    OwnMatter,
    decide,
    decide_parts,
    decide_unsearched,
    misses_after,
)
from app.domain.handoffs import HandoffReason
from app.domain.knowledge import SearchResult
from app.domain.parts import LookedUp, Part
from app.domain.turns import Lease, Turn
from tests.fakes.parts import passage

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
POLICY = EscalationPolicy()
OWN = Assessment(own_matter=0.9, own_matter_evidence="where is my order")
FOUND = SearchResult(passages=(passage("Parcels take 3 days."),), answerable=0.9)
BARELY = replace(FOUND, answerable=0.5)


def turn(text: str = "where is my order?", *, offered: bool = False, attributes: tuple[Attribute, ...] = ()) -> Turn:
    conversation = Conversation(
        id="cnv_1", customer_id="cus_1", channel="api", status=ConversationStatus.WITH_ASSISTANT, opened_at=NOW
    )
    asked = Message(id="msg_1", conversation_id="cnv_1", seq=1, author=Author.CUSTOMER, text=text, at=NOW)
    return Turn(
        id="trn_1",
        lease=Lease(conversation_id="cnv_1", token=1, owner="here"),
        conversation=replace(conversation, person_offered=offered),
        profile=Profile(customer_id="cus_1", attributes=attributes),
        messages=(asked,),
    )


def part(words: str, *, own: float = 0.0) -> Part:
    return Part(words=words, text=words, own_matter=own)


def test_an_own_matter_is_decided_before_anything_is_looked_up() -> None:
    assert decide_unsearched(turn(), OWN, POLICY) == OwnMatter(evidence="where is my order")


def test_what_may_be_an_own_matter_is_answered_only_from_articles_that_surely_do() -> None:
    doubted = replace(OWN, own_matter=0.3)

    assert isinstance(decide(turn(), doubted, FOUND, POLICY), Answer)
    assert isinstance(decide(turn(), doubted, BARELY, POLICY), OwnMatter)
    assert isinstance(decide(turn(), Assessment(), BARELY, POLICY), Answer)


def test_what_the_business_says_of_them_answers() -> None:
    known = (Attribute(name="order_status", value="packed"),)

    assert decide_unsearched(turn(attributes=known), OWN, POLICY) == OnRecord(attribute=known[0])


def test_yes_to_the_offer_hands_off_for_the_own_matter() -> None:
    yes = Assessment(small_talk=SmallTalk.AGREEMENT, own_matter_before=True)

    decision = decide_unsearched(turn("yes please", offered=True), yes, POLICY)

    assert decision == HandOff(reason=HandoffReason.OWN_MATTER, evidence="yes please")


def test_who_asks_again_behind_the_offer_gets_a_person() -> None:
    again = decide_unsearched(turn(offered=True), replace(OWN, own_matter_before=True), POLICY)

    assert isinstance(again, HandOff)
    assert again.reason is HandoffReason.OWN_MATTER


def test_an_own_matter_is_no_miss() -> None:
    assert misses_after(turn(), OwnMatter(evidence="")) == 0


def test_each_part_is_answered_or_left_open_by_itself() -> None:
    looked_up = [
        LookedUp(part=part("has my refund come", own=0.9), found=FOUND),
        LookedUp(part=part("how long does delivery take"), found=FOUND),
        LookedUp(part=part("do you sell mugs"), found=replace(FOUND, answerable=0.1)),
    ]

    decision = decide_parts(turn(), Assessment(), looked_up, POLICY)

    assert isinstance(decision, Answer)
    assert [each.words for each in decision.parts] == ["how long does delivery take"]
    assert decision.parts[0].passage_ids == ("descaling#0",)
    assert (decision.own, decision.unknown) == (("has my refund come",), ("do you sell mugs",))


def test_where_no_part_is_known_it_is_said_once() -> None:
    nothing = [LookedUp(part=part(words)) for words in ("do you sell mugs", "who owns you")]

    assert decide_parts(turn(), Assessment(), nothing, POLICY) == NotKnown()


def test_an_own_part_beside_an_unknown_one_is_an_own_matter_with_something_open() -> None:
    looked_up = [LookedUp(part=part("has my refund come", own=0.9)), LookedUp(part=part("do you sell mugs"))]

    decision = decide_parts(turn(), Assessment(), looked_up, POLICY)

    assert decision == OwnMatter(evidence="has my refund come", unknown=("do you sell mugs",))
