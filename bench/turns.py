"""The question that every way of answering is asked, and the passage that answers it."""

import re
from datetime import UTC, datetime

from app.care.answerers import Writing
from app.domain.assessment import Assessment
from app.domain.conversations import Author, Conversation, ConversationStatus, Message
from app.domain.customers import Profile
from app.domain.knowledge import FoundPassage, Passage
from app.domain.turns import Lease, Turn
from tests.fakes.model_server import HUNDRED_TOKENS

QUESTION = "How many days do I have to send the coffee machine back, and is the return free?"
ARTICLE = re.sub(r" \[1\]", "", HUNDRED_TOKENS)

_NOW = datetime(2026, 3, 2, tzinfo=UTC)


def writing() -> Writing:
    """A turn with one passage, new each time."""
    message = Message(id="m1", conversation_id="c1", seq=1, author=Author.CUSTOMER, text=QUESTION, at=_NOW)
    turn = Turn(
        id="t1",
        lease=Lease(conversation_id="c1", token=1, owner="bench"),
        conversation=Conversation(
            id="c1", customer_id="k1", channel="api", status=ConversationStatus.WITH_ASSISTANT, opened_at=_NOW
        ),
        profile=Profile(customer_id="k1"),
        messages=(message,),
    )
    return Writing(turn=turn, assessment=Assessment(), passages=(passage(),))


def passage() -> FoundPassage:
    found = Passage(id="returns#0", article_id="returns", position=0, title_path=("Returns",), text=ARTICLE)
    return FoundPassage(passage=found, score=1.0, similarity=0.8, coverage=1.0)
