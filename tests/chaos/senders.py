"""Senders on the webhook channels: signed messages, sent again until the service says that it has them."""

import asyncio
import json
import random
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from standardwebhooks import Webhook

from tests.chaos import entries as e
from tests.chaos import words
from tests.chaos.board import Board
from tests.chaos.calling import Caller, OutOfTimeError, RefusedError
from tests.chaos.journal import Journal


@dataclass(frozen=True, kw_only=True)
class Channel:
    """An endpoint of the service that carries messages both ways."""

    name: str
    id: str
    secret: str


@dataclass(kw_only=True)
class Sender:
    """One address on a channel."""

    name: str
    messages: int
    channel: Channel
    caller: Caller
    journal: Journal
    board: Board

    @property
    def dice(self) -> random.Random:
        return self.caller.dice

    async def live(self) -> None:
        """Some messages come in a burst, others after the reply may have come."""
        for number in range(self.messages):
            await self.board.may_begin()
            try:
                await self._write(f"{self.name}-{number}")
            except OutOfTimeError:
                return
            finally:
                self.board.met += 1
            await asyncio.sleep(self.dice.choice((0.1, 0.3, 4.0)))

    async def _write(self, key: str) -> None:
        text = words.of_customer(self.dice, key)
        try:
            answer = await self.caller.insist(
                "POST", f"/v1/channels/{self.channel.id}/messages", lambda: self._request(key, text)
            )
        except RefusedError as refused:
            self.journal.note(e.Denied(key=key, status=refused.status, words=refused.words))
            return
        except OutOfTimeError:
            self.journal.note(e.GaveUp(key=key))
            raise
        told: Mapping[str, Any] = answer.body if isinstance(answer.body, dict) else {}
        self.journal.note(e.Acknowledged(key=key, conversation=told.get("conversation"), channel=self.channel.name))

    def _request(self, key: str, text: str) -> dict[str, Any]:
        """The provider's message id is the key; the signature is made anew for each try."""
        self.journal.note(e.Sent(party=self.name, key=key, text=text))
        body = json.dumps({"sender": self.name, "text": text, "message": key})
        now = datetime.now(UTC)
        signature = Webhook(self.channel.secret).sign(key, now, body)
        headers = {"webhook-id": key, "webhook-timestamp": str(int(now.timestamp())), "webhook-signature": signature}
        return {"data": body.encode(), "headers": {"Content-Type": "application/json", **headers}}
