"""With a model behind OpenAI's protocol: its words when it is good, the articles' or a person when it is not."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from pydantic import SecretStr

from app.config import Settings
from app.domain.replies import Outcome
from tests.fakes.model_server import ModelServer
from tests.fakes.served import opened
from tests.system.conftest import Running, environment, start, stop
from tests.system.test_conversation import chat

QUESTION = "How many cups does the Pour 10 brew?"
BAD = (
    "liar",
    "slow",
    "stall",
    "cut-off",
    "silent-end",
    "endless",
    "empty",
    "status-401",
    "status-429",
    "status-500",
    "broken-json",
)


@pytest.fixture(scope="module")
def models() -> Iterator[ModelServer]:
    with ModelServer() as server:
        yield server


@pytest.fixture(scope="module")
def records(taken_in: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Settings of a folder that holds the sample company's articles already; search by words, to start quickly."""
    folder = shutil.copytree(taken_in, tmp_path_factory.mktemp("data") / "records")
    return environment(folder, CARELINE_EMBEDDER="none", CARELINE_ANSWERABLE_AT="0.2")


def with_model(records: dict[str, str], models: ModelServer, personality: str) -> Running:
    model = {"CARELINE_MODEL": personality, "OPENAI_BASE_URL": models.base_url, "OPENAI_API_KEY": "sk-test"}
    quick = {"CARELINE_FIRST_TEXT_SECONDS": "1", "CARELINE_STALL_SECONDS": "1"}
    return start(records | model | quick)


def test_an_honest_model_answers_in_its_words_and_sees_only_named_profile_fields(
    records: dict[str, str], models: ModelServer
) -> None:
    running = with_model(records, models, "honest")
    try:
        with running.client() as customer:
            answer = chat(customer, QUESTION, identity={"email": "ada@home.example"}).json()
    finally:
        stop(running)

    assert answer["outcome"] == "answered"
    assert answer["citations"]
    assert "[1]" not in answer["reply"]
    sent = str(models.requests[-1].body)
    assert QUESTION in sent
    assert "ada@home.example" not in sent


@pytest.mark.parametrize("personality", BAD)
async def test_a_bad_model_is_followed_by_the_articles_words_within_the_deadline(
    records: dict[str, str], models: ModelServer, personality: str
) -> None:
    service = await opened(
        Settings(
            data_dir=Path(records["CARELINE_DATA_DIR"]),
            embedder="none",
            answerable_at=0.2,
            model=personality,
            openai_base_url=models.base_url,
            openai_api_key=SecretStr("sk-test"),
            first_text_seconds=0.5,
            stall_seconds=0.5,
        )
    )

    end = await service.asking.ask(QUESTION)

    await service.close()
    assert end.outcome in {Outcome.ANSWERED, Outcome.HANDED_OFF}
    assert end.reply
    assert "9,999" not in end.reply
    assert "liar.example" not in end.reply
