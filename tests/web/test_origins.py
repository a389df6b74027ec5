"""Only pages of listed sites, and our own, may call the customers' routes; nothing else is opened to pages."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from pydantic import ValidationError

from app.config import Settings
from tests.fakes.served import Served, serving

SHOP, FOREIGN, OWN = "https://shop.example", "https://evil.example", "http://x"
CUSTOMERS = [
    ("POST", "/v1/chat"),
    ("POST", "/v1/customers"),
    ("GET", "/v1/widget/config"),
    ("GET", "/v1/conversations"),
    ("GET", "/v1/conversations/cnv_1/events"),
    ("POST", "/v1/conversations/cnv_1/feedback"),
    ("POST", "/v1/conversations/cnv_1/files"),
    ("GET", "/v1/files/fil_1"),
    ("GET", "/v1/profile"),
    ("DELETE", "/v1/profile/facts/fct_1"),
]
OTHERS = [("PUT", "/v1/customers/c-1/attributes"), ("GET", "/v1/articles"), ("GET", "/v1/agent/queue")]


@pytest.fixture
async def served(migrated_file: Path, tmp_path: Path) -> AsyncIterator[Served]:
    async with serving(tmp_path, migrated_file, widget_origins=(SHOP,), longest_text=100) as running:
        yield running


@pytest.mark.parametrize("origin", [FOREIGN, "null", "https://shop.example.evil.example", "https://shop.example:444"])
async def test_a_foreign_page_is_refused(served: Served, origin: str) -> None:
    for method, path in CUSTOMERS:
        answer = await served.client.request(method, path, headers={"Origin": origin})

        assert (answer.status_code, answer.json()["type"]) == (403, "about:careline/origin-not-allowed"), path
        assert "access-control-allow-origin" not in answer.headers
        assert answer.headers["vary"] == "Origin"


async def test_a_listed_page_may_call_and_read_the_answer(served: Served) -> None:
    for method, path in CUSTOMERS:
        answer = await served.client.request(method, path, headers={"Origin": SHOP})

        assert answer.headers["access-control-allow-origin"] == SHOP, path
        assert "Origin" in answer.headers["vary"]
        assert "access-control-allow-credentials" not in answer.headers
        for name in ("Careline-Customer-Token", "Location", "Retry-After"):
            assert name in answer.headers["access-control-expose-headers"]


async def test_a_refusal_for_its_size_can_be_read_too(served: Served) -> None:
    answer = await served.client.post("/v1/chat", json={"text": "x" * 100_000}, headers={"Origin": SHOP})

    assert (answer.status_code, answer.json()["type"]) == (413, "about:careline/too-large")
    assert answer.headers["access-control-allow-origin"] == SHOP


async def test_our_own_pages_and_what_is_no_browser_may_call(served: Served) -> None:
    """Behind a proxy that speaks TLS, the scheme of our own pages is not known here."""
    for headers in ({"Origin": OWN}, {"Origin": "https://x"}, {}):
        assert (await served.client.post("/v1/customers", headers=headers)).status_code == 201


async def test_other_callers_routes_are_not_opened_to_any_page(served: Served) -> None:
    for method, path in OTHERS:
        for origin in (SHOP, FOREIGN):
            answer = await served.client.request(method, path, headers={"Origin": origin})

            assert answer.status_code in (401, 403)
            assert answer.json()["type"] != "about:careline/origin-not-allowed"
            assert "access-control-allow-origin" not in answer.headers


async def test_the_preflight_of_a_listed_page_allows_what_the_widget_sends(served: Served) -> None:
    asked = {
        "Origin": SHOP,
        "Access-Control-Request-Method": "POST",
        "Access-Control-Request-Headers": "authorization,content-type,idempotency-key,last-event-id,prefer",
        "Access-Control-Request-Private-Network": "true",
    }

    answer = await served.client.options("/v1/chat", headers=asked)

    assert answer.status_code == 200
    assert answer.headers["access-control-allow-origin"] == SHOP
    assert answer.headers["access-control-allow-private-network"] == "true"
    assert "access-control-allow-credentials" not in answer.headers


async def test_the_preflight_of_a_foreign_page_is_refused(served: Served) -> None:
    asked = {"Origin": FOREIGN, "Access-Control-Request-Method": "POST"}

    answer = await served.client.options("/v1/chat", headers=asked)

    assert answer.status_code == 403
    assert "access-control-allow-origin" not in answer.headers


@pytest.mark.parametrize("origin", ["*", "shop.example", "https://shop.example/path", "https://*.example", "null"])
def test_what_is_no_origin_stops_the_start(origin: str) -> None:
    with pytest.raises(ValidationError, match="no origin"):
        Settings(_env_file=None, widget_origins=origin)  # pyright: ignore[reportCallIssue, reportArgumentType]


def test_origins_are_read_as_browsers_send_them() -> None:
    read = Settings(_env_file=None, widget_origins=" https://Shop.example/ ,http://localhost:3000")  # pyright: ignore

    assert read.widget_origins == ("https://shop.example", "http://localhost:3000")


async def test_what_is_somebodys_own_is_kept_by_no_cache(served: Served) -> None:
    made = await served.client.post("/v1/customers")
    customer = {"Authorization": f"Bearer {made.json()['token']}"}
    agent = await served.agent()

    answers = [
        await served.client.get("/v1/profile", headers=customer),
        await served.client.get("/v1/conversations", headers={**customer, "Origin": SHOP}),
        await served.client.get("/v1/conversations/cnv_1", headers=customer),
        await served.client.get("/v1/agent", headers=agent),
        await served.client.get("/v1/agent/conversations", headers=agent),
        await served.client.get("/v1/agent/queue"),
        await served.client.get("/v1/nothing"),
    ]

    assert [answer.headers["cache-control"] for answer in answers] == ["no-store"] * 7
