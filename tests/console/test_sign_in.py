"""Agents sign in with a cookie; invites open once; other sites' pages change nothing."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import httpx2
import pytest
from fastapi import Request
from pyotp.totp import TOTP

from app.domain.agents import AgentChange, AgentRole
from app.web.access import while_admitted
from app.web.limits import SignInLimits
from app.web.problems import TooManyRequestsError
from app.web.secrets import hash_of
from app.wiring.staff import invite_records, staff_records
from tests.fakes.served import Served
from tests.fakes.staff import ADDRESS, PASSWORD, browser, invited, signed_in

ROBIN = "robin@company.example"
STEP = timedelta(seconds=30)


def name_of(answer: httpx2.Response) -> tuple[int, str]:
    return answer.status_code, answer.json()["type"].removeprefix("about:careline/")


async def test_who_was_invited_chooses_a_password_is_signed_in_and_signs_in_again(served: Served) -> None:
    first, later = browser(served), browser(served)
    _, token = await invited(served)

    looked = await first.send("POST", "/v1/invites/look", {"token": token})
    accepted = await first.accept(token)
    signed = await later.sign_in(" Robin@Company.example ")

    assert looked.json() == {"name": "Robin", "email": ROBIN, "first": False}
    assert (accepted.status_code, signed.status_code) == (204, 204)
    assert (await first.get("/v1/agent")).json() == (await later.get("/v1/agent")).json()
    assert (await first.get("/v1/agent")).json()["email"] == ROBIN
    assert name_of(await later.accept(token)) == (410, "invite-not-valid")
    assert name_of(await later.send("POST", "/v1/invites/look", {"token": token})) == (410, "invite-not-valid")


@pytest.mark.parametrize("password", ["eleven char", "aaaaaaaaaaaaaaaa", ROBIN])
async def test_a_password_that_is_easy_to_guess_leaves_the_invite_open(served: Served, password: str) -> None:
    _, token = await invited(served)

    refused = await browser(served).accept(token, password=password)

    assert refused.status_code == 422
    assert password not in refused.text
    assert (await browser(served).accept(token)).status_code == 204


async def test_the_first_administrator_chooses_name_and_e_mail(served: Served) -> None:
    first = browser(served)
    await invite_records(served.service).invite_first(hash_of("inv_first"))

    looked = await first.send("POST", "/v1/invites/look", {"token": "inv_first"})
    await first.accept("inv_first", name=" Robin  B. ", email="Robin@Company.example")
    me = (await first.get("/v1/agent")).json()

    assert looked.json()["first"] is True
    assert (me["name"], me["email"], me["role"]) == ("Robin B.", ROBIN, "administrator")


@pytest.mark.parametrize(
    ("address", "name", "secure"),
    [
        ("http://x", "careline", False),
        ("http://x:8001", "careline-8001", False),
        ("https://x", "__Host-careline", True),
    ],
)
async def test_the_cookie_is_for_this_host_alone_and_for_no_script(
    served: Served, address: str, name: str, secure: bool
) -> None:
    _, token = await invited(served)

    answer = await browser(served, address).send(
        "POST", "/v1/invites/accept", {"token": token, "password": PASSWORD}, origin=address
    )

    cookie, *flags = answer.headers["set-cookie"].lower().split("; ")
    expected = {"httponly", "samesite=strict", "path=/", f"max-age={30 * 24 * 3600}"}
    assert cookie.startswith(f"{name.lower()}=sgn_")
    assert set(flags) == (expected | {"secure"} if secure else expected)
    assert answer.headers["cache-control"] == "no-store"


async def test_an_unknown_e_mail_a_wrong_password_and_no_password_yet_are_told_alike(served: Served) -> None:
    await signed_in(served)
    await invited(served, "Sam")
    other = browser(served)

    answers = [
        await other.sign_in("nobody@company.example"),
        await other.sign_in(ROBIN, password="eight blue herons"),
        await other.sign_in("sam@company.example"),
    ]

    assert len({answer.text for answer in answers}) == 1
    assert name_of(answers[0]) == (401, "wrong-credentials")
    assert not await other.is_signed_in()


async def test_passwords_cannot_be_tried_without_end_and_a_right_one_clears_the_count(served: Served) -> None:
    await signed_in(served)
    other = browser(served)

    for _ in range(9):
        await other.sign_in(ROBIN, password="x")
    assert (await other.sign_in(ROBIN)).status_code == 204
    tries = [await other.sign_in(ROBIN, password="x") for _ in range(11)]

    assert [answer.status_code for answer in tries] == [401] * 10 + [429]
    assert 0 < int(tries[-1].headers["retry-after"]) <= 900
    assert (await other.sign_in(ROBIN)).status_code == 429
    assert (await other.sign_in("sam@company.example")).status_code == 401


def test_tries_from_one_address_do_not_keep_the_owner_out_and_all_together_have_an_end() -> None:
    limits = SignInLimits()
    for _ in range(10):
        limits.check("198.51.100.1", ROBIN)
    with pytest.raises(TooManyRequestsError):
        limits.check("198.51.100.1", ROBIN)

    for number in range(40):
        limits.check(f"198.51.100.{2 + number // 10}", ROBIN)

    with pytest.raises(TooManyRequestsError):
        limits.check("203.0.113.9", ROBIN)
    limits.check("203.0.113.9", "sam@company.example")


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "https://evil.example"},
        {"origin": "null"},
        {"origin": f"{ADDRESS}.evil.example"},
        {"origin": f"{ADDRESS}:8080"},
        {"origin": ""},
        {"sec_fetch_site": "same-site"},
        {"sec_fetch_site": "cross-site"},
    ],
)
async def test_with_a_cookie_another_sites_page_changes_nothing(served: Served, headers: dict[str, str]) -> None:
    robin = await signed_in(served)

    refused = [
        await robin.send("PUT", "/v1/agent/duty", {"on_duty": True}, **headers),
        await robin.send("DELETE", "/v1/agent/sign-ins", **headers),
        await browser(served).send("POST", "/v1/sign-in", {"email": ROBIN, "password": PASSWORD}, **headers),
    ]

    assert [name_of(answer) for answer in refused[:2]] == [(403, "foreign-origin")] * 2
    assert refused[2].status_code == 403
    assert (await robin.get("/v1/agent")).json()["on_duty"] is False


async def test_with_a_cookie_a_change_without_an_origin_is_refused_and_a_key_needs_none(served: Served) -> None:
    robin, key = await signed_in(served), await served.agent(AgentRole.SUPERVISOR)
    body = {"on_duty": True}

    by_cookie = await robin.client.put("/v1/agent/duty", json=body)
    by_key = await served.client.put("/v1/agent/duty", json=body, headers=key)
    from_elsewhere = await served.client.put(
        "/v1/agent/duty", json=body, headers=key | {"Origin": "https://evil.example"}
    )

    assert name_of(by_cookie) == (403, "foreign-origin")
    assert (by_key.status_code, from_elsewhere.status_code) == (204, 204)


async def test_behind_a_proxy_that_encrypts_the_own_pages_are_https(served: Served) -> None:
    robin = await signed_in(served)

    changed = await robin.send("PUT", "/v1/agent/duty", {"on_duty": True}, origin="https://x")

    assert changed.status_code == 204


async def test_signing_out_ends_this_browser_and_everywhere_ends_all(served: Served) -> None:
    one, two, three = await signed_in(served), browser(served), browser(served)
    await two.sign_in(ROBIN)
    await three.sign_in(ROBIN)

    out = await one.send("DELETE", "/v1/sign-in")
    assert (out.status_code, await one.is_signed_in(), await two.is_signed_in()) == (204, False, True)
    assert "max-age=0" in out.headers["set-cookie"].lower()

    everywhere = await two.send("DELETE", "/v1/agent/sign-ins")
    assert (everywhere.status_code, await two.is_signed_in(), await three.is_signed_in()) == (204, False, False)


async def test_a_sign_in_is_listed_with_its_device_and_ended_by_its_owner_alone(served: Served) -> None:
    robin, sam, other = await signed_in(served), await signed_in(served, "Sam"), browser(served)
    chrome = {"user_agent": "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/140.0 Safari/537.36"}
    await other.send("POST", "/v1/sign-in", {"email": ROBIN, "password": PASSWORD}, **chrome)

    listed = (await robin.get("/v1/agent/sign-ins")).json()["sign_ins"]
    path = f"/v1/agent/sign-ins/{next(each['id'] for each in listed if not each['current'])}"
    by_sam = await sam.send("DELETE", path)
    by_robin = await robin.send("DELETE", path)

    assert sorted((each["device"], each["current"]) for each in listed) == [
        ("Chrome, Windows", False),
        ("Unknown browser", True),
    ]
    assert (by_sam.status_code, by_robin.status_code) == (404, 204)
    assert (await robin.is_signed_in(), await other.is_signed_in()) == (True, False)


async def test_a_new_password_ends_other_sign_ins_and_needs_the_old_one(served: Served) -> None:
    robin, other = await signed_in(served), browser(served)
    await other.sign_in(ROBIN)
    new = "eight blue herons"

    wrong = await robin.send("PUT", "/v1/agent/password", {"old": "x", "new": new})
    right = await robin.send("PUT", "/v1/agent/password", {"old": PASSWORD, "new": new})

    assert (name_of(wrong), right.status_code) == ((401, "wrong-credentials"), 204)
    assert (await robin.is_signed_in(), await other.is_signed_in()) == (True, False)
    assert (await other.sign_in(ROBIN)).status_code == 401
    assert (await other.sign_in(ROBIN, password=new)).status_code == 204


async def test_a_second_factor_is_asked_for_and_each_code_counts_once(served: Served) -> None:
    robin, other = await signed_in(served), browser(served)
    await other.sign_in(ROBIN)
    begun = (await robin.send("POST", "/v1/agent/second-factor")).json()
    codes, now = TOTP(begun["secret"]), datetime.now(UTC)
    used, fresh = codes.at(now - STEP), codes.at(now + STEP)
    assert (await browser(served).sign_in(ROBIN)).status_code == 204

    wrong = await robin.send("PUT", "/v1/agent/second-factor", {"code": "not it"})
    on = await robin.send("PUT", "/v1/agent/second-factor", {"code": used})
    assert (name_of(wrong), on.status_code) == ((401, "second-factor"), 204)
    assert (await robin.is_signed_in(), await other.is_signed_in()) == (True, False)

    without, replayed = await other.sign_in(ROBIN), await other.sign_in(ROBIN, code=used)
    right, again = await other.sign_in(ROBIN, code=f"{fresh[:3]} {fresh[3:]}"), await other.sign_in(ROBIN, code=fresh)
    guessed = await other.sign_in(ROBIN, password="eight blue herons", code=fresh)

    assert [name_of(answer) for answer in (without, replayed, again)] == [(401, "second-factor")] * 3
    assert (right.status_code, name_of(guessed)) == (204, (401, "wrong-credentials"))
    assert (await robin.get("/v1/agent")).json()["second_factor"] is True
    assert begun["uri"].startswith("otpauth://totp/Careline:robin%40company.example?secret=")
    assert begun["svg"].startswith("data:image/svg+xml;base64,")


async def test_a_second_factor_ends_with_the_password_alone(served: Served) -> None:
    robin = await signed_in(served)
    secret = (await robin.send("POST", "/v1/agent/second-factor")).json()["secret"]
    await robin.send("PUT", "/v1/agent/second-factor", {"code": TOTP(secret).now()})

    again = await robin.send("POST", "/v1/agent/second-factor")
    wrong = await robin.send("DELETE", "/v1/agent/second-factor", {"password": "x"})
    right = await robin.send("DELETE", "/v1/agent/second-factor", {"password": PASSWORD})

    assert (name_of(again), name_of(wrong)) == ((409, "second-factor-state"), (401, "wrong-credentials"))
    assert right.status_code == 204
    assert (await browser(served).sign_in(ROBIN)).status_code == 204


async def test_whoever_is_disabled_is_signed_out_at_once(served: Served) -> None:
    robin = await signed_in(served)
    agent_id = (await robin.get("/v1/agent")).json()["id"]

    await staff_records(served.service).change(agent_id, AgentChange(disabled=True), None)

    assert not await robin.is_signed_in()
    assert name_of(await robin.sign_in(ROBIN)) == (401, "wrong-credentials")


async def test_a_cookie_opens_no_customers_route_and_a_customers_secret_no_agents(served: Served) -> None:
    robin = await signed_in(served)
    said = await served.client.post("/v1/chat", json={"text": "Hello"})
    token = {"Authorization": f"Bearer {said.headers['Careline-Customer-Token']}"}

    assert (await robin.get("/v1/conversations")).status_code == 401
    assert (await served.client.get("/v1/agent", headers=token)).status_code == 401
    assert (await robin.client.get("/v1/agent", headers=token)).status_code == 401


@pytest.mark.parametrize(
    "body",
    [
        b'{"email": "robin", "password": "x"}',
        b'{"email": "robin@company.example\\u0000", "password": "x"}',
        b'{"email": "robin@company.example", "password": "\\ud800"}',
        b'{"email": "robin@company.example", "password": null}',
        b'{"email": "robin@company.example", "password": "x", "role": "administrator"}',
        b"not json",
    ],
)
async def test_what_cannot_be_read_is_refused_and_not_repeated(served: Served, body: bytes) -> None:
    headers = {"Content-Type": "application/json"}

    answer = await served.client.post("/v1/sign-in", content=body, headers=headers)

    assert name_of(answer) == (422, "invalid")
    assert "robin" not in answer.text


@pytest.mark.parametrize("password", ["x" * 1001, "\u0000" * 12, "\U0001f426 seven blue herons"])
async def test_passwords_of_any_letters_are_taken_up_to_a_length(served: Served, password: str) -> None:
    await signed_in(served)

    answer = await browser(served).sign_in(ROBIN, password=password)

    assert answer.status_code == (422 if len(password) > 1000 else 401)


async def test_a_stream_ends_once_its_agent_is_signed_out(served: Served) -> None:
    robin, after = await signed_in(served), 3
    cookie = "; ".join(f"{each.name}={each.value}" for each in robin.client.cookies.jar)
    request = Request(
        {
            "type": "http",
            "method": "GET",
            "path": "/v1/agent",
            "scheme": "http",
            "headers": [(b"host", b"x"), (b"cookie", cookie.encode())],
            "app": served.client._transport.app,
            "route": SimpleNamespace(path="/v1/agent"),
        }
    )

    async def lines() -> AsyncIterator[bytes]:
        for number in range(10):
            if number == after:
                await robin.send("DELETE", "/v1/sign-in")
            yield b"line"

    assert [line async for line in while_admitted(request, lines(), every=0)] == [b"line"] * after
