"""A call of the model is counted once, when it ends: as it came out."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import aclosing, suppress
from typing import cast

import pytest
from langchain_openai import ChatOpenAI

from app.assistant.model import ModelAnswerer, load_model
from app.care.answerers import ModelFailedError
from app.language.sentences import SentenceStream
from tests.assistant.writings import found, writing
from tests.fakes.model_server import ModelServer
from tests.fakes.parts import FakeMeasures

RETURNS = found("You have 45 days to send it back. The return is free.", title=("Returns", "Period"))


@pytest.fixture
def measures() -> FakeMeasures:
    return FakeMeasures()


@pytest.fixture
async def answerer_of(measures: FakeMeasures) -> AsyncIterator:
    models = []
    with ModelServer() as server:

        def make(name: str) -> ModelAnswerer:
            models.append(load_model(name=name, base_url=server.base_url, api_key="test", retries=0))
            return ModelAnswerer(
                models[-1], name=name, prompt="Answer.", stream=SentenceStream, stall_s=2, measures=measures
            )

        yield make
        for model in models:
            await cast(ChatOpenAI, model).root_async_client.close()


async def all_of(answerer: ModelAnswerer) -> None:
    async for _ in answerer.write(writing("How long?", RETURNS)):
        pass


async def test_an_answer_to_its_end_is_a_success(answerer_of, measures: FakeMeasures) -> None:
    await all_of(answerer_of("honest"))

    assert measures.counted == [("model", True)]


@pytest.mark.parametrize("name", ["cut-off", "status-500", "stall", "empty"])
async def test_an_answer_that_fails_is_a_failure(name: str, answerer_of, measures: FakeMeasures) -> None:
    with pytest.raises(ModelFailedError):
        await all_of(answerer_of(name))

    assert measures.counted == [("model", False)]


async def test_one_that_is_called_off_at_the_deadline_is_a_failure(answerer_of, measures: FakeMeasures) -> None:
    with suppress(TimeoutError):
        async with asyncio.timeout(0.3):
            await all_of(answerer_of("slow"))

    assert measures.counted == [("model", False)]


async def test_one_that_nobody_wants_to_hear_any_more_has_not_failed(answerer_of, measures: FakeMeasures) -> None:
    async with aclosing(answerer_of("honest").write(writing("How long?", RETURNS))) as drafts:
        await anext(drafts)

    assert measures.counted == [("model", True)]
