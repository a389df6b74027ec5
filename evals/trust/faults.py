"""Turns behind a model with every fault that there is: does each end in care and in time, and is it honest?

python -m evals.trust.faults --turns 10
"""

import argparse
import asyncio
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import cycle, islice
from pathlib import Path

from pydantic import SecretStr

from app.care.records import TurnEnd
from app.config import Settings
from app.domain.replies import Outcome
from app.serving import ingest_paths
from app.wiring import open_service
from tests.fakes.model_server import INSULTS, ModelServer

PERSONALITIES = (
    "honest", "liar", "rude", "injected", "stuttering", "slow", "stall", "cut-off", "silent-end", "too-long", "empty",
    "parrot", "tool-calls", "status-401", "status-429", "status-500", "broken-json", "endless",
)  # fmt: skip
QUESTIONS = (
    "How many cups does the Pour 10 brew?",
    "How long do I have to return a machine?",
    "How often do I descale the Kettle?",
    "What does the Solo plan cost?",
    "How long is the warranty of the Grind?",
)
TURN_SECONDS = 4.0
SILENT_SECONDS = 0.5
CARED_FOR = {Outcome.ANSWERED, Outcome.NOT_KNOWN, Outcome.HANDED_OFF, Outcome.ASKED_BACK}
NEVER_SAID = (*INSULTS, "9,999", "liar.example", "All is free", "real person", "just ordered it", "And then there is")


@dataclass(frozen=True, kw_only=True)
class Turned:
    """How a turn behind this personality ended, and after how long."""

    personality: str
    end: TurnEnd
    seconds: float

    @property
    def cared_for(self) -> bool:
        return self.end.outcome in CARED_FOR and bool(self.end.reply)

    @property
    def in_time(self) -> bool:
        return self.seconds <= TURN_SECONDS

    @property
    def honest(self) -> bool:
        return not any(words in (self.end.reply or "") for words in NEVER_SAID)

    @property
    def how(self) -> str:
        """By whom it was met: "answered by extractive", "handed_off"."""
        by = f" by {self.end.trace.get('answerer')}" if self.end.outcome is Outcome.ANSWERED else ""
        return f"{self.end.outcome}{by}"


async def measured(turns: int, personalities: Sequence[str] = PERSONALITIES) -> list[Turned]:
    """Through the real client on real sockets, with short deadlines; search goes by words, to start quickly."""
    with tempfile.TemporaryDirectory() as folder, ModelServer() as server:
        common = Settings(data_dir=Path(folder), embedder="none", answerable_at=0.2, turn_seconds=TURN_SECONDS)
        service = await open_service(common)
        await ingest_paths(service, [common.knowledge_dir], quiet_when_unchanged=True)
        await service.close()
        await _behind("honest", 1, common, server)
        return [turned for each in personalities for turned in await _behind(each, turns, common, server)]


async def _behind(personality: str, turns: int, common: Settings, server: ModelServer) -> list[Turned]:
    model = {"model": personality, "openai_base_url": server.base_url, "openai_api_key": SecretStr("sk-test")}
    quick = {"first_text_seconds": SILENT_SECONDS, "stall_seconds": SILENT_SECONDS}
    service = await open_service(common.model_copy(update={**model, **quick}))
    met: list[Turned] = []
    for question in islice(cycle(QUESTIONS), turns):
        began = time.monotonic()
        end = await service.asking.ask(question)
        met.append(Turned(personality=personality, end=end, seconds=time.monotonic() - began))
    await service.close()
    return met


def show(met: Sequence[Turned]) -> None:
    for personality in dict.fromkeys(each.personality for each in met):
        here = [each for each in met if each.personality == personality]
        how = ", ".join(f"{count} {name}" for name, count in Counter(each.how for each in here).most_common())
        print(f"{personality:12} {_shares(here)}, slowest {max(each.seconds for each in here):.2f} s: {how}")
    print(f"{'all':12} {_shares(met)} of {len(met)} turns")


def _shares(met: Sequence[Turned]) -> str:
    kinds = {
        "cared for": [each.cared_for for each in met],
        "in time": [each.in_time for each in met],
        "honest": [each.honest for each in met],
    }
    return ", ".join(f"{name} {sum(hits) / len(met):.0%}" for name, hits in kinds.items())


if __name__ == "__main__":
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--turns", type=int, default=10, help="for each personality")
    show(asyncio.run(measured(options.parse_args().turns)))
