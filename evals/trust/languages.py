"""German, French and Spanish questions on the English sample company, through the route that answers customers.

python -m evals.trust.languages --half a
"""

import argparse
import asyncio
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from pydantic import BaseModel

from app.care.records import TurnEnd
from app.config import Settings
from app.domain.replies import Outcome
from app.eval.parts import rows_of
from app.serving import ingest_paths
from app.wiring import Service, open_service

FOLDER = Path(__file__).parent
LANGUAGES = ("de", "fr", "es")


class Question(BaseModel):
    """`says` stands, in English, in any good answer; `relevant` are the articles that hold it."""

    id: str
    text: str
    expect: Literal["answer", "unknown", "account"]
    relevant: list[str] = []
    says: str = ""


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A question with what the service made of it. `fixed` are its texts that no article holds, as the customer reads
    them in their language, and in the others."""

    question: Question
    end: TurnEnd
    fixed: dict[str, frozenset[str]]
    language: str

    @property
    def answered(self) -> bool:
        return self.end.outcome is Outcome.ANSWERED

    @property
    def from_right_article(self) -> bool:
        cited = [citation.article_id for citation in self.end.citations]
        return self.answered and bool(cited) and cited[0] in self.question.relevant

    @property
    def says(self) -> bool:
        return self.answered and plain(self.question.says) in plain(self.end.reply or "")

    @property
    def in_their_language(self) -> bool:
        """Nothing fixed of another language, and above an answer the word on where it was found."""
        reply = self.end.reply or ""
        others = {text for language, texts in self.fixed.items() if language != self.language for text in texts}
        own = self.fixed[self.language]
        return not any(text in reply for text in others - own) and any(text in reply for text in own)


def plain(text: str) -> str:
    return " ".join(text.replace("**", "").casefold().split())


async def asked(half: str, language: str, service: Service) -> list[Asked]:
    fixed = {each: _texts(service, each) for each in service.fixed_texts.languages}
    return [
        Asked(question=question, end=await service.asking.ask(question.text), fixed=fixed, language=language)
        for question in rows_of(FOLDER / f"{language}_{half}.jsonl", Question)
    ]


def _texts(service: Service, language: str) -> frozenset[str]:
    """Up to their first field: what stands there in any case."""
    texts = service.fixed_texts.texts(language).values()
    return frozenset(start for text in texts if len(start := text.partition("{")[0].strip()) > 8)


def figures(some: Sequence[Asked]) -> list[tuple[str, int, int]]:
    known = [each for each in some if each.question.expect == "answer"]
    unknown = [each for each in some if each.question.expect == "unknown"]
    account = [each for each in some if each.question.expect == "account"]
    return [
        ("answered", sum(each.answered for each in known), len(known)),
        ("answered from a right article", sum(each.from_right_article for each in known), len(known)),
        ("reply holds the labelled words", sum(each.says for each in known), len(known)),
        ("unknown not answered", sum(not each.answered for each in unknown), len(unknown)),
        ("account not answered as general", sum(not each.answered for each in account), len(account)),
        ("notice and fixed texts in their language", sum(each.in_their_language for each in some), len(some)),
    ]


async def measure(half: str, details: bool) -> None:
    with tempfile.TemporaryDirectory() as scratch:
        settings = Settings().model_copy(update={"data_dir": Path(scratch), "database_url": "", "model_name": ""})
        service = await open_service(settings)
        await ingest_paths(service, [settings.knowledge_dir], quiet_when_unchanged=True)
        by_language = {language: await asked(half, language, service) for language in LANGUAGES}
        await service.close()
    rows = {language: figures(some) for language, some in by_language.items()}
    print(f"{'half ' + half:44}" + "".join(f"{language:>10}" for language in LANGUAGES) + f"{'together':>12}")
    for at, (name, _, _) in enumerate(rows["de"]):
        counts = [rows[language][at][1:] for language in LANGUAGES]
        hits, whole = (sum(column) for column in zip(*counts, strict=True))
        print(f"{name:44}" + "".join(f"{hit:>4} of {of:<3}" for hit, of in counts) + f"{hits:>6} of {whole}")
    if details:
        _print_details([each for some in by_language.values() for each in some])


def _print_details(some: Sequence[Asked]) -> None:
    for each in some:
        cited = [citation.article_id for citation in each.end.citations]
        print(f"\n{each.question.id} {each.question.expect} right={each.from_right_article} says={each.says} {cited}")
        print(f"  {each.question.text}\n  -> {each.end.outcome}: {each.end.reply}\n  wanted: {each.question.says}")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--half", default="a", choices=("a", "b"))
    parser.add_argument("--details", action="store_true")
    arguments = parser.parse_args()
    asyncio.run(measure(arguments.half, arguments.details))
