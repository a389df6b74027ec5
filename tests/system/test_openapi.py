"""The description of the API is exact: generated requests never meet an answer that it does not tell of."""

import pytest
import schemathesis
from hypothesis import HealthCheck, settings
from schemathesis import Case

from tests.system.conftest import Running
from tests.system.test_conversation import signed_token

ENDLESS = "/events"


@pytest.fixture(scope="module")
def secrets(service: Running) -> dict[str, str]:
    return {
        "agent": service.add_agent("Toni"),
        "business": service.add_key("customers", "knowledge"),
        "customer": signed_token("c-schema"),
    }


@pytest.fixture(scope="module")
def described(service: Running):
    return schemathesis.openapi.from_url(f"{service.address}/openapi.json")


schema = schemathesis.pytest.from_fixture("described").exclude(path_regex=f"{ENDLESS}$")


@schema.parametrize()
@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
def test_every_answer_is_one_that_the_description_tells_of(case: Case, secrets: dict[str, str]) -> None:
    case.call_and_validate(headers={"Authorization": f"Bearer {secrets[_caller(case.path)]}"})


def _caller(path: str) -> str:
    if path.startswith("/v1/agent"):
        return "agent"
    return "business" if path.startswith(("/v1/articles", "/v1/customers")) else "customer"
