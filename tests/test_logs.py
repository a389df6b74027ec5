"""Lines of the log hold ids and reasons, and never what anybody wrote."""

import asyncio
import gc
import importlib
import io
import json
import logging
import os
import resource
import sys
import threading
import time
import warnings
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import httpx2
import pytest
from pydantic import BaseModel
from sqlalchemy import create_engine, text
from structlog.contextvars import bound_contextvars

from app import logs
from app.care.answerers import ModelFailedError
from app.care.records import RecordsUnavailableError
from tests.fakes.model_server import ModelServer
from tests.system.conftest import Running, environment, start, stop

pytestmark = pytest.mark.processes

CANARY = "a canary sings of its tree at noon"

log = logging.getLogger("app.care.anything")


@pytest.fixture
def written() -> Iterator[io.StringIO]:
    """What the process logs meanwhile, as JSON."""
    hooks = (sys.excepthook, threading.excepthook, sys.unraisablehook)
    root, ours = logging.getLogger(), logging.getLogger("app")
    before = (root.handlers, root.level, ours.level)
    logs.configure("DEBUG", logs.LogFormat.JSON)
    stream = io.StringIO()
    root.handlers[0].setStream(stream)  # type: ignore[attr-defined]
    yield stream
    logging.captureWarnings(capture=False)
    (root.handlers, _, _), level, own_level = before, before[1], before[2]
    root.setLevel(level)
    ours.setLevel(own_level)
    sys.excepthook, threading.excepthook, sys.unraisablehook = hooks


def lines(stream: io.StringIO) -> list[dict[str, object]]:
    return [json.loads(line) for line in stream.getvalue().splitlines()]


def test_a_line_tells_when_where_what_and_of_whom(written: io.StringIO) -> None:
    log.warning("turn given up", extra={"conversation": "con_1", "reason": "lease lost", "seconds": 1.5})

    [line] = lines(written)
    when = datetime.fromisoformat(str(line.pop("timestamp")))
    assert when.tzinfo is not None
    assert abs(datetime.now(UTC) - when).total_seconds() < 60
    assert line == {
        "level": "warning",
        "logger": "app.care.anything",
        "event": "turn given up",
        "conversation": "con_1",
        "reason": "lease lost",
        "seconds": 1.5,
    }


def test_what_is_not_on_the_list_is_left_out(written: io.StringIO) -> None:
    log.info("seen", extra={"text": CANARY, "body": {"text": CANARY}, "turn": "trn_1"})

    [line] = lines(written)
    assert set(line) == {"timestamp", "level", "logger", "event", "turn"}


def test_the_requests_id_stands_in_every_line_on_the_way(written: io.StringIO) -> None:
    with bound_contextvars(request="abc", text=CANARY):
        log.info("seen")

    [line] = lines(written)
    assert line["request"] == "abc"
    assert "text" not in line


def test_an_error_tells_its_kind_and_frames_and_those_that_led_to_it(written: io.StringIO) -> None:
    try:
        try:
            raise ValueError(CANARY)
        except ValueError as error:
            raise ModelFailedError("no text within 8 s") from error
    except ModelFailedError:
        log.exception("turn failed")

    [line] = lines(written)
    first, cause = line["exception"]  # type: ignore[misc]
    assert (first["type"], first["message"]) == ("app.care.answerers.ModelFailedError", "no text within 8 s")
    assert (cause["type"], "message" in cause) == ("ValueError", False)
    assert "test_logs.py" in cause["frames"][-1]
    assert CANARY not in written.getvalue()


class _Body(BaseModel):
    text: int


def _a_statement_with_its_parameters() -> None:
    with create_engine("sqlite://").connect() as connection:
        connection.execute(text("INSERT INTO nowhere VALUES (:words)"), {"words": CANARY})


def _a_refused_body() -> None:
    _Body.model_validate({"text": CANARY})


def _a_servers_answer() -> None:
    request = httpx2.Request("POST", f"http://127.0.0.1/?word={CANARY}")
    httpx2.Response(400, text=CANARY, request=request).raise_for_status()


def _several_at_once() -> None:
    raise ExceptionGroup(CANARY, [ValueError(CANARY), KeyError(CANARY)])


def _a_drivers_reason() -> None:
    raise RecordsUnavailableError(f"DataError: invalid input for query argument $3: '{CANARY}' (expected int)")


def _with_a_note() -> None:
    error = RuntimeError("x")
    error.add_note(CANARY)
    raise error


@pytest.mark.parametrize(
    "happening",
    [
        _a_statement_with_its_parameters,
        _a_refused_body,
        _a_servers_answer,
        _several_at_once,
        _a_drivers_reason,
        _with_a_note,
    ],
)
@pytest.mark.parametrize("form", [logs.LogFormat.JSON, logs.LogFormat.TEXT])
def test_no_error_repeats_what_it_was_given(happening, form: logs.LogFormat, written: io.StringIO) -> None:
    logging.getLogger().handlers[0].setFormatter(logs.formatter(as_text=form is logs.LogFormat.TEXT))
    try:
        happening()
    except Exception as error:
        log.exception("turn failed: %s", error)

    assert "turn failed" in written.getvalue()
    assert "Error" in written.getvalue() or "ExceptionGroup" in written.getvalue()
    assert happening.__name__ in written.getvalue()
    assert "canary" not in written.getvalue()


