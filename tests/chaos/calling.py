"""How parties call the service: any of its addresses, again after a failure, until the answer is there."""

import asyncio
import random
import time
from collections import Counter
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import aiohttp

from tests.chaos.sse import EventReader, StreamedEvent

AGAIN = (408, 425, 429, 500, 502, 503, 504)
QUIET_SECONDS = 25.0
"""Longer than the service's signs of life are apart: a stream that is quiet for so long is broken."""

Failures = (aiohttp.ClientError, OSError, TimeoutError)


class OutOfTimeError(Exception):
    """The run is over."""


class EndedEarlyError(Exception):
    """A stream ended in disorder: the connection was lost."""


class RefusedError(Exception):
    """The service says no, and saying it again would not help."""

    def __init__(self, status: int, words: str) -> None:
        super().__init__(f"{status} {words}")
        self.status = status
        self.words = words


@dataclass(frozen=True, kw_only=True)
class Answer:
    """A whole answer."""

    status: int
    headers: Mapping[str, str]
    body: Any


Request = Callable[[], Mapping[str, Any]]
"""Makes what a try sends: `headers`, and `json` or `data`. Called anew for each."""


@dataclass(kw_only=True)
class Caller:
    """`until` is when the run gives up, by the monotonic clock. Each try goes to an address by chance. `statuses`
    counts what came back."""

    addresses: Sequence[str]
    http: aiohttp.ClientSession
    dice: random.Random
    until: float
    statuses: Counter[int]

    async def insist(self, method: str, path: str, request: Request, patience: float = 40.0) -> Answer:
        """Raises RefusedError, and OutOfTimeError at the end of the run."""
        while True:
            try:
                answer = await self._once(method, path, request(), patience)
            except Failures:
                answer = None
            if answer is not None and answer.status not in AGAIN:
                if answer.status >= 400:
                    raise RefusedError(answer.status, str(answer.body)[:200])
                return answer
            await self.pause()

    async def pause(self) -> None:
        """Between two tries. Raises OutOfTimeError."""
        if time.monotonic() > self.until:
            raise OutOfTimeError
        await asyncio.sleep(self.dice.uniform(0.1, 0.8))

    async def stream(
        self, method: str, path: str, request: Mapping[str, Any], begun: Callable[[Mapping[str, str]], None]
    ) -> AsyncIterator[StreamedEvent]:
        """Until the service ends it in order. `begun` gets the headers. Raises EndedEarlyError, RefusedError."""
        timeout = aiohttp.ClientTimeout(total=None, sock_connect=5, sock_read=QUIET_SECONDS)
        try:
            async with self.http.request(method, self._at(path), timeout=timeout, **request) as answer:
                self.statuses[answer.status] += 1
                await _accept(answer)
                begun(answer.headers)
                events = EventReader()
                async for piece in answer.content.iter_any():
                    for event in events.feed(piece):
                        yield event
        except Failures as error:
            raise EndedEarlyError from error

    async def _once(self, method: str, path: str, request: Mapping[str, Any], patience: float) -> Answer:
        timeout = aiohttp.ClientTimeout(total=patience, sock_connect=5)
        async with self.http.request(method, self._at(path), timeout=timeout, **request) as answer:
            is_json = "json" in answer.headers.get("content-type", "")
            body = await answer.json(content_type=None) if is_json else await answer.text()
            self.statuses[answer.status] += 1
            return Answer(status=answer.status, headers=answer.headers, body=body)

    def _at(self, path: str) -> str:
        return self.dice.choice(self.addresses) + path


async def _accept(answer: aiohttp.ClientResponse) -> None:
    if answer.status in AGAIN:
        raise EndedEarlyError
    if answer.status >= 400:
        raise RefusedError(answer.status, (await answer.text())[:200])
