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

AT_ONCE = 24
QUIET_SECONDS = 0.6
"""A stream that says nothing for so long, on a quiet service, has said all."""

SETTLE_SECONDS = 120.0


@dataclass(kw_only=True)
class FinalReader:
    """`channels` are the names of channel endpoints by the addresses of their senders' conversations."""

    address: str
    key: str
    http: aiohttp.ClientSession

    async def settle(self) -> float:
        """Waits until nothing is due any more, and no longer than SETTLE_SECONDS; how long it took."""
        began = time.monotonic()
        while time.monotonic() - began < SETTLE_SECONDS:
            counts = await self.counts()
            if counts is None or not (counts.overdue or _moving(counts)):
                break
            await asyncio.sleep(1)
        return time.monotonic() - began

    async def read(self, journal: Journal, conversations: Iterable[str], channels: dict[str, str]) -> None:
        gate = asyncio.Semaphore(AT_ONCE)

        async def read_one(id: str) -> None:
            async with gate:
                if found := await self.conversation(id, channels.get(id)):
                    journal.note(found)

        await asyncio.gather(*(read_one(id) for id in conversations))
        counts = await self.counts()
        journal.note(counts or e.FinalCounts(deliveries={}, overdue=0, unsettled=(), handoff_texts=handoff_texts()))

    async def conversation(self, id: str, channel: str | None) -> e.FinalConversation | None:
        """Read again until every message of a customer is met, for a while. None where there is no such."""
        until = time.monotonic() + SETTLE_SECONDS
        while True:
            found = await self._json(f"/v1/agent/conversations/{id}")
            if found is None:
                return None
            messages = tuple(_message(message) for message in found["messages"])
            if all(m.outcome or m.author != "customer" for m in messages) or time.monotonic() > until:
                break
            await asyncio.sleep(1)
        events = await self._events(id)
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
        items = listed if isinstance(listed, list) else listed["deliveries"]
        return e.FinalCounts(
            deliveries=_by_kind_and_status(lines),
            overdue=int(_gauge(lines, "careline_overdue_messages")),
            unsettled=tuple(f"{item['conversation']} {item['seq']}" for item in items),
            handoff_texts=handoff_texts(),
        )

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
        """None for what is not there."""
        async with self.http.get(self.address + path, headers=self._headers) as answer:
            if answer.status == 404:
                return None
            answer.raise_for_status()
            return await answer.json()

    @property
    def _headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.key}"}


def conversations_in(run: Run) -> set[str]:
    """All that anybody heard of."""
    found = {told.conversation for told in run.all(e.Acknowledged) if told.conversation}
    found |= {seen.conversation for seen in run.all(e.Seen)}
    return found | {taken.body["data"]["conversation"] for taken in run.all(e.Taken)}


def channels_in(run: Run, channels: dict[str, str]) -> dict[str, str]:
    """The channel of each conversation that came over one, by what the company's systems were told. `channels` are the
    names by id."""
    told = [taken.body["data"] for taken in run.all(e.Taken) if taken.endpoint == "events"]
    return {data["conversation"]: channels[data["channel"]] for data in told if data.get("channel") in channels}


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
