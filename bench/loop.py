"""What holds the event loop of a serving process: every step of more than a millisecond of CPU, and where it stands.

python -m bench.loop    # serves the sample company, asks it, prints what held the loop
BENCH_ROUNDS=10 asks for longer; BENCH_DATABASE_URL names an empty PostgreSQL database instead of SQLite.
"""

import asyncio
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from types import FrameType
from typing import Any

import httpx2

ROOT = Path(__file__).parents[1]
ROUNDS = int(os.environ.get("BENCH_ROUNDS", "4"))
HELD = 0.001
"""Seconds of CPU in one step from which on it is reported."""

QUESTIONS = (
    "How do I descale the Pour 4?",
    "What does delivery to Germany cost, and how long does it take?",
    "My name is Ada, I have a Breeze L since March. The red light blinks and it smells odd. What can I do about it?",
    "Can I pause my Bean Club subscription for two months, and what happens to my discount of 10 %?",
    "I ordered on 3 March, paid €149.00, and order 48213 has not come. Where is it? My e-mail is ada@home.example.",
    "Is the lid dishwasher safe? And the jug? And how often do I change the filter?",
    "This is useless, I want to talk to a human now!",
    "Hello",
    " ".join(["I paid €149.00 on 3 March for a Breeze L, and its red light blinks. What can I do about it?"] * 42),
)


@dataclass
class Held:
    """Steps that began and ended at the same places."""

    times: int = 0
    longest: float = 0
    whole: float = 0


@dataclass
class Watch:
    """Takes the CPU time of each step of the loop, as asyncio's debug mode takes its wall time."""

    active: bool = False
    steps: int = 0
    whole: float = 0
    held: dict[str, Held] = field(default_factory=dict[str, Held])

    def install(self) -> None:
        run = asyncio.Handle._run

        def timed(handle: asyncio.Handle) -> None:
            if not self.active:
                return run(handle)
            before, began = _place(handle), time.thread_time()
            run(handle)
            self._note(handle, before, time.thread_time() - began)
            return None

        asyncio.Handle._run = timed

    def start(self, _signal: int, _frame: FrameType | None) -> None:
        self.active = True

    def report(self, _signal: int, _frame: FrameType | None) -> None:
        print(f"{self.steps} steps, {self.whole:.2f} s of CPU; those of more than {HELD * 1000:g} ms:")
        print(f"{'times':>6}{'longest ms':>12}{'in all ms':>11}  from .. to")
        for name, held in sorted(self.held.items(), key=lambda item: -item[1].whole):
            print(f"{held.times:>6}{held.longest * 1000:>12.2f}{held.whole * 1000:>11.1f}  {name}")
        print("that is all", flush=True)
        os._exit(0)

    def _note(self, handle: asyncio.Handle, before: str, seconds: float) -> None:
        self.steps += 1
        self.whole += seconds
        if seconds < HELD:
            return
        found = self.held.setdefault(f"{before} .. {_place(handle)}", Held())
        found.times, found.whole = found.times + 1, found.whole + seconds
        found.longest = max(found.longest, seconds)


def _place(handle: asyncio.Handle) -> str:
    """A task's name and the innermost of our lines that it waits at; for anything else what is called."""
    callback: Any = handle._callback
    task = getattr(callback, "__self__", None)
    if not isinstance(task, asyncio.Task):
        return getattr(callback, "__qualname__", repr(callback))[:80]
    coroutine: Any = task.get_coro()
    name, ours = getattr(coroutine, "__qualname__", "?"), ""
    while coroutine is not None:
        frame = getattr(coroutine, "cr_frame", None) or getattr(coroutine, "ag_frame", None)
        if frame is not None and "/app/" in frame.f_code.co_filename:
            path = frame.f_code.co_filename.rpartition("/app/")[2]
            ours = f"{path}:{frame.f_lineno} {frame.f_code.co_name}"
        coroutine = getattr(coroutine, "cr_await", None) or getattr(coroutine, "ag_await", None)
    return f"{name} at {ours}" if ours else f"{name} {'ended' if task.done() else ''}".strip()


def serve() -> None:
    """In the process that is watched. uvloop's steps cannot be looked into; asyncio's own loop runs the same ones."""
    sys.modules["uvloop"] = None  # type: ignore[assignment]
    watch = Watch()
    watch.install()
    signal.signal(signal.SIGUSR1, watch.start)
    signal.signal(signal.SIGTERM, watch.report)
    from app.cli import app

    app(["run"])


@contextmanager
def _watched(folder: str) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("CARELINE_", "OPENAI_"))}
    settings = {"CARELINE_DATA_DIR": folder, "CARELINE_PORT": "0", "CARELINE_RATE_PER_ADDRESS": "100000/minute"}
    settings["CARELINE_DATABASE_URL"] = os.environ.get("BENCH_DATABASE_URL", "")
    command = [sys.executable, "-m", "bench.loop", "serve"]
    process = subprocess.Popen(command, cwd=ROOT, env=clean | settings, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    try:
        for line in process.stdout:
            if address := re.search(r"serves on (http://\S+)", line):
                yield address[1], process
                return
        raise RuntimeError(f"it ended with {process.wait()} before it served")
    finally:
        process.kill()
        process.wait(20)
        process.stdout.close()


def _ask_all(address: str) -> None:
    with httpx2.Client(base_url=address, timeout=60, trust_env=False) as http:
        for question in QUESTIONS:
            first = http.post("/v1/chat", json={"text": question})
            secret = {"Authorization": f"Bearer {first.headers['careline-customer-token']}"}
            again = {"text": "And how long does that take?", "conversation": first.json()["conversation"]}
            http.post("/v1/chat", json=again, headers={**secret, "Accept": "text/event-stream"})
            http.get("/v1/profile", headers=secret)
            http.get(f"/v1/conversations/{first.json()['conversation']}", headers=secret)
        http.get("/metrics")


def main() -> None:
    with TemporaryDirectory() as folder, _watched(folder) as (address, process):
        _ask_all(address)
        process.send_signal(signal.SIGUSR1)
        with ThreadPoolExecutor(4) as customers:
            list(customers.map(_ask_all, [address] * ROUNDS))
        time.sleep(3)
        process.send_signal(signal.SIGTERM)
        assert process.stdout is not None
        for line in process.stdout:
            if line.startswith("that is all"):
                return
            print(line, end="")


if __name__ == "__main__":
    serve() if sys.argv[1:] == ["serve"] else main()
