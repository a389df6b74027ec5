"""A follow-up said anew by a model: used where it is short and keeps to what was spoken of, else the rules hold."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from app.assistant.loading import close_model, load_model
from app.assistant.rewriting import ModelRewriter
from app.care.asked import Rewritten
from app.domain.conversations import Author, Conversation, ConversationStatus, Message
from app.domain.customers import Profile
from app.domain.turns import Lease, Turn
from app.language.tongues import told_tongue
from tests.fakes.model_server import SAYINGS, ModelServer

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
SAID = "and how long does it take there?"


@pytest.fixture(scope="module")
def models() -> Iterator[ModelServer]:
    with ModelServer() as server:
        yield server


async def test_what_the_model_says_is_used_and_counted(models: ModelServer) -> None:
    rewritten = await _rewritten(models, "How long does delivery to Malta take?")

    assert rewritten.text == "How long does delivery to Malta take?"
    assert rewritten.usage[0].output_tokens > 0
    request = models.requests[-1]
    assert "What does delivery to Malta cost?" in request.prompt
    assert (request.body.get("max_tokens") or request.body.get("max_completion_tokens")) == 80


@pytest.mark.parametrize(
    "said",
    [
        "How long does delivery of the Pour 10 to Malta take?",
        "How long does delivery to Malta take, 3 days?",
        "Wie lange dauert die Lieferung nach Malta und was kostet sie mich dort?",
        "word " * 200,
        "",
    ],
)
async def test_other_products_numbers_languages_and_long_texts_are_not_used(models: ModelServer, said: str) -> None:
    assert (await _rewritten(models, said)).text is None


@pytest.mark.parametrize("personality", ["status-500", "broken-json", "slow"])
async def test_a_failing_model_gives_nothing(models: ModelServer, personality: str) -> None:
    assert (await _rewritten(models, "", personality)).text is None


async def _rewritten(models: ModelServer, said: str, personality: str = "says") -> Rewritten:
    SAYINGS[SAID] = said
    model = load_model(name=personality, base_url=models.base_url, api_key="sk-test")
    rewriter = ModelRewriter(
        model, name=personality, prompt="Rewrite.", products=("Pour 10",), tongue=told_tongue, seconds=1.0
    )
    try:
        return await rewriter.rewrite(_turn(), "en")
    finally:
        await close_model(model)


def _turn() -> Turn:
    said = ((Author.CUSTOMER, "What does delivery to Malta cost?"), (Author.ASSISTANT, "£9."), (Author.CUSTOMER, SAID))
    messages = tuple(
        Message(id=f"msg_{seq}", conversation_id="cnv_1", seq=seq, author=author, text=text, at=NOW)
        for seq, (author, text) in enumerate(said, 1)
    )
    return Turn(
        id="trn_1",
        lease=Lease(conversation_id="cnv_1", token=1, owner="here"),
        conversation=Conversation(
            id="cnv_1", customer_id="cus_1", channel="api", status=ConversationStatus.WITH_ASSISTANT, opened_at=NOW
        ),
        profile=Profile(customer_id="cus_1"),
        messages=messages[-1:],
        history=messages[:-1],
    )
