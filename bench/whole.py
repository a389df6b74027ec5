"""Whole turns of the served product, as a customer's page asks for them."""

import time

import httpx2

from bench.turns import QUESTION

SENTENCES = 5


class WholeTurns:
    """Each asks as a new customer and gives the seconds until the first text."""

    def __init__(self, http: httpx2.AsyncClient) -> None:
        self._http = http

    async def streamed(self) -> float:
        started, first, shown = time.perf_counter(), 0.0, 0
        headers = {"Accept": "text/event-stream"}
        async with self._http.stream("POST", "/v1/chat", json={"text": QUESTION}, headers=headers) as response:
            async for line in response.aiter_lines():
                if line == "event: sentence":
                    first = first or time.perf_counter() - started
                    shown += 1
        assert shown == SENTENCES, f"{response.status_code}, {shown} sentences"
        return first

    async def whole(self) -> float:
        started = time.perf_counter()
        answer = (await self._http.post("/v1/chat", json={"text": QUESTION})).json()
        assert answer["outcome"] == "answered", answer
        return time.perf_counter() - started
