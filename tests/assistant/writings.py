"""Turns and found passages for tests of the answerers."""

from collections.abc import Sequence
from datetime import UTC, datetime

from app.care.answerers import Answerer, Writing
from app.domain.assessment import Assessment
from app.domain.checking import Draft
from app.domain.conversations import Author, Conversation, ConversationStatus, Message
from app.domain.customers import Attribute, Profile
from app.domain.knowledge import FoundPassage, Passage
from app.domain.replies import Sentence
from app.domain.turns import Lease, Turn

NOW = datetime(2026, 3, 1, tzinfo=UTC)


def found(
    text: str,
    *,
    id: str = "p1",
    title: tuple[str, ...] = ("Help",),
    article: str = "a1",
    position: int = 0,
    products: tuple[str, ...] = (),
    score: float = 1.0,
) -> FoundPassage:
    passage = Passage(id=id, article_id=article, position=position, title_path=title, text=text, products=products)
    return FoundPassage(passage=passage, score=score, similarity=None, coverage=1.0)


def message(text: str, seq: int, author: Author = Author.CUSTOMER) -> Message:
    return Message(id=f"m{seq}", conversation_id="c1", seq=seq, author=author, text=text, at=NOW)


def writing(
    question: str,
    *passages: FoundPassage,
    history: Sequence[tuple[Author, str]] = (),
    shown: Sequence[str] = (),
    attributes: Sequence[Attribute] = (),
    language: str = "en",
) -> Writing:
    before = tuple(message(text, seq, author) for seq, (author, text) in enumerate(history, start=1))
    turn = Turn(
        id="t1",
        lease=Lease(conversation_id="c1", token=1, owner="test"),
        conversation=Conversation(
            id="c1", customer_id="k1", channel="api", status=ConversationStatus.WITH_ASSISTANT, opened_at=NOW
        ),
        profile=Profile(customer_id="k1", attributes=tuple(attributes)),
        messages=(message(question, len(before) + 1),),
        history=before,
        shown=tuple(Sentence(text=text) for text in shown),
    )
    return Writing(turn=turn, assessment=Assessment(language=language), passages=passages)


async def drafts(answerer: Answerer, what: Writing) -> list[Draft]:
    return [draft async for draft in answerer.write(what)]


def reply(drafted: Sequence[Draft]) -> str:
    return "".join(draft.lead + draft.text for draft in drafted)
