"""Administrators invite, change and disable people and make keys; everybody sees colleagues; changes are noted."""

import httpx2
import pytest

from app.domain.agents import AgentRole
from tests.fakes.served import Served
from tests.fakes.staff import ADDRESS, browser, invited, signed_in

ADMINISTRATORS_ROUTES = [
    ("POST", "/v1/agent/people"),
    ("POST", "/v1/agent/people/agt_1/invite"),
    ("PATCH", "/v1/agent/people/agt_1"),
    ("GET", "/v1/agent/keys"),
    ("POST", "/v1/agent/keys"),
    ("DELETE", "/v1/agent/keys/key_1"),
    ("GET", "/v1/agent/audit"),
]


def name_of(answer: httpx2.Response) -> tuple[int, str]:
    return answer.status_code, answer.json()["type"].removeprefix("about:careline/")


async def test_nobody_but_an_administrator_changes_people_and_keys_or_reads_the_audit(served: Served) -> None:
    agents = [await signed_in(served, "Robin"), await signed_in(served, "Sam", AgentRole.SUPERVISOR)]
    body = {"name": "Kim", "email": "kim@company.example"}

    answers = [await each.send(*route, body) for each in agents for route in ADMINISTRATORS_ROUTES]
    unknown = [await browser(served).send(*route, body) for route in ADMINISTRATORS_ROUTES]

    assert {answer.status_code for answer in answers} == {403}
    assert {answer.status_code for answer in unknown} == {401}


async def test_a_person_is_invited_by_a_link_that_holds_its_secret_in_the_fragment(served: Served) -> None:
    admin, kim = await signed_in(served, "Robin", AgentRole.ADMINISTRATOR), browser(served)
    body = {"name": "Kim", "email": "Kim@company.example", "role": "supervisor"}

    added = (await admin.send("POST", "/v1/agent/people", body)).json()
    address, _, secret = added["invite"].partition("#invite=")
    accepted = await kim.accept(secret)
    me = (await kim.get("/v1/agent")).json()

    assert (address, accepted.status_code) == (f"{ADDRESS}/console", 204)
    assert (added["person"]["email"], added["person"]["invited"]) == ("kim@company.example", True)
    assert (me["id"], me["role"]) == (added["person"]["id"], "supervisor")
    assert name_of(await admin.send("POST", "/v1/agent/people", body)) == (409, "agent-exists")


async def test_colleagues_see_who_is_there_and_administrators_how_they_sign_in(served: Served) -> None:
    admin, sam = await signed_in(served, "Robin", AgentRole.ADMINISTRATOR), await signed_in(served, "Sam")
    kim, _ = await invited(served, "Kim")
    gone, _ = await invited(served, "Lee")
    await admin.send("PATCH", f"/v1/agent/people/{gone.id}", {"disabled": True})
    await sam.get("/v1/agent")

    seen = {each["name"]: each for each in (await sam.get("/v1/agent/people")).json()["people"]}
    whole = {each["name"]: each for each in (await admin.get("/v1/agent/people")).json()["people"]}

    assert seen["Kim"] == {
        "id": kim.id,
        "name": "Kim",
        "role": "agent",
        "on_duty": False,
        "present": False,
        "viewing": None,
        "in_hand": 0,
    }
    assert (seen["Sam"]["present"], "Lee" in seen) == (True, False)
    assert whole["Kim"] == seen["Kim"] | {
        "email": "kim@company.example",
        "second_factor": False,
        "disabled": False,
        "invited": True,
    }
    assert (whole["Lee"]["disabled"], whole["Lee"]["invited"], whole["Sam"]["invited"]) == (True, False, False)


async def test_an_agents_conversations_in_hand_are_counted(served: Served) -> None:
    sam = await signed_in(served, "Sam")
    for _ in range(2):
        said = await served.client.post("/v1/chat", json={"text": "I want to talk to a human"})
        await sam.send("POST", f"/v1/agent/conversations/{said.json()['conversation']}/claim")

    [person] = (await sam.get("/v1/agent/people")).json()["people"]

    assert person["in_hand"] == 2


async def test_the_last_administrator_stays_one(served: Served) -> None:
    admin = await signed_in(served, "Robin", AgentRole.ADMINISTRATOR)
    path = f"/v1/agent/people/{(await admin.get('/v1/agent')).json()['id']}"

    answers = [await admin.send("PATCH", path, change) for change in ({"role": "agent"}, {"disabled": True})]
    renamed = await admin.send("PATCH", path, {"name": "Robin B.", "role": "administrator"})

    assert [name_of(answer) for answer in answers] == [(409, "last-administrator")] * 2
    assert (renamed.status_code, renamed.json()["name"]) == (200, "Robin B.")


async def test_a_new_role_counts_from_the_next_request(served: Served) -> None:
    admin, sam = await signed_in(served, "Robin", AgentRole.ADMINISTRATOR), await signed_in(served, "Sam")
    path = f"/v1/agent/people/{(await sam.get('/v1/agent')).json()['id']}"

    before = await sam.get("/v1/agent/audit")
    await admin.send("PATCH", path, {"role": "administrator"})
    after = await sam.get("/v1/agent/audit")
    await admin.send("PATCH", path, {"disabled": True})

    assert (before.status_code, after.status_code) == (403, 200)
    assert not await sam.is_signed_in()


