"""How near extractive answers come to people's: token F1 with the reference, beside the lead of the best passage.

python -m evals.trust.extractive FOLDER [--name emanual_tv]    # FOLDER holds dev/ and corpus/
"""

import argparse
import asyncio
import re
import tempfile
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from statistics import mean

from pydantic import BaseModel

from app.care.answerers import Writing
from app.config import Settings
from app.domain.assessment import Assessment
from app.domain.knowledge import FoundPassage, SearchQuestion
from app.eval.parts import rows_of
from app.serving import ingest_paths
from app.wiring import Service, open_service
from evals.trust.telling import turn_of

_TOKEN = re.compile(r"\w+")


class Question(BaseModel):
    """A question with the answer that a person took from the manual."""

    query: str
    answer: str


async def measured(folder: Path, name: str) -> tuple[float, float, int]:
    """F1 of the answers, F1 of the leads of equal length, and how many questions have a reference."""
    questions = [row for row in rows_of(folder / "dev" / f"{name}.jsonl", Question) if row.answer.strip()]
    with tempfile.TemporaryDirectory() as scratch:
        service = await open_service(Settings(data_dir=Path(scratch)))
        await ingest_paths(service, [folder / "corpus" / f"{name}.jsonl"], quiet_when_unchanged=True)
        pairs = [await _pair(service, question) for question in questions]
        await service.close()
    return mean(ours for ours, _ in pairs), mean(lead for _, lead in pairs), len(pairs)


async def _pair(service: Service, question: Question) -> tuple[float, float]:
    found = (await service.search.search(SearchQuestion(text=question.query))).passages
    reply = tokens(await _answer(service, question.query, found))
    lead = tokens(found[0].passage.text)[: len(reply)] if found else []
    wanted = tokens(question.answer)
    return token_f1(reply, wanted), token_f1(lead, wanted)


async def _answer(service: Service, query: str, found: Sequence[FoundPassage]) -> str:
    """Whatever was decided: what the extractive answerer would say."""
    writing = Writing(turn=turn_of(query), assessment=Assessment(), passages=tuple(found))
    return " ".join([draft.text async for draft in service.answerers[-1].write(writing)])


def tokens(text: str) -> list[str]:
    return _TOKEN.findall(text.lower())


def token_f1(said: Sequence[str], wanted: Sequence[str]) -> float:
    """The harmonic mean of how much of each is in the other, token by token."""
    shared = sum((Counter(said) & Counter(wanted)).values())
    return 2 * shared / (len(said) + len(wanted)) if shared else 0.0


if __name__ == "__main__":
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("folder", type=Path)
    options.add_argument("--name", default="emanual_tv")
    given = options.parse_args()
    ours, lead, count = asyncio.run(measured(given.folder, given.name))
    print(f"token F1 with the reference, {count} questions: ours {ours:.3f}, lead of the best passage {lead:.3f}")
