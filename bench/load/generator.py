"""The customers, as a process of their own: asks over HTTP, at a concurrency or a rate, and tells what it got."""

import asyncio
import json
import random
import sys
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from itertools import count

import aiohttp

from bench.load.questions import in_other_words

LONGEST_SECONDS = 60


@dataclass(frozen=True, kw_only=True)
class Load:
    """`concurrency` customers who ask again as soon as they are answered; with a `rate` so many begin each second,
    whatever became of those before. What ends within `warm_up` seconds is not counted."""

    addresses: Sequence[str]
    questions: Sequence[str]
    seconds: float
    warm_up: float = 1.0
    concurrency: int = 0
    rate: float = 0.0
    streamed: bool = False


@dataclass(kw_only=True)
class Got:
    """Seconds of each whole reply, and until `accepted` where streams were asked for; `asked` counts all turns, those
    before and behind the counted seconds too."""

    whole: list[float] = field(default_factory=list[float])
    accepted: list[float] = field(default_factory=list[float])
    failed: int = 0
    asked: int = 0
    cpu: float = 0.0


class Customers:
    """Each message is a new customer's first."""

    def __init__(self, load: Load, http: aiohttp.ClientSession) -> None:
        self._load, self._http = load, http
        self._numbers = count()
        self._questions = list(in_other_words(load.questions))
        random.shuffle(self._questions)
        self._from = time.perf_counter() + load.warm_up
        self._until = self._from + load.seconds
        self.got = Got()

    async def ask_all(self) -> Got:
        if self._load.rate:
            await self._at_a_rate()
        else:
            await asyncio.gather(*(self._again_and_again() for _ in range(self._load.concurrency)))
        return self.got

    async def _again_and_again(self) -> None:
        while time.perf_counter() < self._until:
            await self._ask()

    async def _at_a_rate(self) -> None:
        begun = time.perf_counter()
        async with asyncio.TaskGroup() as asked:
            for number in range(int(self._load.rate * (self._load.warm_up + self._load.seconds))):
                await asyncio.sleep(max(0.0, begun + number / self._load.rate - time.perf_counter()))
                asked.create_task(self._ask())

    async def _ask(self) -> None:
        number = next(self._numbers)
        address = self._load.addresses[number % len(self._load.addresses)]
        question = self._questions[number % len(self._questions)]
        started = time.perf_counter()
        try:
            way = self._streamed if self._load.streamed else self._whole
            accepted = await way(f"{address}/v1/chat", {"text": question}, started)
        except (aiohttp.ClientError, OSError, TimeoutError):
            accepted = None
        self._count(started, time.perf_counter(), accepted)

    def _count(self, started: float, ended: float, accepted: float | None) -> None:
        self.got.asked += 1
        if not self._from <= ended < self._until:
            return
        if accepted is None:
            self.got.failed += 1
            return
        self.got.whole.append(ended - started)
        if self._load.streamed:
            self.got.accepted.append(accepted)

    async def _whole(self, address: str, body: dict[str, str], started: float) -> float | None:
        async with self._http.post(address, json=body) as response:
            answer = json.loads(await response.read())
            return 0.0 if answer.get("outcome") == "answered" else None

    async def _streamed(self, address: str, body: dict[str, str], started: float) -> float | None:
        accepted, read = None, b""
        async with self._http.post(address, json=body, headers={"Accept": "text/event-stream"}) as response:
            async for piece in response.content.iter_any():
                read += piece
                if accepted is None and b"event: accepted" in read:
                    accepted = time.perf_counter() - started
        return accepted if b'"outcome":"answered"' in read else None


async def main(load: Load) -> Got:
    timeout = aiohttp.ClientTimeout(total=LONGEST_SECONDS)
    connector = aiohttp.TCPConnector(limit=0)
    async with aiohttp.ClientSession(timeout=timeout, connector=connector) as http:
        before = time.process_time()
        got = await Customers(load, http).ask_all()
        got.cpu = time.process_time() - before
        return got


if __name__ == "__main__":
    print(json.dumps(asdict(asyncio.run(main(Load(**json.loads(sys.argv[1])))))))