async def test_inviting_again_lets_in_whoever_lost_password_or_second_factor(served: Served) -> None:
    admin, sam = await signed_in(served, "Robin", AgentRole.ADMINISTRATOR), await signed_in(served, "Sam")
    path = f"/v1/agent/people/{(await sam.get('/v1/agent')).json()['id']}/invite"

    link = (await admin.send("POST", path)).json()["invite"]
    assert await sam.is_signed_in()
    accepted = await browser(served).accept(link.partition("=")[2], password="eight blue herons")

    assert accepted.status_code == 204
    assert not await sam.is_signed_in()
    assert (await admin.send("POST", "/v1/agent/people/agt_nobody/invite")).status_code == 404


async def test_a_key_is_told_once_opens_its_scope_and_is_taken_back(served: Served) -> None:
    admin = await signed_in(served, "Robin", AgentRole.ADMINISTRATOR)

    added = (await admin.send("POST", "/v1/agent/keys", {"name": "shop", "scopes": ["knowledge"]})).json()
    header = {"Authorization": f"Bearer {added['secret']}"}
    opened = await served.client.get("/v1/articles", headers=header)
    listed = await admin.get("/v1/agent/keys")
    taken_back = await admin.send("DELETE", f"/v1/agent/keys/{added['id']}")

    assert opened.status_code == 200
    assert (listed.json()["keys"][0]["name"], added["secret"] in listed.text) == ("shop", False)
    assert taken_back.status_code == 204
    assert (await served.client.get("/v1/articles", headers=header)).status_code == 401
    assert (await admin.get("/v1/agent/keys")).json() == {"keys": []}
    assert (await admin.send("DELETE", f"/v1/agent/keys/{added['id']}")).status_code == 404


async def test_the_audit_tells_who_did_what_and_holds_no_secret(served: Served) -> None:
    admin = await signed_in(served, "Robin", AgentRole.ADMINISTRATOR)
    added = await admin.send("POST", "/v1/agent/people", {"name": "Kim", "email": "kim@company.example"})
    key = await admin.send("POST", "/v1/agent/keys", {"name": "shop", "scopes": ["metrics"]})

    answer = await admin.get("/v1/agent/audit")
    newest = answer.json()["audit"][0]

    assert (newest["agent"], newest["action"], newest["object"]) == ("Robin", "key.made", key.json()["id"])
    assert newest["details"] == {"name": "shop", "scopes": ["metrics"]}
    assert answer.json()["next"] is None
    assert added.json()["invite"].partition("=")[2] not in answer.text
    assert key.json()["secret"] not in answer.text


async def test_whom_a_disabled_agent_had_in_hand_waits_again_at_the_head(served: Served) -> None:
    admin, sam = await signed_in(served, "Robin", AgentRole.ADMINISTRATOR), await signed_in(served, "Sam")
    said = await served.client.post("/v1/chat", json={"text": "I want to talk to a human"})
    first = said.json()["conversation"]
    await sam.send("POST", f"/v1/agent/conversations/{first}/claim")
    await served.client.post("/v1/chat", json={"text": "I want to talk to a human"})

    sam_id = (await sam.get("/v1/agent")).json()["id"]
    disabled = await admin.send("PATCH", f"/v1/agent/people/{sam_id}", {"disabled": True})
    waiting = (await admin.get("/v1/agent/queue")).json()["waiting"]
    token = {"Authorization": f"Bearer {said.headers['Careline-Customer-Token']}"}
    seen = (await served.client.get(f"/v1/conversations/{first}", headers=token)).json()
    claimed = await admin.send("POST", f"/v1/agent/conversations/{first}/claim")

    assert disabled.json()["in_hand"] == 0
    assert [(each["position"], each["conversation"] == first) for each in waiting] == [(1, True), (2, False)]
    assert (seen["status"], seen["handoff"]["position"]) == ("waiting", 1)
    assert claimed.status_code == 200


@pytest.mark.parametrize(
    "body",
    [
        {"name": "", "email": "kim@company.example"},
        {"name": " \t", "email": "kim@company.example"},
        {"name": "K\u202eim", "email": "kim@company.example"},
        {"name": "Kim", "email": "kim"},
        {"name": "Kim", "email": "kim@company.example\nx"},
        {"name": "Kim", "email": "kim @company.example"},
        {"name": "Kim", "email": "kim@company.example", "role": "owner"},
        {"name": "Kim", "email": "kim@company.example", "password": "x"},
    ],
)
async def test_a_person_that_cannot_be_is_told_why(served: Served, body: dict[str, str]) -> None:
    admin = await served.agent(AgentRole.ADMINISTRATOR)

    answer = await served.client.post("/v1/agent/people", json=body, headers=admin)

    assert answer.status_code == 422
