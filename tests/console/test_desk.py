"""Agents find conversations, read them whole, hand them on and keep notes, tags and marks beside them."""

import asyncio
import json
from collections.abc import Sequence
from typing import Any

import pytest

from app.care.staff_records import Audited
from app.domain.agents import AgentRole
from app.domain.knowledge import Article
from app.storage.audit import AuditRecords
from app.wiring.records import new_id, now
from tests.fakes.desk import PERSON, at_desk, customer
from tests.fakes.served import Served

ARTICLE = {
    "id": "descaling",
    "title": "Descaling the Pour 4",
    "text": "# Descaling the Pour 4\n\nDescale the Pour 4 every 3 months with citric acid.",
}


async def test_a_conversation_in_the_list_tells_whose_it_is_and_what_was_said_last(served: Served) -> None:
    robin = await at_desk(served)
    ada = await customer(served, PERSON, identity={"name": "Ada"})

    [line] = (await robin.get("/conversations")).json()["conversations"]

    assert (line["id"], line["status"], line["reason"], line["channel"]) == (
        ada.conversation,
        "waiting",
        "wish",
        "widget",
    )
    assert (line["customer"]["name"], line["customer"]["assurance"]) == ("Ada", "claimed")
    assert (line["last"]["author"], line["agent"], line["muted"], line["spam"]) == ("assistant", None, False, False)
    assert line["waiting_since"] is not None


async def test_filters_may_be_empty_and_one_status_may_stand_beside_another(served: Served) -> None:
    robin = await at_desk(served)
    waiting, met = await customer(served, PERSON), await customer(served, "Hello")

    empty = await robin.listed(status="", agent="", tag="", feeling="", channel="", q="", before="")
    both = await robin.listed(status=["waiting", "with_assistant"])

    assert empty == both == [met.conversation, waiting.conversation]
    assert await robin.listed(status="waiting") == [waiting.conversation]
    assert await robin.listed(agent="me") == []


@pytest.mark.parametrize(
    "query", [{"status": "lost"}, {"feeling": "bored"}, {"before": "yesterday"}, {"limit": 0}, {"q": "x" * 201}]
)
async def test_a_list_that_cannot_be_is_refused(served: Served, query: dict[str, Any]) -> None:
    robin = await at_desk(served)

    answer = await robin.get("/conversations", **query)

    assert (answer.status_code, answer.headers["content-type"]) == (422, "application/problem+json")


async def test_pages_follow_one_another_by_next(served: Served) -> None:
    robin = await at_desk(served)
    ids = [(await customer(served, "Hello")).conversation for _ in range(3)]

    first = (await robin.get("/conversations", limit=2)).json()
    second = (await robin.get("/conversations", limit=2, before=first["next"])).json()

    assert [each["id"] for each in first["conversations"] + second["conversations"]] == ids[::-1]
    assert second["next"] is None


async def test_a_conversation_shows_the_passages_and_scores_behind_each_answer(served: Served) -> None:
    robin = await at_desk(served)
    await served.service.ingesting.take_article(_article())
    ada = await customer(served, "How often do I descale the Pour 4?")

    whole = (await robin.get(f"/conversations/{ada.conversation}")).json()

    answer = whole["messages"][1]
    [found] = answer["why"]["passages"]
    assert answer["why"]["outcome"] == "answered"
    assert (found["article"], found["cited"], found["internal"]) == ("descaling", True, False)
    assert "every 3 months" in found["text"]
    assert 0 <= found["coverage"] <= 1
    assert answer["citations"][0]["article"] == "descaling"
    assert whole["messages"][0]["why"] is None


async def test_a_conversation_stands_with_all_that_is_beside_it(served: Served) -> None:
    robin = await at_desk(served)
    ada = await customer(served, "Hello", identity={"name": "Ada", "email": "ada@example.org"})
    earlier = ada.conversation
    again = await served.client.post("/v1/chat", json={"text": PERSON}, headers=ada.headers)
    conversation = again.json()["conversation"]
    path = f"/conversations/{conversation}"

    await robin.put(f"{path}/tags", {"tags": ["Refund", " vip ", "refund"]})
    await robin.post(f"{path}/notes", {"text": "Called before."})
    whole = (await robin.get(path)).json()

    assert whole["tags"] == ["refund", "vip"]
    assert [(note["agent"], note["text"]) for note in whole["notes"]] == [("Robin", "Called before.")]
    assert [(each["id"], each["question"]) for each in whole["earlier"]] == [(earlier, "Hello")]
    assert (whole["handoff"]["status"], whole["customer"]["blocked"]) == ("waiting", False)
    assert (await robin.get("/tags")).json() == {"tags": ["refund", "vip"]}


