"""Every route names who may call it, and nobody else gets in."""

from app.config import Settings
from app.main import create_app
from app.web.access import routes_without_rule
from app.web.rules import RULES, Rule


def test_every_route_stands_in_the_table_and_every_rule_has_its_route(tmp_path) -> None:
    app = create_app(Settings(data_dir=tmp_path))

    paths = {f"{method.upper()} {path}" for path, methods in app.openapi()["paths"].items() for method in methods}

    assert routes_without_rule(app) == []
    outside_schema = {"GET /", "GET /openapi.json"}
    assert {name.replace(":path}", "}") for name in RULES} - outside_schema == paths


def test_only_health_and_descriptions_are_for_anyone() -> None:
    open_ones = {name for name, rule in RULES.items() if rule is Rule.ANYONE}

    assert open_ones == {"GET /", "GET /health/live", "GET /health/ready", "GET /openapi.json"}
