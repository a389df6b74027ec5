"""Agents: they take who waits, race for the same conversation, step into the middle of a reply, answer, give back."""

import asyncio
import random
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tests.chaos import entries as e
from tests.chaos import words
from tests.chaos.board import Board
from tests.chaos.calling import Answer, Caller, OutOfTimeError, RefusedError
from tests.chaos.journal import Journal


@dataclass(kw_only=True)
class Agent:
    """One person of the company, who works until the load is over and nothing is left in hand."""

    name: str
    key: str
    caller: Caller
    journal: Journal
    board: Board
    _replies: int = 0

    @property
    def dice(self) -> random.Random:
        return self.caller.dice

    async def work(self) -> None:
        try:
            await self._call("PUT", "/v1/agent/duty", {"on_duty": True})
            while not self.board.over:
                await self._take_next()
                await asyncio.sleep(self.dice.uniform(0.05, 0.4))
            await self._hand_back_all()
        except OutOfTimeError:
            pass

    async def _take_next(self) -> None:
        """The head of the queue, which the others want too; now and then a conversation in the middle of a reply."""
        queue = (await self._call("GET", "/v1/agent/queue")).body
        waiting = [item["conversation"] for item in queue["waiting"]]
        if self.board.lively and self.dice.random() < 0.15:
            await self._care_for(self.dice.choice(self.board.lively))
        elif waiting:
            await self._care_for(waiting[0] if self.dice.random() < 0.5 else self.dice.choice(waiting[:10]))

    async def _care_for(self, conversation: str) -> None:
        if not await self._claim(conversation):
            return
        for _ in range(self.dice.randint(0, 2)):
            await asyncio.sleep(self.dice.uniform(0.0, 0.3))
            await self._reply(conversation)
        await self._give_back(conversation)

    async def _claim(self, conversation: str) -> bool:
        """A refusal may mean that our own first try won and its answer was lost: the list of ours tells."""
        try:
            await self._act(conversation, "claim")
        except RefusedError:
            if conversation not in await self._mine():
                return False
        self.journal.note(e.Claimed(agent=self.name, conversation=conversation))
        return True

    async def _reply(self, conversation: str) -> None:
        key = f"{self.name}-{self._replies}"
        self._replies += 1
        text = words.of_agent(self.dice, key)
        try:
            await self._act(conversation, "reply", {"text": text, "idempotency_key": key})
        except RefusedError as refused:
            self.journal.note(e.Denied(key=key, status=refused.status, words=refused.words))
            return
        self.journal.note(e.Replied(agent=self.name, conversation=conversation, key=key, text=text))

    async def _give_back(self, conversation: str) -> None:
        """A refusal means that the first try went through."""
        act = "close" if self.dice.random() < 0.3 else "return"
        try:
            await self._act(conversation, act)
        except RefusedError as refused:
            if conversation in await self._mine():
                self.journal.note(e.Denied(key=f"{act} {conversation}", status=refused.status, words=refused.words))

    async def _hand_back_all(self) -> None:
        for conversation in await self._mine():
            await self._give_back(conversation)

    async def _mine(self) -> list[str]:
        queue = (await self._call("GET", "/v1/agent/queue")).body
        return [item["conversation"] for item in queue["mine"]]

    async def _act(self, conversation: str, act: str, body: Mapping[str, Any] | None = None) -> Answer:
        return await self._call("POST", f"/v1/agent/conversations/{conversation}/{act}", body)

    async def _call(self, method: str, path: str, body: Mapping[str, Any] | None = None) -> Answer:
        request: dict[str, Any] = {"headers": {"Authorization": f"Bearer {self.key}"}}
        if body is not None:
            request["json"] = body
        return await self.caller.insist(method, path, lambda: request, patience=10)
