"""Customers on the API: they write, in bursts too, wait or read a stream, lose connections, follow along."""

import asyncio
import contextlib
import random
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import jwt

from tests.chaos import entries as e
from tests.chaos import words
from tests.chaos.board import Board
from tests.chaos.calling import Caller, EndedEarlyError, OutOfTimeError, RefusedError
from tests.chaos.journal import Journal

SITE_KEY = "chaos-site-key-of-forty-characters-or-so"
TOKEN_HEADER = "Careline-Customer-Token"


@dataclass(kw_only=True)
class Customer:
    """One who signed in on the company's site, or an `anonymous` one, known by the token of their first message."""

    name: str
    messages: int
    anonymous: bool
    caller: Caller
    journal: Journal
    board: Board
    conversation: str | None = None
    _token: str | None = None
    _streams: int = 0
    _following: asyncio.Task[None] | None = field(default=None, repr=False)

    @property
    def dice(self) -> random.Random:
        return self.caller.dice

    async def live(self) -> None:
        """The whole conversation, from the first message to the last."""
        written = 0
        try:
            while written < self.messages:
                burst = 1 if written == 0 else min(self.dice.choice((1, 1, 1, 2, 3)), self.messages - written)
                await asyncio.gather(*(self._write(written + place) for place in range(burst)))
                written += burst
                self._maybe_follow()
                await asyncio.sleep(self.dice.uniform(0.0, 0.3))
        except OutOfTimeError:
            pass
        finally:
            if self._following:
                self._following.cancel()

    async def _write(self, number: int) -> None:
        message = f"{self.name}-{number}"
        await self.board.may_begin()
        try:
            if self.dice.random() < 0.6:
                await self._read_reply(message)
            else:
                await self._wait_for_reply(message)
        except RefusedError as refused:
            self.journal.note(e.Denied(key=message, status=refused.status, words=refused.words))
        except OutOfTimeError:
            self.journal.note(e.GaveUp(key=message))
            raise
        finally:
            self.board.met += 1

    async def _wait_for_reply(self, message: str) -> None:
        sending = _Sending(self, message)
        answer = await self.caller.insist("POST", "/v1/chat", sending.request)
        self._note_token(answer.headers)
        self._acknowledged(sending.key, answer.body["conversation"])

    async def _read_reply(self, message: str) -> None:
        """Cut now and then by the customer, too; taken up again behind the last whole event."""
        sending, reader = _Sending(self, message), self._new_reader(message)
        while not sending.done:
            try:
                await self._read_once(sending, reader)
            except EndedEarlyError:
                if sending.last is None:
                    reader = self._new_reader(message)
                await self.caller.pause()

    async def _read_once(self, sending: "_Sending", reader: str) -> None:
        leaves_after = self.dice.randint(1, 3) if self.dice.random() < 0.15 else None
        request = sending.streaming()

        def begun(headers: Mapping[str, str]) -> None:
            self._note_token(headers)
            self._acknowledged(sending.key, self.conversation)

        async with contextlib.aclosing(self.caller.stream("POST", "/v1/chat", request, begun)) as events:
            async for event in events:
                where = sending.where(event.data)
                self.journal.note(
                    e.Seen(reader=reader, conversation=where, seq=event.seq, name=event.name, data=event.data)
                )
                sending.note(event.seq, event.name)
                if event.name == "accepted" and self.conversation is None:
                    self._acknowledged(sending.key, where)
                leaves_after = None if leaves_after is None else leaves_after - 1
                if leaves_after == 0:
                    raise EndedEarlyError
        if not sending.done:
            raise EndedEarlyError

    def _acknowledged(self, key: str, conversation: str | None) -> None:
        self.journal.note(e.Acknowledged(key=key, conversation=conversation))
        if conversation and self.conversation is None:
            self.conversation = conversation
        if conversation:
            self.board.written_to(conversation)

    def _note_token(self, headers: Mapping[str, str]) -> None:
        self._token = headers.get(TOKEN_HEADER) or self._token

    def _maybe_follow(self) -> None:
        if self._following is None and self.conversation and self.dice.random() < 0.3:
            self._following = asyncio.create_task(self._follow(self.conversation))

    async def _follow(self, conversation: str) -> None:
        """All events of the conversation, beside the replies."""
        reader, last = self._new_reader("all"), 0
        path = f"/v1/conversations/{conversation}/events"
        with contextlib.suppress(OutOfTimeError, RefusedError):
            while True:
                headers = {**self.identified(), **({"Last-Event-ID": str(last)} if last else {})}
                with contextlib.suppress(EndedEarlyError):
                    async for event in self.caller.stream("GET", path, {"headers": headers}, lambda _headers: None):
                        place = {"conversation": conversation, "seq": event.seq}
                        self.journal.note(e.Seen(reader=reader, name=event.name, data=event.data, **place))
                        last = event.seq
                await self.caller.pause()

    def _new_reader(self, what: str) -> str:
        self._streams += 1
        return f"{self.name}:{what}:{self._streams}"

    def identified(self) -> dict[str, str]:
        """Proof of who writes; none before an anonymous customer's first answer."""
        secret = self._token if self.anonymous else signed(self.name)
        return {"Authorization": f"Bearer {secret}"} if secret else {}

    @property
    def unknown_yet(self) -> bool:
        return self.anonymous and self._token is None


class _Sending:
    """A message on its way, over all its tries. While the service does not know the customer, each try is a new
    customer's to it, so it gets a key of its own."""

    def __init__(self, customer: Customer, message: str) -> None:
        self.key = message
        self.done = False
        self.last: int | None = None
        self._customer = customer
        self._message = message
        self._text = ""
        self._tries = 0
        self._conversation = customer.conversation

    def request(self) -> dict[str, Any]:
        self._tries += 1
        customer = self._customer
        if customer.unknown_yet:
            self.key = f"{self._message}.{self._tries}"
        if customer.unknown_yet or not self._text:
            self._text = words.of_customer(customer.dice, self.key)
        sent = e.Sent(party=customer.name, key=self.key, text=self._text, conversation=self._conversation)
        customer.journal.note(sent)
        body: dict[str, Any] = {"text": self._text, "idempotency_key": self.key}
        if self._conversation:
            body["conversation"] = self._conversation
        return {"json": body, "headers": customer.identified()}

    def streaming(self) -> dict[str, Any]:
        request = self.request()
        request["headers"] |= {"Accept": "text/event-stream"}
        if self.last is not None:
            request["headers"] |= {"Last-Event-ID": str(self.last)}
        return request

    def where(self, data: str) -> str:
        """The conversation that an event names."""
        return data.split('"conversation":"', 1)[1].split('"', 1)[0]

    def note(self, seq: int, name: str) -> None:
        self.last = seq
        self.done = self.done or name == "done"


def signed(customer: str) -> str:
    now = int(time.time())
    claims = {"sub": customer, "aud": "careline", "iat": now, "exp": now + 1_800}
    return jwt.encode(claims, SITE_KEY, algorithm="HS256", headers={"kid": "site"})
