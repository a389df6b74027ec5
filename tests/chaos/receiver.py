"""The company's side: takes deliveries, and misbehaves by the dice, as networks and receivers do."""

import asyncio
import contextlib
import random
from collections.abc import Mapping
from dataclasses import dataclass, field

from aiohttp import web

from tests.chaos import entries as e
from tests.chaos.journal import Journal
from tests.chaos.processes import free_port

ENDPOINTS: Mapping[str, str] = {
    "channel-ask": "ask",
    "channel-show": "show",
    "channel-repeat": "repeat",
    "events": "repeat",
}
"""Names of the endpoints, and what is done when an outcome is unknown."""

HELD_SECONDS = 12.0
"""Longer than a courier waits for an answer."""


@dataclass(kw_only=True)
class Receiver:
    """One address per endpoint. `kind` means: from now on everything is answered well."""

    journal: Journal
    dice: random.Random
    kind: bool = False
    port: int = field(default_factory=free_port)
    _taken: dict[str, set[str]] = field(default_factory=lambda: {name: set() for name in ENDPOINTS})
    _tried: set[str] = field(default_factory=set)
    _runner: web.AppRunner | None = None
    _site: web.TCPSite | None = None

    def address(self, endpoint: str) -> str:
        return f"http://127.0.0.1:{self.port}/{endpoint}"

    def has(self, endpoint: str) -> int:
        return len(self._taken[endpoint])

    async def start(self) -> None:
        app = web.Application()
        app.router.add_post("/{endpoint}", self._deliver)
        app.router.add_get("/{endpoint}", self._asked)
        self._runner = web.AppRunner(app, handler_cancellation=False, shutdown_timeout=1)
        await self._runner.setup()
        await self._listen()

    async def stop(self) -> None:
        assert self._runner is not None
        await self._runner.cleanup()

    async def be_away(self, seconds: float) -> None:
        """Nobody listens."""
        assert self._site is not None
        await self._site.stop()
        await asyncio.sleep(seconds)
        await self._listen()

    async def _listen(self) -> None:
        assert self._runner is not None
        self._site = web.TCPSite(self._runner, "127.0.0.1", self.port, reuse_address=True)
        await self._site.start()

    async def _deliver(self, request: web.Request) -> web.StreamResponse:
        endpoint, body = request.match_info["endpoint"], await request.json()
        match self._behaviour(request.headers["webhook-id"]):
            case "fails":
                return web.Response(status=500)
            case "comes again":
                return web.Response(status=503, headers={"Retry-After": "1"})
            case "drops before":
                return await self._drop(request)
            case "drops after":
                self._take(endpoint, request, body, told=False)
                return await self._drop(request)
            case "holds":
                self._take(endpoint, request, body, told=False)
                await asyncio.sleep(HELD_SECONDS)
                return await self._drop(request)
            case _:
                self._take(endpoint, request, body, told=True)
                return web.Response(status=200)

    def _behaviour(self, id: str) -> str:
        """A second try is met more kindly: the events' third would come after the run."""
        again, luck = id in self._tried, self.dice.random()
        self._tried.add(id)
        if self.kind or (again and self.dice.random() < 0.8):
            return "takes"
        odds = {"fails": 0.03, "comes again": 0.02, "drops before": 0.02, "drops after": 0.02, "holds": 0.004}
        for behaviour, odd in odds.items():
            luck -= odd
            if luck < 0:
                return behaviour
        return "takes"

    def _take(self, endpoint: str, request: web.Request, body: e.Data, *, told: bool) -> None:
        id = request.headers["webhook-id"]
        when_unknown = ENDPOINTS[endpoint]
        self.journal.note(e.Taken(endpoint=endpoint, when_unknown=when_unknown, id=id, told=told, body=body))
        self._taken[endpoint].add(id)

    async def _asked(self, request: web.Request) -> web.StreamResponse:
        """A reconciliation: whether a delivery arrived. Now and then it cannot tell."""
        if not self.kind and self.dice.random() < 0.1:
            return web.Response(status=500)
        known = request.query["id"] in self._taken[request.match_info["endpoint"]]
        return web.Response(status=200 if known else 404)

    async def _drop(self, request: web.Request) -> web.StreamResponse:
        """Ends the connection without a word."""
        if request.transport is not None:
            request.transport.abort()
        with contextlib.suppress(ConnectionError):
            await asyncio.sleep(0)
        return web.Response()
