"""Readers who lose their connection again and again see the same bytes as one who never does.

`python -m tests.chaos.disconnects --count 2000`: each reader's connection is cut after a random number of bytes, in the
middle of an event too, and taken up with the id of the last whole event, until the reply is there."""

import argparse
import asyncio
import random
import sys
import tempfile
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import aiohttp

from tests.chaos import words
from tests.chaos.customers import SITE_KEY, signed
from tests.chaos.journal import Journal
from tests.chaos.processes import Served, command, end_in_order, environment
from tests.chaos.sse import EventReader, StreamedEvent
from tests.chaos.writer import writing_model

AT_ONCE = 12
MEAN_BYTES = 600
"""Of a connection: less than most events have, and sometimes more than all of them."""

LONGEST_SECONDS = 60.0


@dataclass(kw_only=True)
class Tally:
    """What was counted; `within` are the cuts in the middle of an event, `equal` and `unequal` transcripts of readers
    who lost their connection at least once."""

    wanted: int
    cuts: int = 0
    within: int = 0
    equal: int = 0
    unequal: int = 0

    def as_text(self, what: str) -> str:
        transcripts = f"{self.equal} transcripts equal byte for byte, {self.unequal} unequal"
        return f"{what}: {self.cuts} disconnects, {self.within} of them in the middle of an event; {transcripts}"


@dataclass(frozen=True, kw_only=True)
class Stream:
    """A request for events, which carries the last whole event's id when it is made again."""

    method: str
    address: str
    headers: Mapping[str, str]
    body: Mapping[str, Any] | None = None

    def request(self, last: int | None) -> dict[str, Any]:
        resumed = {} if last is None else {"Last-Event-ID": str(last)}
        return {"json": self.body, "headers": {**self.headers, **resumed}}


@dataclass(kw_only=True)
class Scene:
    """One customer with one message, three readers whose connections are cut, and one who reads undisturbed."""

    name: str
    address: str
    http: aiohttp.ClientSession
    dice: random.Random
    tally: Tally

    async def play(self) -> None:
        chat = Stream(
            method="POST",
            address=f"{self.address}/v1/chat",
            headers={"Authorization": f"Bearer {signed(self.name)}", "Accept": "text/event-stream"},
            body={"text": words.of_customer(self.dice, self.name), "idempotency_key": self.name},
        )
        first = await self._first_event(chat)
        conversation = first.data.split('"conversation":"', 1)[1].split('"', 1)[0]
        events = Stream(
            method="GET",
            address=f"{self.address}/v1/conversations/{conversation}/events",
            headers={"Authorization": f"Bearer {signed(self.name)}"},
        )
        undisturbed, *disturbed = await asyncio.gather(
            self._read(events), self._read_with_cuts(chat), self._read_with_cuts(events), self._read_with_cuts(events)
        )
        for transcript, cuts in disturbed:
            same = transcript == undisturbed
            self.tally.equal += same and cuts > 0
            self.tally.unequal += not same

    async def _first_event(self, chat: Stream) -> StreamedEvent:
        """The customer's own message, stored; the reply is read by the others."""
        async with self.http.request(chat.method, chat.address, **chat.request(None)) as answer:
            answer.raise_for_status()
            reader = EventReader()
            while True:
                if events := reader.feed(await answer.content.readany()):
                    return events[0]

    async def _read(self, stream: Stream) -> bytes:
        seen: list[StreamedEvent] = []
        async with self.http.request(stream.method, stream.address, **stream.request(None)) as answer:
            answer.raise_for_status()
            reader = EventReader()
            while not _whole(seen):
                seen += reader.feed(await answer.content.readany())
        return b"".join(event.raw for event in seen)

    async def _read_with_cuts(self, stream: Stream) -> tuple[bytes, int]:
        """The transcript, and how often the connection was cut on its way."""
        seen: list[StreamedEvent] = []
        cuts, until = 0, time.monotonic() + LONGEST_SECONDS
        while not _whole(seen) and time.monotonic() < until:
            cuts += await self._read_some(stream, seen, int(self.dice.expovariate(1 / MEAN_BYTES)))
        return b"".join(event.raw for event in seen), cuts

    async def _read_some(self, stream: Stream, seen: list[StreamedEvent], size: int) -> bool:
        """Reads `size` bytes of events, then the connection is gone. What was not whole is thrown away. Whether it was
        cut."""
        last = seen[-1].seq if seen else None
        async with self.http.request(stream.method, stream.address, **stream.request(last)) as answer:
            answer.raise_for_status()
            reader, got = EventReader(), 0
            while got < size and not _whole(seen):
                piece = await answer.content.read(size - got)
                if not piece:
                    return False
                got += len(piece)
                seen += reader.feed(piece)
            cut = not _whole(seen)
            self.tally.cuts += cut
            self.tally.within += cut and reader.in_the_middle
            answer.close()
            return cut


