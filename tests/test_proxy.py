"""The proxy of compose.yaml where Caddy is installed: streams flow, no address is forged, nothing is sent twice."""

import http.server
import os
import re
import shutil
import socket
import subprocess
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import httpx2
import pytest

from tests.system.conftest import ROOT

pytestmark = pytest.mark.processes

CADDYFILE = ROOT / "deploy" / "Caddyfile"
PAUSE = 0.3


@dataclass
class Web:
    """A stand-in for a web process, which keeps what it was asked."""

    asked: list[str] = field(default_factory=list)
    addresses: list[str | None] = field(default_factory=list)
    server: http.server.ThreadingHTTPServer = field(init=False)

    def __post_init__(self) -> None:
        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self.server.daemon_threads = True
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    @property
    def place(self) -> str:
        return f"127.0.0.1:{self.server.server_address[1]}"

    def stop(self) -> None:
        self.server.shutdown()
        self.server.server_close()

    def _handler(self) -> type[http.server.BaseHTTPRequestHandler]:
        web = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                web.addresses.append(self.headers["X-Forwarded-For"])
                web.asked.append(f"GET {self.path}")
                self.send_response(200)
                self.send_header("Content-Type", "text/event-stream")
                self.end_headers()
                for number in range(3 if self.path == "/events" else 1):
                    self.wfile.write(f"data: {number}\n\n".encode())
                    self.wfile.flush()
                    time.sleep(PAUSE if self.path == "/events" else 0)

            def do_POST(self) -> None:
                """Takes the message and dies before it answers."""
                web.asked.append(f"POST {self.path}")
                self.connection.shutdown(socket.SHUT_RDWR)

            def log_message(self, *_: object) -> None:
                pass

        return Handler


@pytest.fixture
def webs() -> Iterator[list[Web]]:
    both = [Web(), Web()]
    yield both
    for web in both:
        web.stop()


@pytest.fixture
def proxy(webs: list[Web], tmp_path: Path) -> Iterator[httpx2.Client]:
    caddy = shutil.which("caddy")
    if caddy is None:
        pytest.skip("Caddy is not installed")
    site = f"http://127.0.0.1:{free_port()}"
    names = {"CARELINE_SITE": site, "CARELINE_WEB": " ".join(web.place for web in webs), "HOME": str(tmp_path)}
    command = [caddy, "run", "--config", str(CADDYFILE), "--adapter", "caddyfile"]
    with (tmp_path / "caddy.log").open("w") as log:
        process = subprocess.Popen(command, env={"PATH": os.environ["PATH"]} | names, stdout=log, stderr=log)
    try:
        with httpx2.Client(base_url=site, timeout=10, trust_env=False) as client:
            wait_until_answering(client, tmp_path / "caddy.log")
            yield client
    finally:
        process.terminate()
        process.wait(timeout=10)


def test_each_event_passes_when_it_is_written(proxy: httpx2.Client) -> None:
    began = time.monotonic()

    with proxy.stream("GET", "/events") as answer:
        arrived = [(line, time.monotonic() - began) for line in answer.iter_lines() if line]

    assert [line for line, _ in arrived] == ["data: 0", "data: 1", "data: 2"]
    assert arrived[0][1] < PAUSE
    assert arrived[2][1] - arrived[0][1] > PAUSE


def test_an_address_that_the_caller_claims_is_not_passed_on(proxy: httpx2.Client, webs: list[Web]) -> None:
    proxy.get("/v1/anything", headers={"X-Forwarded-For": "203.0.113.9"})

    assert {address for web in webs for address in web.addresses if address} == {"127.0.0.1"}


@pytest.mark.parametrize("path", ["/metrics", "/metrics/", "/METRICS", "/%6Detrics", "/health/ready"])
def test_metrics_and_health_details_are_not_for_the_outside(path: str, proxy: httpx2.Client, webs: list[Web]) -> None:
    answer = proxy.get(path)

    assert answer.status_code == 404
    assert [asked for web in webs for asked in web.asked if "etrics" in asked.lower()] == []


def test_a_message_that_was_sent_is_never_sent_again(proxy: httpx2.Client, webs: list[Web]) -> None:
    answer = proxy.post("/v1/chat", json={"text": "once"})

    assert answer.status_code == 502
    assert [asked for web in webs for asked in web.asked if asked.startswith("POST")] == ["POST /v1/chat"]


def test_when_one_process_is_gone_the_other_one_answers(proxy: httpx2.Client, webs: list[Web]) -> None:
    webs[0].stop()

    answers = [proxy.get("/v1/anything").status_code for _ in range(4)]

    assert answers == [200] * 4


def test_the_proxy_checks_the_path_that_the_processes_have() -> None:
    from app.web.health import router

    [path] = re.findall(r"health_uri (\S+)", CADDYFILE.read_text())

    assert path in {route.path for route in router.routes}  # type: ignore[attr-defined]


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


def wait_until_answering(client: httpx2.Client, log: Path) -> None:
    for _ in range(100):
        try:
            if client.get("/v1/ready?").status_code == 200:
                return
        except httpx2.TransportError:
            pass
        time.sleep(0.1)
    raise AssertionError(log.read_text())
