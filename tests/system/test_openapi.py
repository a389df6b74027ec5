"""The description of the API is exact: generated requests never meet an answer that it does not tell of.

A text of spaces alone fits the description and is refused all the same, with 422: that check is left out."""

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis import Case
from schemathesis.specs.openapi.checks import positive_data_acceptance

from tests.system.conftest import Running
from tests.system.test_conversation import signed_token

pytestmark = pytest.mark.processes

ENDLESS = ("/events", "/live")
EXAMPLES = settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)


@pytest.fixture(scope="module")
def secrets(service: Running) -> dict[str, str]:
    return {
        "agent": service.add_agent("Toni"),
        "business": service.add_key("customers", "knowledge"),
        "customer": signed_token("c-schema"),
    }


def test_every_answer_is_one_that_the_description_tells_of(service: Running, secrets: dict[str, str]) -> None:
    described = schemathesis.openapi.from_url(f"{service.address}/openapi.json")
    operations = [found.ok() for found in described.get_all_operations()]

    for operation in operations:
        if operation.path.endswith(ENDLESS):
            continue

        @EXAMPLES
        @given(case=operation.as_strategy())
        def answers_as_described(case: Case) -> None:
            response = case.call(headers={"Authorization": f"Bearer {secrets[_caller(case.path)]}"})
            case.validate_response(response, excluded_checks=[positive_data_acceptance])

        answers_as_described()

    assert len(operations) > 20


def _caller(path: str) -> str:
    if path.startswith("/v1/agent"):
        return "agent"
    return "business" if path.startswith(("/v1/articles", "/v1/customers")) else "customer"
