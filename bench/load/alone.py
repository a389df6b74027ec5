"""What one process gives without HTTP and without storing: the parts of a turn, one question after the other."""

import asyncio
import json
import random
import sys
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from itertools import cycle

from app.care.answerers import Writing
from app.care.answering import Answering
from app.care.asking import LEASE, ScratchTurns
from app.config import Settings
from app.domain.knowledge import SearchQuestion
from app.domain.turns import Lease, Turn
from app.wiring import Service, open_service
from bench.turns import writing

PREPARED = 60


class OneAfterTheOther(ScratchTurns):
    """A turn with the next question each time; nothing is kept."""

    async def begin_turn(self, lease: Lease) -> Turn | None:
        return self.turn if self.end is None else None


@dataclass(kw_only=True)
class Asked:
    """The service's own answering on records that hold nothing but the turn."""

    scratch: OneAfterTheOther
    answering: Answering

    async def ask(self, text: str) -> None:
        self.scratch.turn, self.scratch.end = _turn(text), None
        await self.answering.take_turns(LEASE)
        assert self.scratch.end


async def main(questions: Sequence[str], seconds: float) -> dict[str, float]:
    random.shuffle(shuffled := list(questions))
    service = await open_service(Settings())
    try:
        await service.search.refresh()
        prepared = [await _found(service, text) for text in shuffled[:PREPARED]]
        for one in prepared:  # the articles' sentences are embedded once, as in a service that has run for a while
            await _write(service, one)
        writings = cycle(prepared)
        texts = cycle(shuffled[PREPARED:])
        scratch = OneAfterTheOther(turn=_turn(""))
        asked = Asked(scratch=scratch, answering=service.answering(scratch))
        return {
            "a question's vector": await _rate(lambda: _embed(service, next(texts)), seconds / 3),
            "extractive answerer": await _rate(lambda: _write(service, next(writings)), seconds),
            "whole turn, nothing stored": await _rate(lambda: asked.ask(next(texts)), seconds),
        }
    finally:
        await service.close()


async def _rate(once: Callable[[], Awaitable[None]], seconds: float) -> float:
    """Times a second."""
    await once()
    started, times = time.perf_counter(), 0
    while time.perf_counter() < started + seconds:
        await once()
        times += 1
    return times / (time.perf_counter() - started)


async def _embed(service: Service, text: str) -> None:
    if service.embedder is not None:
        service.embedder.embed([text])


async def _write(service: Service, asked: Writing) -> None:
    drafts = [draft async for draft in service.answerers[-1].write(asked)]
    assert drafts


async def _found(service: Service, question: str) -> Writing:
    """What the answerer gets: the passages that search finds."""
    found = await service.search.search(SearchQuestion(text=question))
    return Writing(turn=_turn(question), assessment=writing().assessment, passages=found.passages)


def _turn(text: str) -> Turn:
    return writing().turn.asking(text)


if __name__ == "__main__":
    print(json.dumps(asyncio.run(main(json.loads(sys.argv[1]), float(sys.argv[2])))))
