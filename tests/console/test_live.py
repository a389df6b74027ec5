"""The desk as a stream over a real socket: a snapshot first, then what changes, until the agent is not let in."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import httpx2
import pytest
from sqlalchemy import update

from app.care.desk_live import LiveDesk
from app.storage import tables as t
from app.wiring import Service
from tests.fakes.desk import PERSON, at_desk, customer
from tests.fakes.served import Served, on_a_port, serving
from tests.fakes.staff import PASSWORD, browser, invited


@dataclass
class Stream:
    """What comes over one connection, event by event."""

    lines: AsyncIterator[str]

    async def next(self, name: str) -> Any:
        """The data of the next event of this name; others are passed over."""
        async with asyncio.timeout(30):
            while True:
                found = ""
                async for line in self.lines:
                    if line.startswith("event: "):
                        found = line.removeprefix("event: ")
                    if line.startswith("data: ") and found == name:
                        return json.loads(line.removeprefix("data: "))
                raise EOFError

    async def desk(self, holds: Callable[[Any], object] = lambda _: True) -> Any:
        """The next desk of which this holds: between two changes there may be others, such as a turn that ends."""
        while not holds(found := await self.next("queue")):
            pass
        return found

    async def is_over(self) -> bool:
        """Waits for the end; raises TimeoutError where there is none."""
        async with asyncio.timeout(30):
            async for _ in self.lines:
                pass
        return True


def rests_little(service: Service) -> None:
    """Between two looks at the records; how long it rests is looked at in tests/care."""
    live = LiveDesk(records=service.desk_state, wakeups=service.wakeups, rest=0.05)
    vars(service).update(live_desk=live)


@pytest.fixture
async def served(migrated_file: Path, tmp_path: Path) -> AsyncIterator[Served]:
    async with serving(tmp_path, migrated_file, prepare=rests_little) as running:
        yield running


@pytest.fixture
async def address(served: Served) -> AsyncIterator[str]:
    async with on_a_port(served) as found:
        yield found


@asynccontextmanager
async def following(address: str, headers: Mapping[str, str]) -> AsyncIterator[Stream]:
    async with (
        httpx2.AsyncClient(base_url=address, trust_env=False, timeout=30) as client,
        client.stream("GET", "/v1/agent/live", headers=headers) as answer,
    ):
        assert answer.status_code == 200
        assert answer.headers["content-type"].startswith("text/event-stream")
        yield Stream(answer.aiter_lines())


async def test_the_desk_comes_at_once_and_whenever_it_changes(served: Served, address: str) -> None:
    robin = await at_desk(served)
    async with following(address, robin.headers) as stream:
        before = await stream.desk()

        ada = await customer(served, PERSON, identity={"name": "Ada"})
        waiting = await stream.desk(lambda desk: desk["waiting"])
        await robin.post(f"/conversations/{ada.conversation}/claim")
        claimed = await stream.desk(lambda desk: desk["mine"])

    assert (before["waiting"], before["mine"], before["counts"]["waiting"]) == ([], [], 0)
    [item] = waiting["waiting"]
    assert (item["conversation"], item["customer"]["name"], item["position"]) == (ada.conversation, "Ada", 1)
    assert (item["feeling"], item["brief"]["wants"], item["muted"]) == ("calm", PERSON, False)
    assert waiting["counts"] == {"waiting": 1, "mine": 0, "with_assistant": 0}
    assert (claimed["waiting"], [each["conversation"] for each in claimed["mine"]]) == ([], [ada.conversation])
    assert before["version"] < waiting["version"] < claimed["version"]


async def test_each_agent_sees_their_own_and_what_was_touched(served: Served, address: str) -> None:
    robin, sam = await at_desk(served), await at_desk(served, "Sam")
    ada = await customer(served, "Hello")
    async with following(address, robin.headers) as robins, following(address, sam.headers) as sams:
        await robins.desk()
        await sams.desk()

        await robin.post(f"/conversations/{ada.conversation}/claim")
        of_robin = await robins.desk(lambda desk: desk["mine"])
        of_sam = await sams.desk(lambda desk: desk["version"] >= of_robin["version"])
        touched = await sams.next("changed")
        await sam.post(f"/conversations/{ada.conversation}/notes", {"text": "I know them"})
        noted = await robins.next("changed")

    assert [each["agent"] for each in of_robin["mine"]] == ["Robin"]
    assert of_sam["mine"] == []
    assert touched == noted == {"conversation": ada.conversation}


async def test_what_is_muted_counts_in_no_badge(served: Served, address: str) -> None:
    robin, ada = await at_desk(served), await customer(served, PERSON)
    async with following(address, robin.headers) as stream:
        await stream.desk()

        await robin.put(f"/conversations/{ada.conversation}/muted", {"muted": True})
        muted = await stream.desk(lambda desk: desk["waiting"][0]["muted"])

    assert (muted["counts"]["waiting"], muted["waiting"][0]["muted"]) == (0, True)


async def test_colleagues_see_who_is_there_and_what_they_look_at(served: Served, address: str) -> None:
    robin, sam = await at_desk(served), await at_desk(served, "Sam")
    ada = await customer(served, "Hello")
    async with following(address, robin.headers) as stream:
        await stream.desk()

        await sam.put("/viewing", {"conversation": ada.conversation})
        looking = await stream.desk(lambda desk: any(each["viewing"] for each in desk["present"]))

    there = {each["name"]: each["viewing"] for each in looking["present"]}
    assert there == {"Robin": None, "Sam": ada.conversation}


async def test_who_comes_back_later_sees_what_is_and_nothing_of_what_was(served: Served, address: str) -> None:
    robin = await at_desk(served)
    async with following(address, robin.headers) as stream:
        await stream.desk()
    gone = await customer(served, PERSON)
    await robin.put(f"/conversations/{gone.conversation}/spam", {"spam": True})
    here = await customer(served, PERSON)

    async with following(address, robin.headers) as stream:
        first = await stream.desk()

    assert [each["conversation"] for each in first["waiting"]] == [here.conversation]


async def test_a_disabled_agents_stream_ends(served: Served, address: str) -> None:
    served.app.state.desk = replace(served.app.state.desk, admitted_again=0.2)
    robin = await at_desk(served)
    async with following(address, robin.headers) as stream:
        await stream.desk()

        gone = update(t.agents).where(t.agents.c.id == robin.id).values(disabled_at=t.agents.c.created_at)
        await served.service.database.write(lambda c: c.execute(gone).rowcount)

        assert await stream.is_over()


async def test_the_stream_ends_when_its_sign_in_ended(served: Served, address: str) -> None:
    served.app.state.desk = replace(served.app.state.desk, admitted_again=0.2)
    _, secret = await invited(served)
    async with httpx2.AsyncClient(base_url=address, trust_env=False, headers={"Origin": address}) as here:
        await here.post("/v1/invites/accept", json={"token": secret, "password": PASSWORD})
        cookie = {"Cookie": "; ".join(f"{name}={value}" for name, value in here.cookies.items())}
    elsewhere = browser(served)
    await elsewhere.sign_in("robin@company.example")
    async with following(address, cookie) as stream:
        await stream.desk()

        await elsewhere.send("DELETE", "/v1/agent/sign-ins")

        assert await stream.is_over()


async def test_the_end_of_the_process_ends_the_stream(served: Served, address: str) -> None:
    robin = await at_desk(served)
    async with following(address, robin.headers) as stream:
        await stream.desk()

        served.service.live_desk.end()

        assert await stream.is_over()
