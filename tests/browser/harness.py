"""A served company and its visitors: a real process on real files, real Chromium, and a watch over every page."""

import os
import re
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx2
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Playwright, Request, WebError

from tests.system.conftest import ROOT, Running, environment, start, stop

SHOTS = Path(os.environ.get("CARELINE_SHOTS", ROOT / "shots"))
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
IDENTITY_KEY = "k" * 40
SETTINGS = {
    "CARELINE_EMBEDDER": "none",
    "CARELINE_RATE_PER_ADDRESS": "10000/minute",
    "CARELINE_RATE_PER_CUSTOMER": "10000/minute",
    "CARELINE_IDENTITY_KEYS": f"site={IDENTITY_KEY}",
}
PASSWORD = "a long password for tests"
PHONE = {"width": 390, "height": 780}
TELLS_VIOLATIONS = """
document.addEventListener('securitypolicyviolation', event => {
  if (event.disposition === 'enforce') console.error('CSP violation', event.violatedDirective, event.blockedURI);
});
"""


def launch(playwright: Playwright) -> Browser:
    """Debian's Chromium, or whichever stands on the path."""
    found = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    assert found, "Chromium is missing: make browser installs Debian's"
    return playwright.chromium.launch(executable_path=found, args=FLAGS)


def ingest(folder: Path, knowledge: Path = ROOT / "knowledge_base") -> None:
    """Takes the articles in, without vectors."""
    command = [sys.executable, "-m", "app.cli", "ingest", str(knowledge)]
    settings = environment(folder, CARELINE_EMBEDDER="none")
    subprocess.run(command, cwd=ROOT, env=settings, check=True, capture_output=True, timeout=300)


@dataclass(kw_only=True)
class Company:
    """A service with its own records, which can be stopped and started again on the same port."""

    folder: Path
    settings: dict[str, str] = field(default_factory=dict)
    printed: list[str] = field(default_factory=list)
    cookies: dict[str, list[Any]] = field(default_factory=dict)
    administrator: str = ""
    port: int = 0
    running: Running | None = None

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        own = environment(self.folder, **{**SETTINGS, **self.settings, "CARELINE_PORT": str(self.port)})
        self.running = start(own)
        self.port = urlsplit(self.running.address).port or 0
        threading.Thread(target=self._drain, args=(self.running,), daemon=True).start()

    def _drain(self, running: Running) -> None:
        """What it prints behind its address."""
        assert running.process.stdout is not None
        self.printed.extend(running.process.stdout)

    def stop(self) -> None:
        if self.running is not None:
            stop(self.running)
            self.running = None

    def kill(self) -> None:
        """As a machine that loses its power."""
        assert self.running is not None
        self.running.process.send_signal(signal.SIGKILL)
        self.running.process.wait(timeout=20)
        assert self.running.process.stdout is not None
        self.running.process.stdout.close()
        self.running = None

    def restart(self) -> None:
        self.stop()
        self.start()

    def client(self, secret: str | None = None) -> httpx2.Client:
        """Speaks to the API without a browser."""
        assert self.running is not None
        return self.running.client(secret)

    def agent_client(self, name: str, role: str = "agent") -> httpx2.Client:
        """Signed in, and with the Origin that a browser would send."""
        client = httpx2.Client(base_url=self.address, headers={"Origin": self.address}, timeout=30, trust_env=False)
        for cookie in self.signed_in(name, role):
            client.cookies.set(cookie["name"], cookie["value"])
        return client

    def signed_in(self, name: str, role: str = "agent") -> list[Any]:
        """Cookies of the agent of this name, who accepts an invite the first time."""
        if name not in self.cookies:
            token = self._invited(name, role).rpartition("invite=")[2]
            with self.client() as client:
                body = {"token": token, "password": PASSWORD}
                accepted = client.post("/v1/invites/accept", json=body, headers={"Origin": self.address})
                assert accepted.status_code == 204, accepted.text
                self.cookies[name] = [_as_browser(self.address, each) for each in accepted.cookies.jar]
        return self.cookies[name]

    def _invited(self, name: str, role: str) -> str:
        """A link; from an administrator who is signed in already, which is quicker than a command."""
        invite = {"name": name, "email": email_of(name), "role": role}
        if self.administrator:
            with self.agent_client(self.administrator, "administrator") as client:
                return client.post("/v1/agent/people", json=invite).json()["invite"]
        assert self.running is not None
        words = [word for option, value in invite.items() for word in (f"--{option}", value)]
        self.administrator = name if role == "administrator" else ""
        return re.search(r"\S+invite=\S+", self.running.careline("agents", "invite", *words))[0]  # type: ignore[index]


def email_of(name: str) -> str:
    return f"{'.'.join(name.lower().split())}@company.example"


def _as_browser(address: str, cookie: Any) -> dict[str, Any]:
    return {"name": cookie.name, "value": cookie.value, "url": address, "httpOnly": True, "sameSite": "Strict"}


@dataclass(kw_only=True)
class Watch:
    """What no page may do: errors, violations, dialogs, foreign hosts. A test names what it expects of them."""

    own: set[str] = field(default_factory=set)
    allowed: list[re.Pattern[str]] = field(default_factory=list)
    seen: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)

    def over(self, context: BrowserContext) -> None:
        context.add_init_script(TELLS_VIOLATIONS)
        context.on("console", self._console)
        context.on("weberror", self._error)
        context.on("request", self._request)
        context.on("dialog", lambda dialog: (self.seen.append(f"dialog: {dialog.message}"), dialog.dismiss()))

    def allow(self, *patterns: str) -> None:
        """Faults that this test brings about itself, e.g. r"status of 401"."""
        self.allowed.extend(re.compile(pattern) for pattern in patterns)

    def faults(self) -> list[str]:
        return [fault for fault in self.seen if not any(pattern.search(fault) for pattern in self.allowed)]

    def _console(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.seen.append(f"console: {message.text} ({message.location.get('url', '')})")

    def _error(self, error: WebError) -> None:
        self.seen.append(f"page: {error.error}")

    def _request(self, request: Request) -> None:
        self.requests.append(request.url)
        parts = urlsplit(request.url)
        if parts.scheme not in {"data", "blob", "about"} and f"{parts.scheme}://{parts.netloc}" not in self.own:
            self.seen.append(f"foreign host: {request.url}")


@dataclass(kw_only=True)
class Visitors:
    """Opens watched contexts, and closes them when the test ends."""

    browser: Browser
    watch: Watch
    contexts: list[BrowserContext] = field(default_factory=list)

    def context(self, *addresses: str, **options: Any) -> BrowserContext:
        """A fresh profile that may load from these addresses only."""
        self.watch.own.update(address.rstrip("/") for address in addresses)
        options = {"viewport": {"width": 1280, "height": 800}, "reduced_motion": "reduce", **options}
        context = self.browser.new_context(**options)
        context.set_default_timeout(15_000)
        self.watch.over(context)
        self.contexts.append(context)
        return context

    def agent(self, company: Company, name: str = "Robin", role: str = "agent", **options: Any) -> BrowserContext:
        """An agent's profile, signed in already."""
        context = self.context(company.address, **options)
        context.add_cookies(company.signed_in(name, role))
        return context

    def close(self) -> None:
        for context in self.contexts:
            context.close()

    def pages(self) -> Sequence[Page]:
        return [page for context in self.contexts for page in context.pages if not page.is_closed()]


def shot(page: Page, name: str, **options: Any) -> Path:
    """A picture for a person to look at: shots/NAME.png."""
    path = SHOTS / f"{name}.png"
    path.parent.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=path, animations="disabled", **options)
    return path
