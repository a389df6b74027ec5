"""The load: a number of messages by customers and senders, some at once, with agents beside them. Ends by itself."""

import asyncio
import random
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import aiohttp

from tests.chaos.agents import Agent
from tests.chaos.board import Board
from tests.chaos.calling import Caller
from tests.chaos.customers import Customer
from tests.chaos.journal import Journal
from tests.chaos.senders import Channel, Sender

SENDERS_SHARE = 0.3
ANONYMOUS_SHARE = 0.2


@dataclass(kw_only=True)
class Load:
    """`at_once` parties live at a time; every choice comes from `seed`. `until` by the monotonic clock."""

    messages: int
    at_once: int
    seed: str
    addresses: Sequence[str]
    channels: Sequence[Channel]
    agent_keys: dict[str, str]
    journal: Journal
    until: float
    board: Board = field(default_factory=Board)
    statuses: Counter[int] = field(default_factory=Counter)

    async def run(self) -> None:
        async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0)) as http:
            agents = [asyncio.create_task(agent.work()) for agent in self._agents(http)]
            parties = iter(self._parties(http))
            await asyncio.gather(*(self._live(parties) for _ in range(self.at_once)))
            self.board.over = True
            await asyncio.gather(*agents)

    async def _live(self, parties: Iterator[Customer | Sender]) -> None:
        for party in parties:
            await party.live()

    def _parties(self, http: aiohttp.ClientSession) -> list[Customer | Sender]:
        dice, left = random.Random(self.seed), self.messages
        parties: list[Customer | Sender] = []
        while left > 0:
            messages = min(left, dice.randint(1, 6))
            left -= messages
            parties.append(self._party(len(parties), messages, dice, http))
        return parties

    def _party(self, number: int, messages: int, dice: random.Random, http: aiohttp.ClientSession) -> Customer | Sender:
        if self.channels and dice.random() < SENDERS_SHARE:
            name = f"s{number}"
            return Sender(
                name=name,
                messages=messages,
                channel=dice.choice(self.channels),
                caller=self._caller(name, http),
                journal=self.journal,
                board=self.board,
            )
        name = f"c{number}"
        return Customer(
            name=name,
            messages=messages,
            anonymous=dice.random() < ANONYMOUS_SHARE,
            caller=self._caller(name, http),
            journal=self.journal,
            board=self.board,
        )

    def _agents(self, http: aiohttp.ClientSession) -> list[Agent]:
        return [
            Agent(name=name, key=key, caller=self._caller(name, http), journal=self.journal, board=self.board)
            for name, key in self.agent_keys.items()
        ]

    def _caller(self, name: str, http: aiohttp.ClientSession) -> Caller:
        """With dice of the party's own: what one does is no other's luck."""
        dice = random.Random(f"{self.seed} {name}")
        return Caller(addresses=self.addresses, http=http, dice=dice, until=self.until, statuses=self.statuses)