async def test_customers_see_neither_notes_nor_tags(served: Served) -> None:
    robin, ada = await at_desk(served), await customer(served, PERSON)
    await robin.post(f"/conversations/{ada.conversation}/notes", {"text": "Sounds unsure"})
    await robin.put(f"/conversations/{ada.conversation}/tags", {"tags": ["vip"]})

    seen = await served.client.get(f"/v1/conversations/{ada.conversation}", headers=ada.headers)

    assert seen.status_code == 200
    assert "Sounds unsure" not in seen.text
    assert "vip" not in seen.text


async def test_a_read_profile_is_noted_once_in_a_quarter_of_an_hour(served: Served) -> None:
    robin, sam = await at_desk(served), await at_desk(served, "Sam")
    ada = await customer(served, "Hello")

    for agent in (robin, robin, sam):
        await agent.get(f"/conversations/{ada.conversation}")
    await asyncio.gather(*(sam.get(f"/conversations/{ada.conversation}") for _ in range(3)))

    noted = [each for each in await _audit(served) if each.action == "profile.read"]
    assert sorted(each.agent_name for each in noted) == ["Robin", "Sam"]
    assert {each.details["conversation"] for each in noted} == {ada.conversation}


async def test_one_of_two_agents_gets_a_conversation_that_the_assistant_leads(served: Served) -> None:
    robin, sam = await at_desk(served), await at_desk(served, "Sam")
    ada = await customer(served, "Hello")

    answers = await asyncio.gather(*(agent.post(f"/conversations/{ada.conversation}/claim") for agent in (robin, sam)))

    assert sorted(answer.status_code for answer in answers) == [200, 409]


async def test_a_conversation_is_handed_to_a_colleague_with_a_note(served: Served) -> None:
    robin, sam = await at_desk(served), await at_desk(served, "Sam")
    ada = await customer(served, PERSON)
    path = f"/conversations/{ada.conversation}"
    await robin.post(f"{path}/claim")

    moved = await robin.post(f"{path}/assign", {"agent": sam.id, "note": "Speaks French"})
    refused = await robin.post(f"{path}/assign", {"agent": robin.id})

    assert (moved.status_code, moved.json()["agent"]) == (200, "Sam")
    assert (refused.status_code, refused.json()["type"]) == (409, "about:careline/not-yours")
    assert (await sam.get(path)).json()["notes"][0]["text"] == "Speaks French"
    assert (await robin.post(f"{path}/assign", {"agent": "agt_none"})).status_code in (404, 409)


async def test_only_a_supervisor_gives_out_what_waits(served: Served) -> None:
    robin, boss = await at_desk(served), await at_desk(served, "Boss", AgentRole.SUPERVISOR)
    ada = await customer(served, PERSON)
    path = f"/conversations/{ada.conversation}/assign"

    own = await robin.post(path, {"agent": robin.id})
    given = await boss.post(path, {"agent": robin.id})
    nobody = await boss.post(path, {"agent": "agt_none"})

    assert (own.status_code, given.status_code, nobody.status_code) == (409, 200, 404)


async def test_spam_is_closed_and_can_be_taken_back(served: Served) -> None:
    robin, ada = await at_desk(served), await customer(served, PERSON)
    path = f"/conversations/{ada.conversation}"

    await robin.put(f"{path}/spam", {"spam": True})
    marked = await robin.listed(spam=True)
    await robin.put(f"{path}/spam", {"spam": False})

    assert (marked, await robin.listed(spam=True)) == ([ada.conversation], [])
    assert await robin.listed(status="closed") == [ada.conversation]


async def test_blocking_a_customer_is_for_supervisors_and_is_noted(served: Served) -> None:
    robin, boss = await at_desk(served), await at_desk(served, "Boss", AgentRole.SUPERVISOR)
    ada = await customer(served, "Hello")
    customer_id = (await robin.get(f"/conversations/{ada.conversation}")).json()["customer"]["id"]
    path = f"/customers/{customer_id}/blocked"

    refused = await robin.put(path, {"blocked": True})
    done = await boss.put(path, {"blocked": True})

    whole = (await robin.get(f"/conversations/{ada.conversation}")).json()
    assert (refused.status_code, done.status_code, whole["blocked"]) == (403, 204, True)
    assert (await ada.writes("Hello?")).status_code == 403
    assert "customer.blocked" in [each.action for each in await _audit(served)]


async def test_what_is_not_there_is_told_so(served: Served) -> None:
    boss = await at_desk(served, "Boss", AgentRole.SUPERVISOR)
    missing = "/conversations/cnv_none"

    answers = [
        await boss.get(missing),
        await boss.post(f"{missing}/assign", {"agent": boss.id}),
        await boss.put(f"{missing}/tags", {"tags": ["a"]}),
        await boss.post(f"{missing}/notes", {"text": "a"}),
        await boss.put(f"{missing}/muted", {"muted": True}),
        await boss.put(f"{missing}/spam", {"spam": True}),
        await boss.put(f"{missing}/spam", {"spam": False}),
        await boss.post(f"{missing}/suggestion"),
        await boss.put("/customers/cus_none/blocked", {"blocked": True}),
        await boss.put("/viewing", {"conversation": "cnv_none"}),
        await boss.put("/canned/can_none", {"name": "a", "text": "b"}),
        await boss.delete("/canned/can_none"),
    ]

    assert [answer.status_code for answer in answers] == [404] * len(answers)


