"""What is decided when a question comes again."""

from datetime import UTC, datetime

from app.domain.assessment import Assessment
from app.domain.conversations import Author, Conversation, ConversationStatus, Message
from app.domain.customers import Profile
from app.domain.decisions import Answer, Decision, EscalationPolicy, NotKnown, decide
from app.domain.knowledge import SearchResult
from app.domain.replies import Outcome
from app.domain.turns import Lease, Turn
from tests.fakes.parts import passage

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
QUESTION = "Can I park at your showroom?"


def test_a_question_that_was_not_known_is_answered_once_there_is_an_article() -> None:
    assert isinstance(asked_again(Outcome.NOT_KNOWN), Answer)


def test_a_question_that_was_answered_and_comes_again_was_not_helped() -> None:
    assert asked_again(Outcome.ANSWERED) == NotKnown(not_helped=True)


def test_a_question_that_was_answered_once_and_not_known_then_was_not_helped() -> None:
    assert asked_again(Outcome.ANSWERED, Outcome.NOT_KNOWN) == NotKnown(not_helped=True)


def asked_again(*before: Outcome) -> Decision:
    """The same question after it was met like this, with a passage that answers it now."""
    history = tuple(message(seq, outcome) for seq, outcome in enumerate(before, 1))
    conversation = Conversation(
        id="cnv_1", customer_id="cus_1", channel="api", status=ConversationStatus.WITH_ASSISTANT, opened_at=NOW
    )
    turn = Turn(
        id="trn_1",
        lease=Lease(conversation_id="cnv_1", token=1, owner="here"),
        conversation=conversation,
        profile=Profile(customer_id="cus_1"),
        messages=(message(9, None),),
        history=history,
    )
    found = SearchResult(passages=(passage("You can park in the yard."),), answerable=0.9)
    return decide(turn, Assessment(difficulty_evidence=QUESTION), found, EscalationPolicy())


def message(seq: int, outcome: Outcome | None) -> Message:
    return Message(
        id=f"msg_{seq}",
        conversation_id="cnv_1",
        seq=seq,
        author=Author.CUSTOMER,
        text=QUESTION,
        at=NOW,
        outcome=outcome,
    )