def test_a_librarys_words_are_left_out_and_its_place_is_told(written: io.StringIO) -> None:
    logging.getLogger("httpx2").info("HTTP Request: GET http://127.0.0.1/?word=%s", CANARY)
    logging.getLogger("pypdf").warning("cannot read %s", CANARY)
    with warnings.catch_warnings():
        warnings.simplefilter("always")
        logging.captureWarnings(capture=False)
        logging.captureWarnings(capture=True)
        warnings.warn(CANARY, stacklevel=1)

    pypdf, warning = lines(written)
    assert (pypdf["logger"], "test_logs:" in str(pypdf["event"])) == ("pypdf", True)
    assert warning["logger"] == "py.warnings"
    assert "canary" not in written.getvalue()


async def test_what_nobody_caught_is_told_in_the_same_way(written: io.StringIO) -> None:
    async def fails() -> None:
        raise ValueError(CANARY)

    thread = threading.Thread(target=_fails_in_a_thread)
    thread.start()
    thread.join()
    task = asyncio.create_task(fails())
    await asyncio.wait({task})
    del task
    gc.collect()
    sys.excepthook(ValueError, ValueError(CANARY), None)

    told = lines(written)
    assert {line["level"] for line in told} == {"critical", "error"}
    assert "Task exception was never retrieved" in [line["event"] for line in told]
    assert len(told) == 3
    assert "canary" not in written.getvalue()


def _fails_in_a_thread() -> None:
    raise ValueError(CANARY)


def test_a_start_that_failed_names_the_kind_of_its_error(written: io.StringIO) -> None:
    framework = logging.getLogger("uvicorn.error")

    framework.error(f'Traceback (most recent call last):\n  File "x.py", line 1\nsome.module.OddError: {CANARY}\n')

    [line] = lines(written)
    assert line["event"] == "nobody caught this: some.module.OddError"


@pytest.mark.parametrize("name", sorted(logs.TELLING))
def test_every_error_that_may_tell_its_message_is_one_of_ours(name: str) -> None:
    module, _, kind = name.rpartition(".")

    assert issubclass(getattr(importlib.import_module(module), kind), Exception)


class Heard:
    """Takes a process's standard error until it ends."""

    def __init__(self) -> None:
        self._read, self._write = os.pipe()
        self._chunks: list[bytes] = []
        self._reader = threading.Thread(target=self._take, daemon=True)

    def attach(self) -> None:
        """In the new process."""
        os.dup2(self._write, 2)

    def listen(self) -> None:
        os.close(self._write)
        self._reader.start()

    def end(self) -> str:
        self._reader.join(10)
        os.close(self._read)
        return b"".join(self._chunks).decode()

    def _take(self) -> None:
        while chunk := os.read(self._read, 65_536):
            self._chunks.append(chunk)


def test_nothing_that_anybody_wrote_is_in_the_log_of_a_service_in_trouble(tmp_path: Path) -> None:
    articles = tmp_path / "articles"
    articles.mkdir()
    (articles / "canary.md").write_text(f"---\ntitle: Orders\n---\n\nOf orders, {CANARY} every morning.\n")
    heard = Heard()
    with ModelServer() as model:
        running = start(
            environment(
                tmp_path / "data",
                CARELINE_KNOWLEDGE_DIR=str(articles),
                CARELINE_EMBEDDER="none",
                CARELINE_ANSWERABLE_AT="0",
                CARELINE_LOG_LEVEL="DEBUG",
                CARELINE_WAIT_SECONDS="5",
                CARELINE_MODEL="cut-off",
                OPENAI_BASE_URL=model.base_url,
                OPENAI_API_KEY="sk-canary",
            ),
            "run",
            before=heard.attach,
        )
        heard.listen()
        try:
            _asks_much(running)
            _fills_the_disk(running)
        finally:
            stop(running)
    log_of_service = heard.end()

    assert any("canary" in request.prompt for request in model.requests)
    told = [json.loads(line) for line in log_of_service.splitlines() if line.startswith("{")]
    assert {(line.get("route"), line.get("status")) for line in told} >= {
        ("/v1/chat", 200), ("/v1/chat", 422), ("/v1/chat", 503), ("/v1/articles/files", 200), ("none", 404),
    }  # fmt: skip
    assert "canary" not in log_of_service


def _asks_much(running: Running) -> None:
    key = running.add_key("knowledge")
    with running.client() as customer:
        assert customer.post("/v1/chat?word=canary", json={"text": f"When does {CANARY}?"}).status_code == 200
        assert customer.post("/v1/chat", json={"text": [CANARY], "canary": CANARY}).status_code == 422
        assert customer.post("/v1/chat", content=f'{{"text": "{CANARY}').status_code == 422
        assert customer.get("/canary?word=canary").status_code == 404
    with running.client(key) as shop:
        broken = {"files": ("canary.pdf", f"%PDF-1.4 {CANARY}".encode())}
        assert "broken" in shop.post("/v1/articles/files", files=broken).text
        crooked = {"files": ("canary.md", f"---\ncanary: [{CANARY}\n---\n{CANARY}".encode())}
        assert "broken" in shop.post("/v1/articles/files", files=crooked).text


def _fills_the_disk(running: Running) -> None:
    """From now on no file may grow: the turn that is asked for cannot be stored."""
    resource.prlimit(running.process.pid, resource.RLIMIT_FSIZE, (1_000, resource.RLIM_INFINITY))
    until = time.monotonic() + 10
    with running.client() as customer:
        while customer.post("/v1/chat", json={"text": CANARY}).status_code != 503:
            assert time.monotonic() < until
    resource.prlimit(running.process.pid, resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY,) * 2)
