"""What the service counts of itself, in Prometheus' words."""

import asyncio
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Counter, Histogram, ProcessCollector
from prometheus_client.exposition import generate_latest
from prometheus_client.metrics_core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from app.care.records import RecordsUnavailableError
from app.care.state import ServiceState
from app.care.watching import Watchdog
from app.domain.deliveries import EndpointKind, Tried
from app.domain.replies import Outcome
from app.web.problems import responses

router = APIRouter(tags=["health"])

TURN_BUCKETS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 4, 8, 15, 30, 60, 120)
FIRST_TEXT_BUCKETS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 4, 8, 15, 30, 60)


class PrometheusMeasures:
    """Implements care.measures.Measures, in a registry of its own. Every label stands there from the start, with 0."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        ProcessCollector(registry=self.registry)
        own = self.registry
        self._turns = Counter("careline_turns", "Turns that ended, by outcome.", ["outcome"], registry=own)
        self._turn_seconds = Histogram(
            "careline_turn_seconds", "From the oldest message of a turn to its end.", buckets=TURN_BUCKETS, registry=own
        )
        self._first_text_seconds = Histogram(
            "careline_first_text_seconds",
            "From the oldest message of a turn to the first sentence that was committed.",
            buckets=FIRST_TEXT_BUCKETS,
            registry=own,
        )
        self._model_calls = Counter("careline_model_calls", "Calls of the model that ended.", ["result"], registry=own)
        self._tries = Counter(
            "careline_delivery_tries", "Tries to deliver, by what became of them.", ["kind", "result"], registry=own
        )
        self._name_all()

    def turn_ended(self, outcome: Outcome, seconds: float) -> None:
        self._turns.labels(outcome).inc()
        self._turn_seconds.observe(seconds)

    def first_text(self, seconds: float) -> None:
        self._first_text_seconds.observe(seconds)

    def model_asked(self, succeeded: bool) -> None:
        self._model_calls.labels("ok" if succeeded else "failed").inc()

    def delivery_tried(self, kind: EndpointKind, tried: Tried) -> None:
        self._tries.labels(kind, tried).inc()

    def _name_all(self) -> None:
        for outcome in Outcome:
            if outcome is not Outcome.PENDING:
                self._turns.labels(outcome)
        for result in ("ok", "failed"):
            self._model_calls.labels(result)
        for kind in EndpointKind:
            for tried in Tried:
                self._tries.labels(kind, tried)


@dataclass(frozen=True, kw_only=True)
class MetricsParts:
    """`turns_under_way` tells of this process."""

    measures: PrometheusMeasures
    watchdog: Watchdog
    turns_under_way: Callable[[], int]


async def _parts(request: Request) -> MetricsParts:
    return request.app.state.metrics


@router.get(
    "/metrics",
    response_class=Response,
    responses={
        200: {"description": "Prometheus' text format.", "content": {"text/plain": {"schema": {"type": "string"}}}},
        **responses(401, 403, 503),
    },
)
async def metrics(parts: Annotated[MetricsParts, Depends(_parts)]) -> Response:
    """For a caller on this machine, or a business key with the scope `metrics`."""
    scrape = _Scrape(parts.measures.registry, parts.turns_under_way(), await _state(parts))
    text = await asyncio.to_thread(generate_latest, scrape)
    return Response(text, headers={"Content-Type": CONTENT_TYPE_LATEST, "Cache-Control": "no-store"})


async def _state(parts: MetricsParts) -> ServiceState | None:
    """None where the records cannot be read: the counters are told all the same."""
    try:
        return await parts.watchdog.state()
    except RecordsUnavailableError:
        return None


class _Scrape(Collector):
    """The counters, and the gauges of this one look."""

    def __init__(self, counters: CollectorRegistry, turns_under_way: int, state: ServiceState | None) -> None:
        self._counters = counters
        self._turns_under_way = turns_under_way
        self._state = state

    def collect(self) -> Iterable[Metric]:
        yield from self._counters.collect()
        yield _gauge("careline_turns_under_way", "Turns that this process is at.", self._turns_under_way)
        yield _gauge("careline_records_up", "1 if the records could be read for this answer.", self._state is not None)
        if self._state is not None:
            yield from _gauges_of(self._state)


def _gauges_of(state: ServiceState) -> Iterable[Metric]:
    yield _gauge("careline_queue_waiting", "Conversations that wait for a person.", state.queue_waiting)
    yield _gauge("careline_queue_longest_wait_seconds", "Wait of the queue's head.", state.queue_longest_wait)
    overdue = "Customer messages older than a turn's deadline without an outcome. It is to be 0."
    yield _gauge("careline_overdue_messages", overdue, state.overdue_messages)
    unanswered = "Conversations with messages that no turn has met yet."
    yield _gauge("careline_unanswered_conversations", unanswered, state.unanswered_conversations)
    deliveries = GaugeMetricFamily(
        "careline_deliveries", "Deliveries that are not done with.", labels=["kind", "status"]
    )
    for labels, number in state.deliveries.items():
        deliveries.add_metric(labels, number)
    yield deliveries


def _gauge(name: str, description: str, value: float) -> Metric:
    return GaugeMetricFamily(name, description, value=value)