def _whole(seen: list[StreamedEvent]) -> bool:
    return bool(seen) and seen[-1].name == "done"


async def play(what: str, settings: Mapping[str, str], knowledge: Path, count: int, seed: str) -> Tally:
    """Scenes until there were `count` transcripts."""
    dice, tally = random.Random(f"{seed} {what}"), Tally(wanted=count)
    serving = Served(
        name="serve",
        words=("serve",),
        surroundings=environment(knowledge, **_limits(), **settings),
        log=knowledge / f"{what}.log",
        journal=Journal(knowledge / "journals"),
    )
    await serving.start()
    timeout = aiohttp.ClientTimeout(total=LONGEST_SECONDS)
    try:
        async with aiohttp.ClientSession(timeout=timeout, connector=aiohttp.TCPConnector(limit=0)) as http:
            await asyncio.gather(
                *(_scenes(f"{what}{lane}", serving.address, http, dice, tally) for lane in range(AT_ONCE))
            )
    finally:
        await serving.stop()
    return tally


async def _scenes(lane: str, address: str, http: aiohttp.ClientSession, dice: random.Random, tally: Tally) -> None:
    number = 0
    while tally.equal + tally.unequal < tally.wanted:
        number += 1
        own = random.Random(dice.random())
        try:
            await Scene(name=f"{lane}-{number}", address=address, http=http, dice=own, tally=tally).play()
        except TimeoutError:
            tally.unequal += 1


def _limits() -> dict[str, str]:
    return {
        "CARELINE_EMBEDDER": "none",
        "CARELINE_LOG_LEVEL": "WARNING",
        "CARELINE_RATE_PER_ADDRESS": "1000000/minute",
        "CARELINE_RATE_PER_CUSTOMER": "1000000/minute",
        "CARELINE_IDENTITY_KEYS": f"site={SITE_KEY}",
    }


async def both(count: int, seed: str) -> list[tuple[str, Tally]]:
    """Half of them while a model writes, half of them on extractive answers."""
    with tempfile.TemporaryDirectory(prefix="careline-disconnects-") as folder:
        knowledge = Path(folder)
        command(["ingest", "knowledge_base"], environment(knowledge, CARELINE_EMBEDDER="none"))
        async with writing_model() as address:
            model = {"OPENAI_BASE_URL": address, "OPENAI_API_KEY": "none", "CARELINE_MODEL": "openai:unhurried"}
            written = await play("model", model, knowledge, count // 2, seed)
        extractive = await play("extractive", {}, knowledge, count - count // 2, seed)
    return [("a model writes", written), ("extractive", extractive)]


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.chaos.disconnects", description=__doc__)
    parser.add_argument("--count", type=int, default=2_000, help="readers who lose their connection (%(default)s)")
    parser.add_argument("--seed", default=str(random.SystemRandom().randrange(10**6)), help="of every random choice")
    options = parser.parse_args()
    end_in_order()
    print(f"seed {options.seed}", flush=True)
    tallies = asyncio.run(both(options.count, options.seed))
    for what, tally in tallies:
        print(tally.as_text(what))
    sys.exit(1 if any(tally.unequal or not tally.equal for _, tally in tallies) else 0)


if __name__ == "__main__":
    main()
