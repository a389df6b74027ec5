"""A website is taken in from the console and answers customers; what vanished from it is said no more."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from app.domain.agents import AgentRole
from tests.fakes.served import Served, serving
from tests.fakes.site import DRIP, Site, on_loopback

Headers = dict[str, str]
IMPORTS = "/v1/agent/imports"
QUESTION = "How often do I descale the Pour 4?"


@pytest.fixture
async def site() -> AsyncIterator[Site]:
    async with on_loopback(Site()) as running:
        running.page("/descaling", "Descale the Pour 4 every 3 months with citric acid.", "Descaling")
        running.sitemap("/sitemap.xml", "/descaling", "/missing")
        yield running


@pytest.fixture
async def supervisor(served: Served) -> Headers:
    return await served.agent(AgentRole.SUPERVISOR)


async def ended(served: Served, who: Headers) -> dict[str, Any]:
    async with asyncio.timeout(20):
        while True:
            [found] = (await served.client.get(IMPORTS, headers=who)).json()["imports"]
            if found["status"] in ("done", "failed"):
                return found
            await asyncio.sleep(0.1)


async def reply(served: Served) -> dict[str, Any]:
    """From what is known now: on a busy machine a search goes on with what it had."""
    await served.service.search.refresh()
    return (await served.client.post("/v1/chat", json={"text": QUESTION})).json()


async def test_a_sitemap_is_taken_in_answers_and_is_taken_out_again(
    served: Served, supervisor: Headers, site: Site
) -> None:
    body = {"address": site.address("/sitemap.xml"), "kind": "sitemap", "every_hours": 24}
    added = await served.client.post(IMPORTS, json=body, headers=supervisor)
    run = await ended(served, supervisor)
    answered = await reply(served)

    deleted = await served.client.delete(f"{IMPORTS}/{run['id']}", headers=supervisor)
    after = await reply(served)

    assert (added.status_code, added.json()["status"], added.json()["created_by"]) == (201, "waiting", "supervisor")
    assert (run["status"], run["pages"], run["next_at"] is not None) == ("done", 1, True)
    assert run["problem"] == f"{site.address('/missing')}: answered 404"
    assert "every 3 months" in answered["reply"]
    assert answered["citations"][0]["address"] == site.address("/descaling")
    assert (deleted.status_code, after["outcome"]) == (204, "not_known")
    assert site.asked[0] == "/robots.txt"


@pytest.mark.parametrize(
    "body",
    [
        {"address": "http://169.254.169.254/latest"},
        {"address": "https://me:secret@shop.example/"},
        {"address": "ftp://shop.example/"},
        {"address": "https://shop.example/", "every_hours": 0},
        {"address": "https://shop.example/", "kind": "everything"},
    ],
)
async def test_what_may_not_be_read_is_refused(served: Served, supervisor: Headers, body: dict[str, Any]) -> None:
    answer = await served.client.post(IMPORTS, json=body, headers=supervisor)

    assert (answer.status_code, answer.headers["content-type"]) == (422, "application/problem+json")


async def test_agents_see_imports_and_supervisors_make_them(served: Served) -> None:
    agent = await served.agent()

    answers = [
        await served.client.get(IMPORTS, headers=agent),
        await served.client.post(IMPORTS, json={"address": "https://shop.example/"}, headers=agent),
        await served.client.post(f"{IMPORTS}/imp_1/again", headers=agent),
        await served.client.delete(f"{IMPORTS}/imp_1", headers=agent),
    ]

    assert [answer.status_code for answer in answers] == [200, 403, 403, 403]


async def test_an_address_is_imported_once(served: Served, supervisor: Headers) -> None:
    body = {"address": "http://127.0.0.1:9/help"}

    answers = [await served.client.post(IMPORTS, json=body, headers=supervisor) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [201, 409]


async def test_an_unknown_import_is_told(served: Served, supervisor: Headers) -> None:
    answers = [
        await served.client.post(f"{IMPORTS}/imp_nowhere/again", headers=supervisor),
        await served.client.delete(f"{IMPORTS}/imp_nowhere", headers=supervisor),
    ]

    assert [answer.status_code for answer in answers] == [404, 404]


async def test_a_stop_in_the_midst_of_a_run_lets_the_next_start_begin_it_again_at_once(
    migrated_file: Path, tmp_path: Path, site: Site
) -> None:
    site.pages["/missing"] = DRIP
    first, second = tmp_path / "first", tmp_path / "second"
    first.mkdir()
    second.mkdir()
    async with serving(first, migrated_file) as served:
        supervisor = await served.agent(AgentRole.SUPERVISOR)
        await served.client.post(IMPORTS, json={"address": site.address("/missing")}, headers=supervisor)
        async with asyncio.timeout(20):
            while "/missing" not in site.asked:
                await asyncio.sleep(0.05)

    site.page("/missing", "The Pour 4 is here.")
    async with serving(second, first / "careline.db") as served:
        found = await ended(served, await served.agent(AgentRole.ADMINISTRATOR))

    assert (found["status"], found["pages"], found["problem"]) == ("done", 1, "")
