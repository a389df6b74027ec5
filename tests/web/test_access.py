"""Every route names who may call it, and nobody else gets in."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from fastapi import APIRouter

from app.config import Settings
from app.main import create_app
from app.web.access import RouteWithoutRuleError, refuse_routes_without_rule, routes_without_rule
from app.web.rules import RULES, Rule
from tests.fakes.served import serving

FILES = {
    "GET /",
    "GET /console",
    "GET /console/",
    "GET /console/static/{path}",
    "GET /demo/{path}",
    "GET /widget/care-line.js",
    "GET /widget/snippet",
    "GET /widget/{path}",
}
"""Pages, scripts and styles: the same for everybody, and in no description of the API."""


def test_every_route_stands_in_the_table_and_every_rule_has_its_route(tmp_path) -> None:
    app = create_app(Settings(data_dir=tmp_path))

    paths = {f"{method.upper()} {path}" for path, methods in app.openapi()["paths"].items() for method in methods}

    assert routes_without_rule(app) == []
    assert {name.replace(":path}", "}") for name in RULES} - FILES - {"GET /openapi.json"} == paths


def test_anyone_may_read_files_health_and_descriptions_become_a_customer_and_prove_who_they_are() -> None:
    open_ones = {name.replace(":path}", "}") for name, rule in RULES.items() if rule is Rule.ANYONE}

    assert open_ones == FILES | {
        "GET /health/live",
        "GET /health/ready",
        "GET /openapi.json",
        "GET /v1/widget/config",
        "POST /v1/customers",
        "POST /v1/invites/accept",
        "POST /v1/invites/look",
        "POST /v1/sign-in",
    }


def test_a_route_without_a_rule_is_refused_at_the_start(tmp_path: Path) -> None:
    app = create_app(Settings(data_dir=tmp_path))
    outer, forgotten = APIRouter(), APIRouter(prefix="/v1/agent")
    forgotten.add_api_route("/secrets", lambda: None, methods=["GET"])
    outer.include_router(forgotten)
    app.include_router(outer)

    with pytest.raises(RouteWithoutRuleError, match="GET /v1/agent/secrets"):
        refuse_routes_without_rule(app)


JSON, FORM = "application/json", "multipart/form-data; boundary=x"


@pytest.mark.parametrize(
    ("path", "media_type"),
    [("/v1/agent/articles/preview", JSON), ("/v1/agent/articles/files", FORM), ("/v1/articles", JSON)],
)
async def test_nothing_of_a_large_body_is_read_before_its_caller_is_let_in(
    migrated_file: Path, tmp_path: Path, path: str, media_type: str
) -> None:
    read: list[str] = []

    async def body() -> AsyncIterator[bytes]:
        read.append("some of it")
        yield b"{}"

    async with serving(tmp_path, migrated_file) as served:
        answer = await served.client.post(path, content=body(), headers={"Content-Type": media_type})

    assert (answer.status_code, read) == (401, [])
