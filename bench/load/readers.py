"""500 readers as a process of their own: each follows one stream, counts words, and notes when each event came."""

import asyncio
import json
import sys
import time
from collections.abc import AsyncIterator
from typing import Any

import aiohttp

from bench.load.paced import QUESTION
from tests.chaos.sse import EventReader

TOKEN_HEADER = "Careline-Customer-Token"
AT_ONCE = 50


class Readers:
    """`path` names the stream; "" is the service's, where each reader begins with a message of its own."""

    def __init__(self, address: str, path: str, seconds: float) -> None:
        self._address, self._path, self._seconds = address, path, seconds
        self._few = asyncio.Semaphore(AT_ONCE)
        self._first = 0.0
        self.words: list[tuple[float, int]] = []
        self.arrivals: dict[str, float] = {}

    async def read(self, http: aiohttp.ClientSession) -> None:
        if self._path:
            return await self._follow(http, f"{self._address}/{self._path}", {}, "")
        async with (
            self._few,
            http.post(
                f"{self._address}/v1/chat", json={"text": QUESTION}, headers={"Accept": "text/event-stream"}
            ) as response,
        ):
            token = response.headers[TOKEN_HEADER]
            event = await anext(_events(response))
        conversation = json.loads(event.data)["conversation"]
        address = f"{self._address}/v1/conversations/{conversation}/events"
        return await self._follow(http, address, {"Authorization": f"Bearer {token}"}, conversation)

    async def _follow(
        self, http: aiohttp.ClientSession, address: str, headers: dict[str, str], conversation: str
    ) -> None:
        try:
            async with http.get(address, headers=headers) as response, asyncio.timeout(None) as limit:
                async for event in _events(response):
                    self._note(event, conversation)
                    if self._first:
                        limit.reschedule(asyncio.get_running_loop().time() + self._first + self._seconds - time.time())
        except TimeoutError:
            return

    def _note(self, event: Any, conversation: str) -> None:
        count = len(json.loads(event.data).get("text", "").split()) if event.name == "sentence" else 0
        if not count:
            return
        now = time.time()
        self._first = self._first or now
        self.words.append((now, count))
        self.arrivals[f"{conversation}/{event.seq}"] = now

    def told(self) -> dict[str, Any]:
        """Tokens within the seconds from the first one on."""
        until = self._first + self._seconds
        return {"tokens": sum(count for at, count in self.words if at < until), "arrivals": self.arrivals}


async def _events(response: aiohttp.ClientResponse) -> AsyncIterator[Any]:
    reader = EventReader()
    async for piece in response.content.iter_any():
        for event in reader.feed(piece):
            yield event


async def main(address: str, path: str, readers: int, seconds: float) -> dict[str, Any]:
    timeout = aiohttp.ClientTimeout(total=120)
    async with aiohttp.ClientSession(timeout=timeout, connector=aiohttp.TCPConnector(limit=0)) as http:
        group = Readers(address, path, seconds)
        before = time.process_time()
        await asyncio.gather(*(group.read(http) for _ in range(readers)))
        return {**group.told(), "cpu": time.process_time() - before}


if __name__ == "__main__":
    print(json.dumps(asyncio.run(main(sys.argv[1], sys.argv[2], int(sys.argv[3]), float(sys.argv[4])))))
