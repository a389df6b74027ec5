"""What stands when all is quiet, read over the API as an agent, into the journal."""

import asyncio
import contextlib
import re
import time
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import aiohttp
import yaml

from tests.chaos import entries as e
from tests.chaos.journal import Journal, Run
from tests.chaos.processes import ROOT
from tests.chaos.sse import EventReader

AT_ONCE = 48
QUIET_SECONDS = 1.5
"""A stream that says nothing for so long, on a quiet service, has said all."""

AWAY_SECONDS = 60.0

STILL_SECONDS = 8.0
"""Longer than the first pause before an event is tried again."""


@dataclass(kw_only=True)
class FinalReader:
    """Reads at one address, with an agent's key. `patience` are the seconds that it waits for quiet."""

    address: str
    key: str
    http: aiohttp.ClientSession
    patience: float

    async def settle(self) -> float:
        """Waits until nothing moves any more, and no longer than `patience`; how long it took. Events that failed
        twice are tried again minutes later: they may stay."""
        began = changed = time.monotonic()
        before = await self.counts()
        while before is not None and time.monotonic() - began < self.patience:
            await asyncio.sleep(1)
            counts = await self.counts()
            if counts is None or counts.deliveries != before.deliveries:
                changed, before = time.monotonic(), counts or before
            if not (before.overdue or _moving(before)) and time.monotonic() - changed > STILL_SECONDS:
                break
        return time.monotonic() - began

    async def read(self, journal: Journal, conversations: Iterable[str], channels: dict[str, str]) -> None:
        gate, until = asyncio.Semaphore(AT_ONCE), time.monotonic() + 3 * self.patience

        async def read_one(id: str) -> None:
            async with gate:
                if found := await self.conversation(id, channels.get(id), until):
                    journal.note(found)

        await asyncio.gather(*(read_one(id) for id in conversations))
        counts = await self.counts()
        journal.note(counts or e.FinalCounts(deliveries={}, overdue=0, unsettled={}, handoff_texts=handoff_texts()))

    async def conversation(self, id: str, channel: str | None, until: float) -> e.FinalConversation | None:
        """Read again until every message of a customer is met, or the time is over. None where there is no such."""
        while True:
            found = await self._json(f"/v1/agent/conversations/{id}")
            if found is None:
                return None
            messages = tuple(_message(message) for message in found["messages"])
            if all(m.outcome or m.author != "customer" for m in messages) or time.monotonic() > until:
                break
            await asyncio.sleep(1)
        events = await self._events_up_to(max((message.seq for message in messages), default=0), id, until)
        return e.FinalConversation(
            id=id, status=found["status"], channel=channel, messages=messages, events=tuple(events)
        )

    async def counts(self) -> e.FinalCounts | None:
        """None where the service has no such measures."""
        async with self.http.get(f"{self.address}/metrics") as answer:
            if answer.status != 200:
                return None
            lines = await answer.text()
        listed = await self._json("/v1/agent/deliveries")
        return e.FinalCounts(
            deliveries=_by_kind_and_status(lines),
            overdue=int(_gauge(lines, "careline_overdue_messages")),
            unsettled={item["id"]: f"{item['endpoint']} {item['conversation']}" for item in listed["deliveries"]},
            handoff_texts=handoff_texts(),
        )

    async def _events_up_to(self, last: int, id: str, until: float) -> list[e.FinalEvent]:
        """A stream has no end, only quiet; on a busy machine there is quiet before it began, too."""
        while True:
            events = await self._events(id)
            if (events and events[-1].seq >= last) or time.monotonic() > until:
                return events

    async def _events(self, id: str) -> list[e.FinalEvent]:
        reader, events = EventReader(), []
        timeout = aiohttp.ClientTimeout(total=None, sock_read=QUIET_SECONDS)
        address = f"{self.address}/v1/agent/conversations/{id}/events"
        with contextlib.suppress(TimeoutError):
            async with self.http.get(address, headers=self._headers, timeout=timeout) as answer:
                async for piece in answer.content.iter_any():
                    events += reader.feed(piece)
        return [e.FinalEvent(seq=event.seq, name=event.name, data=event.data) for event in events]

    async def _json(self, path: str) -> Any:
        """None for what is not there. Records that are away for a moment are asked again, for a minute."""
        until = time.monotonic() + AWAY_SECONDS
        while True:
            async with self.http.get(self.address + path, headers=self._headers) as answer:
                if answer.status == 404:
                    return None
                if answer.status != 503 or time.monotonic() > until:
                    answer.raise_for_status()
                    return await answer.json()
            await asyncio.sleep(1)

    @property
    def _headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.key}"}


def conversations_in(run: Run) -> set[str]:
    """All that anybody heard of."""
    found = {told.conversation for told in run.all(e.Acknowledged) if told.conversation}
    found |= {seen.conversation for seen in run.all(e.Seen)}
    return found | {taken.body["data"]["conversation"] for taken in run.all(e.Taken)}


def channels_in(run: Run) -> dict[str, str]:
    """The channel of each conversation that came over one."""
    told = run.all(e.Acknowledged)
    return {entry.conversation: entry.channel for entry in told if entry.conversation and entry.channel}


def handoff_texts() -> tuple[str, ...]:
    """The words that say that a person comes, in every language."""
    files = sorted((ROOT / "prompts" / "texts").glob("*.yaml"))
    texts = [text for path in files for key, text in _texts(path).items() if key.startswith("handoff_")]
    return tuple(" ".join(text.split()) for text in texts)


def _texts(path: Path) -> dict[str, str]:
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def _message(found: dict[str, Any]) -> e.FinalMessage:
    at = datetime.fromisoformat(found["at"]).timestamp()
    kept = {name: found[name] for name in ("seq", "author", "text", "outcome")}
    return e.FinalMessage(at=at, **kept)


def _by_kind_and_status(lines: str) -> dict[str, int]:
    """As `events due`."""
    counts: dict[str, int] = {}
    for labels, value in re.findall(r"^careline_deliveries\{(.*?)\} (\S+)$", lines, re.M):
        named = dict(re.findall(r'(\w+)="(.*?)"', labels))
        counts[f"{named['kind']} {named['status']}"] = int(float(value))
    return counts


def _gauge(lines: str, name: str) -> float:
    found = re.search(rf"^{name}(?:\{{.*?\}})? (\S+)$", lines, re.M)
    return float(found[1]) if found else 0.0


def _moving(counts: e.FinalCounts) -> bool:
    """Messages to channels that are still on their way, or asked about."""
    return any(counts.deliveries.get(f"channel {status}", 0) for status in ("due", "sending"))
