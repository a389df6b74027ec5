"""Labelled questions of a company, asked through the whole turn on its own articles in fresh records."""

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from pydantic import BaseModel

from app.care.records import TurnEnd
from app.domain.replies import Outcome
from app.eval.parts import Measure, rows_of
from app.serving import ingest_paths
from app.wiring import Service, open_service

FILE = "questions.jsonl"
REFUSED = {Outcome.NOT_KNOWN, Outcome.ASKED_BACK, Outcome.HANDED_OFF}


class Question(BaseModel):
    """The customer's messages, the last one asked; `says` stands in any good answer; `half` a was tuned on."""

    id: str
    turns: list[str]
    expect: Literal["answer", "unknown", "account"]
    relevant: list[str] = []
    says: str | None = None
    half: Literal["a", "b"] = "a"


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A question with what the service made of it."""

    question: Question
    end: TurnEnd

    @property
    def answered(self) -> bool:
        return self.end.outcome is Outcome.ANSWERED

    @property
    def from_right_article(self) -> bool:
        cited = [citation.article_id for citation in self.end.citations]
        return self.answered and bool(cited) and cited[0] in self.question.relevant

    @property
    def holds_fact(self) -> bool:
        return self.answered and _plain(self.question.says or "") in _plain(self.end.reply or "")

    @property
    def refused(self) -> bool:
        return self.end.outcome in REFUSED


async def measure_company(folder: Path, service: Service) -> list[Measure]:
    """`service` gives the settings and the articles' folder; its own records are not touched."""
    questions = rows_of(folder / FILE, Question)
    with tempfile.TemporaryDirectory() as scratch:
        settings = service.settings.model_copy(update={"data_dir": Path(scratch), "database_url": ""})
        fresh = await open_service(settings)
        await ingest_paths(fresh, [settings.knowledge_dir], quiet_when_unchanged=True)
        asked = [Asked(question=q, end=await fresh.asking.ask(q.turns[-1], q.turns[:-1])) for q in questions]
        await fresh.close()
    return [
        measure for half in ("a", "b") for measure in _measures([a for a in asked if a.question.half == half], half)
    ]


def _measures(asked: Sequence[Asked], half: str) -> list[Measure]:
    known = [each for each in asked if each.question.expect == "answer"]
    unknown = [each for each in asked if each.question.expect == "unknown"]
    account = [each for each in asked if each.question.expect == "account"]
    return [
        _share("answered", half, [each.answered for each in known]),
        _share("answered from a right article", half, [each.from_right_article for each in known]),
        _share("reply holds the fact", half, [each.holds_fact for each in known]),
        _share("unknown not answered", half, [each.refused for each in unknown]),
        _share("account not answered as general", half, [each.refused for each in account]),
    ]


def _share(name: str, half: str, hits: Sequence[bool]) -> Measure:
    return Measure(file=f"company, half {half}", name=name, count=len(hits), figure=sum(hits) / max(len(hits), 1))


def _plain(text: str) -> str:
    return " ".join(text.replace("**", "").casefold().split())