async def test_nobody_reads_the_desk_without_being_an_agent(served: Served) -> None:
    ada = await customer(served, "Hello")

    answers = [
        await served.client.get(f"/v1/agent{path}", headers=headers)
        for path in ("/conversations", f"/conversations/{ada.conversation}", "/live", "/canned", "/search?q=a", "/tags")
        for headers in ({}, ada.headers)
    ]

    assert {answer.status_code for answer in answers} == {401}


async def test_what_no_database_takes_is_refused(served: Served) -> None:
    boss, nul, half = await at_desk(served, "Boss", AgentRole.SUPERVISOR), "a\x00b", "\ud800"
    conversation = (await customer(served, "Hello")).conversation

    answers = [
        await boss.get("/conversations", agent=nul),
        await boss.get("/conversations", tag=nul),
        await boss.get("/conversations", channel=nul),
        await boss.get("/conversations/a%00b"),
        await boss.get("/conversations", before=f"2026-11-22T09:00:00~{nul}"),
        await boss.get("/conversations/a%00b/events"),
        await boss.post("/conversations/a%00b/claim"),
        await boss.post(f"/conversations/{conversation}/reply", {"text": "a", "idempotency_key": nul}),
        await boss.post(f"/conversations/{conversation}/close", {"reason": nul}),
        await boss.put(f"/conversations/{conversation}/tags", {"tags": [nul]}),
        await boss.post(f"/conversations/{conversation}/notes", {"text": nul}),
        await boss.post(f"/conversations/{conversation}/assign", {"agent": nul}),
        await boss.post("/canned", {"name": "a", "text": nul}),
        await boss.post("/canned", {"name": nul, "text": "a"}),
        await boss.raw(f"/conversations/{conversation}/tags", json.dumps({"tags": [half]})),
        await boss.raw("/viewing", json.dumps({"conversation": half})),
    ]

    assert [answer.status_code for answer in answers] == [422] * len(answers)
    assert (await boss.get("/conversations", q=nul)).status_code == 200


@pytest.mark.parametrize("tags", [["a" * 41], [""], ["a\nb"], [f"tag {n}" for n in range(21)]])
async def test_a_tag_that_cannot_be_is_refused(served: Served, tags: list[str]) -> None:
    robin, ada = await at_desk(served), await customer(served, "Hello")

    answer = await robin.put(f"/conversations/{ada.conversation}/tags", {"tags": tags})

    assert answer.status_code == 422


async def test_canned_replies_are_changed_by_supervisors_and_every_change_is_noted(served: Served) -> None:
    robin, boss = await at_desk(served), await at_desk(served, "Boss", AgentRole.SUPERVISOR)
    hello = {"name": "hello", "text": "Hello {customer}, {agent} here."}

    refused = await robin.post("/canned", hello)
    added = (await boss.post("/canned", hello)).json()
    changed = await boss.put(f"/canned/{added['id']}", {**hello, "text": "Good day {customer}."})
    seen = (await robin.get("/canned")).json()["canned"]
    removed = await boss.delete(f"/canned/{added['id']}")

    assert (refused.status_code, changed.status_code, removed.status_code) == (403, 200, 204)
    assert [(each["name"], each["text"], each["changed_by"]) for each in seen] == [
        ("hello", "Good day {customer}.", "Boss")
    ]
    assert [each.action for each in await _audit(served)] == ["canned.removed", "canned.changed", "canned.added"]
    assert (await robin.get("/canned")).json() == {"canned": []}


async def test_two_canned_replies_do_not_share_a_name(served: Served) -> None:
    boss = await at_desk(served, "Boss", AgentRole.SUPERVISOR)
    for name in ("hello", "bye"):
        added = await boss.post("/canned", {"name": name, "text": name})

    twice = await boss.post("/canned", {"name": "hello", "text": "again"})
    renamed = await boss.put(f"/canned/{added.json()['id']}", {"name": "hello", "text": "bye"})
    blank = await boss.post("/canned", {"name": "blank", "text": " \n"})

    assert (twice.status_code, renamed.status_code, blank.status_code) == (409, 409, 422)


async def _audit(served: Served) -> Sequence[Audited]:
    return await AuditRecords(served.service.database, now, new_id).noted(None, 100)


def _article() -> Article:
    return Article(**ARTICLE)
