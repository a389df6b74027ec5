"""What the desk costs at 100,000 conversations: python -m bench.desk [postgresql+asyncpg://...] prints milliseconds."""

import asyncio
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, insert

from app.care.desk import DeskFilter, Place
from app.domain.assessment import Feeling
from app.domain.conversations import ConversationStatus
from app.storage import tables as t
from app.storage.database import Database, open_database
from app.storage.desk_state import DeskStateRecords
from app.storage.listing import ListingRecords
from app.storage.migrating import migrate
from app.storage.wakeups import LocalWakeups

CONVERSATIONS = 100_000
MESSAGES = 4
AT_ONCE = 2_000
START = datetime(2026, 1, 1)
WORDS = ("kettle", "pour", "filter", "descale", "invoice", "delivery", "broken", "thanks", "refund", "order", "grinder")
TIMES = 20


async def main(url: str | None) -> None:
    with tempfile.TemporaryDirectory() as folder:
        records = url or f"sqlite:///{Path(folder) / 'careline.db'}"
        await migrate(records)
        database = open_database(records)
        began = time.monotonic()
        for first in range(0, CONVERSATIONS, AT_ONCE):
            await database.write(lambda c, first=first: _fill(c, first))
        print(f"{CONVERSATIONS} conversations written in {time.monotonic() - began:.0f} s")
        await database.write(lambda c: c.exec_driver_sql("ANALYZE").rowcount)
        for name, call in _calls(database).items():
            await _measure(name, call)
        await database.close()


def _calls(database: Database) -> dict[str, Callable[[], Awaitable[Any]]]:
    listing = ListingRecords(database)
    state = DeskStateRecords(database, LocalWakeups(), lambda: (START + timedelta(days=100)).replace(tzinfo=UTC))
    middle = Place(last_at=(START + timedelta(minutes=CONVERSATIONS // 2)).replace(tzinfo=UTC), id="cnv_")

    def listed(place: Place | None = None, **wanted: Any) -> Callable[[], Awaitable[Any]]:
        return lambda: listing.conversations(DeskFilter(**wanted), place, 50)

    return {
        "the newest 50": listed(),
        "50 in the middle": listed(middle),
        "waiting": listed(statuses=(ConversationStatus.WAITING,)),
        "closed": listed(statuses=(ConversationStatus.CLOSED,)),
        "all that are open": listed(statuses=(ConversationStatus.WAITING, ConversationStatus.WITH_AGENT)),
        "by a rare tag": listed(tag="rare"),
        "by a usual tag": listed(tag="usual"),
        "by a rare feeling": listed(feeling=Feeling.DISTRESSED),
        "by a feeling that is never": listed(feeling=Feeling.ANGRY),
        "by an agent": listed(agent_id="agt_1"),
        "by a channel that is not": listed(channel="sms"),
        "spam": listed(spam=True),
        "words that many said": listed(words="kettle"),
        "words that nobody said": listed(words="zeppelin"),
        "a name": listed(words="Name 777"),
        "the live desk": state.state,
    }


async def _measure(name: str, call: Callable[[], Awaitable[Any]]) -> None:
    taken: list[float] = []
    cpu = time.process_time()
    for _ in range(TIMES):
        began = time.perf_counter()
        await call()
        taken.append((time.perf_counter() - began) * 1_000)
    cpu = (time.process_time() - cpu) * 1_000 / TIMES
    print(f"{name:28} p50 {statistics.median(taken):7.1f} ms   worst {max(taken):7.1f} ms   CPU here {cpu:6.1f} ms")


def _fill(c: Connection, first: int) -> None:
    if first == 0:
        agents = [_agent(number) for number in range(1, 21)]
        c.execute(insert(t.agents), agents)
    numbers = range(first, first + AT_ONCE)
    chance = random.Random(first)
    for table, rows in _rows(numbers, chance).items():
        if rows:
            c.execute(insert(table), rows)


def _rows(numbers: Sequence[int], chance: random.Random) -> dict[Any, list[dict[str, Any]]]:
    handed_over = [number for number in numbers if number % 10 == 0 or number > CONVERSATIONS - 300]
    return {
        t.customers: [{"id": f"cus_{n:08}", "created_at": START} for n in numbers],
        t.attributes: [
            {"customer_id": f"cus_{n:08}", "name": "name", "value": f"Name {n}", "set_at": START} for n in numbers
        ],
        t.conversations: [_conversation(n) for n in numbers],
        t.handoffs: [_handoff(n) for n in handed_over],
        t.messages: [_message(n, place, chance) for n in numbers for place in range(MESSAGES)],
        t.conversation_tags: [{"conversation_id": f"cnv_{n:08}", "tag": tag} for n in numbers for tag in _tags(n)],
    }


def _agent(number: int) -> dict[str, Any]:
    email, key = f"{number}@company.example", f"hash of {number}"
    return {"id": f"agt_{number}", "name": f"Agent {number}", "email": email, "role": "agent", "key_hash": key} | {
        "created_at": START
    }


def _status(number: int) -> str:
    """The newest 300 are open."""
    left = CONVERSATIONS - number
    return (
        "closed" if left > 300 else "waiting" if left % 3 == 0 else "with_agent" if left % 3 == 1 else "with_assistant"
    )


def _conversation(number: int) -> dict[str, Any]:
    at = START + timedelta(minutes=number)
    return {
        "id": f"cnv_{number:08}",
        "customer_id": f"cus_{number:08}",
        "channel": "token",
        "status": _status(number),
        "opened_at": at,
        "last_at": at + timedelta(seconds=50),
        "agent_id": "agt_1" if _status(number) == "with_agent" else None,
        "feeling": "distressed" if number % 10_000 == 0 else "calm",
        "claimed": {},
        "last_seq": MESSAGES,
    }


def _handoff(number: int) -> dict[str, Any]:
    status = {"waiting": "waiting", "with_agent": "claimed"}.get(_status(number), "closed")
    brief = {"wants": "a refund", "tried": [], "feeling": "calm", "feeling_evidence": "", "facts": [], "claimed": []}
    return {
        "id": f"hof_{number:08}",
        "conversation_id": f"cnv_{number:08}",
        "reason": "wish",
        "evidence": "a person",
        "brief": brief,
        "status": status,
        "created_at": START + timedelta(minutes=number),
        "agent_id": None if status == "waiting" else f"agt_{number % 20 + 1}",
    }


def _message(number: int, place: int, chance: random.Random) -> dict[str, Any]:
    return {
        "id": f"msg_{number * MESSAGES + place:010}",
        "conversation_id": f"cnv_{number:08}",
        "seq": place + 1,
        "author": "customer" if place % 2 == 0 else "assistant",
        "text": " ".join(chance.choices(WORDS, k=25)),
        "at": START + timedelta(minutes=number, seconds=place * 10),
        "outcome": "answered" if place % 2 == 0 else None,
    }


def _tags(number: int) -> list[str]:
    rare = ["rare"] if number % 25_000 == 0 else []
    return [*rare, *(["usual"] if number % 5 == 0 else [])]


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1] if len(sys.argv) > 1 else None))
