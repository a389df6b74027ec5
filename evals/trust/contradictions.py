"""Pairs of articles beside the sample company's: does the newer one speak, or a person; are look-alikes left alone?

python -m evals.trust.contradictions --half a
"""

import argparse
import asyncio
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal

from pydantic import BaseModel

from app.care.records import TurnEnd
from app.config import Settings
from app.domain.handoffs import HandoffReason
from app.domain.knowledge import Article
from app.domain.replies import Outcome
from app.eval.parts import rows_of
from app.serving import ingest_paths
from app.wiring import Service, open_service

HERE = Path(__file__).parent


class Text(BaseModel):
    """One of the two articles."""

    title: str
    text: str
    valid_from: date | None
    valid_until: date | None


class Pair(BaseModel):
    """Two articles, a question that both answer, and what is to come of it."""

    id: str
    question: str
    older: Text
    newer: Text
    older_says: str
    newer_says: str
    expect: Literal["newer", "person", "both"]


@dataclass(frozen=True, kw_only=True)
class Met:
    """A pair with how the turn ended."""

    pair: Pair
    end: TurnEnd

    @property
    def found(self) -> bool:
        return bool(self.end.trace.get("contradictions"))

    @property
    def is_right(self) -> bool:
        reply = _plain(self.end.reply or "")
        match self.pair.expect:
            case "newer":
                says_newer = _plain(self.pair.newer_says) in reply and _plain(self.pair.older_says) not in reply
                return self.end.outcome is Outcome.ANSWERED and says_newer
            case "person":
                handoff = self.end.handoff
                return handoff is not None and handoff.reason is HandoffReason.CONTRADICTION
            case _:
                return not self.found and self.end.outcome is Outcome.ANSWERED


async def measured(pairs: Sequence[Pair]) -> list[Met]:
    """Each pair alone beside the sample company's articles."""
    with tempfile.TemporaryDirectory() as folder:
        service = await open_service(Settings(data_dir=Path(folder)))
        await ingest_paths(service, [service.settings.knowledge_dir], quiet_when_unchanged=True)
        met = [Met(pair=pair, end=await _end_of(pair, service)) for pair in pairs]
        await service.close()
    return met


async def _end_of(pair: Pair, service: Service) -> TurnEnd:
    articles = list(_articles(pair))
    for article in articles:
        await service.ingesting.take_article(article)
    while await service.ingesting.embed_due():
        pass
    await service.search.refresh()
    end = await service.asking.ask(pair.question)
    for article in articles:
        await service.ingesting.delete(article.id)
    return end


def _articles(pair: Pair) -> Iterator[Article]:
    for name, given in (("older", pair.older), ("newer", pair.newer)):
        yield Article(
            id=f"{pair.id}-{name}",
            title=given.title,
            text=given.text,
            valid_from=given.valid_from,
            valid_until=given.valid_until,
            source=f"contradictions/{pair.id}",
        )


def show(met: Sequence[Met]) -> None:
    for each in met:
        if not each.is_right:
            print(f"  {each.pair.id} {each.pair.expect}: {each.end.outcome}, found: {each.found}, {each.end.reply!r}")
    for expect in ("newer", "person", "both"):
        of_kind = [each for each in met if each.pair.expect == expect]
        right, found = sum(each.is_right for each in of_kind), sum(each.found for each in of_kind)
        print(f"{expect:8} right {right} of {len(of_kind)}, contradictions found {found}")
    print(f"all      right {sum(each.is_right for each in met)} of {len(met)}")


def _plain(text: str) -> str:
    return " ".join(text.replace("**", "").casefold().split())


if __name__ == "__main__":
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--half", default="a", choices=("a", "b"))
    options.add_argument("--file", type=Path, help="another file of pairs")
    given = options.parse_args()
    show(asyncio.run(measured(rows_of(given.file or HERE / f"contradictions_{given.half}.jsonl", Pair))))
