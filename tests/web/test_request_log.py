"""One line in the log for each request: the route and not the address, and an id that goes back."""

import logging
import re
import time

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient
from structlog.contextvars import get_contextvars

from app.web.request_log import RequestLog


@pytest.fixture
def client() -> TestClient:
    app = FastAPI()

    @app.get("/things/{thing_id}")
    async def thing(thing_id: str) -> dict[str, str]:
        return {"thing": thing_id, "request": get_contextvars()["request"]}

    @app.get("/health/live")
    async def live() -> None: ...

    @app.get("/broken")
    async def broken() -> None:
        raise RuntimeError("canary")

    return TestClient(RequestLog(app), raise_server_exceptions=False)


@pytest.fixture
def heard(caplog: pytest.LogCaptureFixture) -> pytest.LogCaptureFixture:
    caplog.set_level(logging.DEBUG, logger="app")
    return caplog


def lines(heard: pytest.LogCaptureFixture) -> list[logging.LogRecord]:
    return [record for record in heard.records if record.name == "app.web.request_log"]


def fields_of(record: logging.LogRecord) -> dict[str, object]:
    return {name: record.__dict__[name] for name in ("method", "route", "status")}


def test_a_request_is_one_line_with_its_route_and_without_its_query(
    client: TestClient, heard: pytest.LogCaptureFixture
) -> None:
    client.get("/things/42?word=canary")

    [line] = lines(heard)
    assert (line.levelname, line.getMessage()) == ("INFO", "request")
    assert fields_of(line) == {"method": "GET", "route": "/things/{thing_id}", "status": 200}
    assert 0 < line.__dict__["seconds"] < 5
    assert "canary" not in str(line.__dict__)
    assert "42" not in line.__dict__["route"]


def test_an_address_without_a_route_is_not_repeated(client: TestClient, heard: pytest.LogCaptureFixture) -> None:
    client.get("/canary/of/somebody")

    [line] = lines(heard)
    assert fields_of(line) == {"method": "GET", "route": "none", "status": 404}


@pytest.mark.parametrize("given", ["abc-123_X", "x" * 64])
def test_a_short_and_plain_request_id_is_kept(client: TestClient, given: str) -> None:
    answer = client.get("/things/1", headers={"X-Request-ID": given})

    assert answer.headers["x-request-id"] == answer.json()["request"] == given


@pytest.mark.parametrize("given", ["", "x" * 65, "a b", "<script>", "a\tb"])
def test_any_other_is_replaced_by_one_of_ours(client: TestClient, given: str) -> None:
    answer = client.get("/things/1", headers={"X-Request-ID": given})

    assert re.fullmatch("[0-9a-f]{16}", answer.headers["x-request-id"])
    assert answer.headers["x-request-id"] == answer.json()["request"]


def test_the_id_is_gone_after_the_request(client: TestClient) -> None:
    client.get("/things/1")

    assert "request" not in get_contextvars()


def test_what_machines_ask_every_few_seconds_is_told_quietly(
    client: TestClient, heard: pytest.LogCaptureFixture
) -> None:
    client.get("/health/live")

    [line] = lines(heard)
    assert line.levelname == "DEBUG"


def test_a_request_that_broke_is_a_warning_with_an_id_in_its_answer(
    client: TestClient, heard: pytest.LogCaptureFixture
) -> None:
    answer = client.get("/broken")

    [line] = lines(heard)
    assert (line.levelname, line.__dict__["status"], answer.status_code) == ("WARNING", 500, 500)
    assert answer.headers["x-request-id"]


async def test_it_costs_less_than_a_tenth_of_a_millisecond() -> None:
    async def answer(_scope, _receive, send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b""})

    async def nobody(_message) -> None: ...

    times = 2_000

    async def seconds_each(app) -> float:
        began = time.thread_time()
        for _ in range(times):
            await app({"type": "http", "method": "GET", "headers": []}, None, nobody)
        return (time.thread_time() - began) / times

    bare, logged = await seconds_each(answer), await seconds_each(RequestLog(answer))

    assert logged - bare < 0.000_1
