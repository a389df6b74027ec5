"""What the service counts of itself, and who may see it."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from fastapi import FastAPI
from prometheus_client.parser import text_string_to_metric_families
from starlette.testclient import TestClient

from app.care.records import RecordsUnavailableError
from app.care.state import OverdueConversation, ServiceState
from app.care.watching import Watchdog
from app.config import Settings
from app.domain.agents import Scope
from app.domain.deliveries import DeliveryStatus, EndpointKind, Tried
from app.domain.replies import Outcome
from app.web.metrics import MetricsParts, PrometheusMeasures
from app.web.secrets import SecretKind, hash_of, new_secret
from app.wiring import Service
from tests.fakes.parts import FakeClock
from tests.fakes.served import application, opened

ELSEWHERE = ("203.0.113.9", 40_000)
HERE = ("127.0.0.1", 40_000)

Caller = Callable[..., TestClient]


class NoRecords:
    """Records that are away."""

    async def state(self, now: object, overdue_before: object) -> ServiceState:
        raise RecordsUnavailableError("gone")

    async def overdue_conversations(self, before: object, limit: int = 200) -> list[OverdueConversation]:
        raise RecordsUnavailableError("gone")


@contextmanager
def serving(folder: Path, migrated_file: Path) -> Iterator[FastAPI]:
    shutil.copy(migrated_file, folder / "careline.db")
    settings = Settings(data_dir=folder, embedder="none", database_url="", openai_base_url="", model="")
    services: list[Service] = []

    async def opening() -> Service:
        services.append(await opened(settings))
        return services[0]

    with application(settings, opening) as app, TestClient(app, client=HERE) as client:
        app.state.here = client
        app.state.service = services[0]
        yield app


@pytest.fixture
def app(tmp_path: Path, migrated_file: Path) -> Iterator[FastAPI]:
    with serving(tmp_path, migrated_file) as app:
        yield app


@pytest.fixture
def here(app: FastAPI) -> TestClient:
    return app.state.here


@pytest.fixture
def elsewhere(app: FastAPI) -> TestClient:
    return TestClient(app, client=ELSEWHERE)


def key(app: FastAPI, *scopes: Scope) -> dict[str, str]:
    secret = new_secret(SecretKind.BUSINESS)
    app.state.here.portal.call(app.state.service.people.add_key, "watcher", scopes, hash_of(secret))
    return {"Authorization": f"Bearer {secret}"}


def numbers(text: str) -> dict[str, float]:
    """Every sample by its name and labels, as they stand in the text."""
    return {
        sample.name + "".join(f",{name}={value}" for name, value in sorted(sample.labels.items())): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


def test_a_caller_on_this_machine_reads_everything(here: TestClient) -> None:
    answer = here.get("/metrics")

    found = numbers(answer.text)
    assert answer.headers["content-type"].startswith("text/plain; version=")
    assert found["careline_records_up"] == 1
    assert found["careline_overdue_messages"] == found["careline_queue_waiting"] == 0
    assert found["careline_turns_under_way"] == found["careline_unanswered_conversations"] == 0
    assert found["careline_deliveries,kind=channel,status=unknown"] == 0
    assert found["process_resident_memory_bytes"] > 0


def test_a_message_that_was_met_is_counted(here: TestClient) -> None:
    answer = here.post("/v1/chat", json={"text": "I want to talk to a human, please"})

    assert answer.json()["outcome"] == "handed_off"
    found = numbers(here.get("/metrics").text)
    assert found["careline_turns_total,outcome=handed_off"] == 1
    assert found["careline_turn_seconds_count"] == found["careline_first_text_seconds_count"] == 1
    assert 0 < found["careline_turn_seconds_sum"] < 30
    assert found["careline_queue_waiting"] == 1


@pytest.mark.parametrize("header", ["X-Forwarded-For", "Forwarded", "X-Real-IP", "Via"])
def test_what_came_through_a_proxy_is_not_from_this_machine(here: TestClient, header: str) -> None:
    assert here.get("/metrics", headers={header: "127.0.0.1"}).status_code == 401
    assert "checks" not in here.get("/health/ready", headers={header: "127.0.0.1"}).json()


def test_from_elsewhere_only_a_key_with_its_scope_opens_the_metrics(app: FastAPI, elsewhere: TestClient) -> None:
    assert elsewhere.get("/metrics").status_code == 401
    assert elsewhere.get("/metrics", headers=key(app, Scope.KNOWLEDGE, Scope.CUSTOMERS)).status_code == 403
    assert elsewhere.get("/metrics", headers=key(app, Scope.METRICS)).status_code == 200


def test_readiness_tells_its_parts_only_to_those_who_may_read_the_metrics(
    app: FastAPI, here: TestClient, elsewhere: TestClient
) -> None:
    assert here.get("/health/ready").json() == {"status": "ready", "checks": {"records": True}}
    assert elsewhere.get("/health/ready").json() == {"status": "ready"}
    assert elsewhere.get("/health/ready", headers=key(app, Scope.KNOWLEDGE)).json() == {"status": "ready"}
    assert "checks" in elsewhere.get("/health/ready", headers=key(app, Scope.METRICS)).json()


def test_the_counters_are_told_when_the_records_are_away(app: FastAPI, here: TestClient) -> None:
    here.post("/v1/chat", json={"text": "I want to talk to a human, please"})
    parts: MetricsParts = app.state.metrics
    away = Watchdog(records=NoRecords(), clock=FakeClock(), deadline=30)
    app.state.metrics = MetricsParts(measures=parts.measures, watchdog=away, turns_under_way=parts.turns_under_way)

    answer = here.get("/metrics")

    found = numbers(answer.text)
    assert answer.status_code == 200
    assert found["careline_records_up"] == 0
    assert found["careline_turns_total,outcome=handed_off"] == 1
    assert "careline_overdue_messages" not in found


def test_two_services_in_one_process_count_apart() -> None:
    one, other = PrometheusMeasures(), PrometheusMeasures()

    one.turn_ended(Outcome.ANSWERED, 0.2)
    one.model_asked(succeeded=False)
    one.delivery_tried(EndpointKind.CHANNEL, Tried.UNKNOWN)

    assert counted(one) == (1, 1, 1)
    assert counted(other) == (0, 0, 0)


def test_an_agent_sees_which_customers_wait_for_too_long(app: FastAPI, here: TestClient) -> None:
    service: Service = app.state.service
    secret = new_secret(SecretKind.AGENT)
    here.portal.call(service.people.add_agent, "Robin", "robin@company.example", "agent", hash_of(secret))  # type: ignore[union-attr]

    assert here.get("/v1/agent/overdue").status_code == 401
    found = here.get("/v1/agent/overdue", headers={"Authorization": f"Bearer {secret}"})
    assert found.json() == {"conversations": []}


def counted(measures: PrometheusMeasures) -> tuple[float | None, ...]:
    value = measures.registry.get_sample_value
    return (
        value("careline_turns_total", {"outcome": "answered"}),
        value("careline_model_calls_total", {"result": "failed"}),
        value("careline_delivery_tries_total", {"kind": "channel", "result": "unknown"}),
    )


def test_every_status_of_a_delivery_that_is_not_done_with_is_counted_apart(here: TestClient) -> None:
    found = numbers(here.get("/metrics").text)

    statuses = {name.rpartition("=")[2] for name in found if name.startswith("careline_deliveries,")}
    assert statuses == {DeliveryStatus.DUE, DeliveryStatus.SENDING, DeliveryStatus.UNKNOWN, DeliveryStatus.FAILED}
