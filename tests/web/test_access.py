"""Every route names who may call it, and nobody else gets in."""

from app.config import Settings
from app.main import create_app
from app.web.access import routes_without_rule
from app.web.rules import RULES, Rule

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
