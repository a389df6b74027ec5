"""The first thing a newcomer tries: the sample company, asked in everyday words, by words alone."""

from pathlib import Path

from app.config import Settings
from app.domain.replies import Outcome
from app.serving import ingest_paths
from app.wiring import open_service

ASKED = {
    "Do you ship to Spain?": "5 to 7 working days",
    "how do i cancel my subscription": "Confirm cancellation",
    "how can I change my password": "Forgotten your password",
    "What is your return policy?": "45 days",
}


async def test_everyday_words_are_answered_from_the_right_place(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path, database_url="", embedder="none")
    service = await open_service(settings)
    await ingest_paths(service, [settings.knowledge_dir], quiet_when_unchanged=True)

    ends = {question: await service.asking.ask(question) for question in ASKED}
    await service.close()

    assert {question for question, end in ends.items() if end.outcome is not Outcome.ANSWERED} == set()
    assert {question for question, end in ends.items() if ASKED[question] not in (end.reply or "")} == set()
