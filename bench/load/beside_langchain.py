"""Figure 2: durable turns with a model's answers of 40 tokens, beside bare `ChatOpenAI.astream`, in turn."""

import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from statistics import mean

import httpx2

from bench.load.fleet import ALONE, Fleet, fleet, processes, settings_in
from bench.load.generator import Load
from bench.load.measured import Measured, Spent, during, finish, measure, measured
from bench.load.model import QUESTION, SENTENCES, TOKENS
from bench.load.tables import Cell, Figure, Floor, load_now
from bench.service import ROOT, Served, clean_environment

AT_ONCE = 32
ROUNDS = 5
LEAST = 0.7


def beside_langchain(folder: Path, seconds: float) -> Figure:
    """Rounds of both on the same cores: what else the machine does falls on both alike."""
    before = load_now()
    with processes([["bench.load.model"]], clean_environment()) as (model,):
        address = f"{model.address}/v1"
        settings = settings_in(folder, CARELINE_MODEL="forty-tokens", OPENAI_API_KEY="bench", OPENAI_BASE_URL=address)
        with fleet(settings, ALONE) as serving, during([model.process]) as spent:
            _see_that_all_is_shown(serving)
            rounds = [(_ours(serving, seconds), _bare(address, seconds)) for _ in range(ROUNDS)]
    return _figure(rounds, model, spent, before)


def _see_that_all_is_shown(serving: Fleet) -> None:
    with httpx2.Client(base_url=serving.web[0], timeout=30, trust_env=False) as http:
        answer = http.post("/v1/chat", json={"text": QUESTION}).json()
    assert answer["reply"] == " ".join(SENTENCES), answer


def _ours(serving: Fleet, seconds: float) -> Measured:
    load = Load(addresses=serving.web, questions=[QUESTION], seconds=seconds, concurrency=AT_ONCE)
    return measure(load, serving.processes)


def _bare(address: str, seconds: float) -> Measured:
    """The process is its own generator: its CPU is read at its end."""
    words = [sys.executable, "-m", "bench.load.bare_langchain", address, str(AT_ONCE), str(seconds)]
    with during([]) as spent:
        process = subprocess.Popen(words, cwd=ROOT, env=clean_environment(), stdout=subprocess.PIPE, text=True)
        got = finish(process)
    spent.cpu = got["cpu"]
    return measured(Load(addresses=(), questions=(), seconds=seconds), {**got, "cpu": 0.0}, spent)


def _figure(rounds: Sequence[tuple[Measured, Measured]], model: Served, spent: Spent, before: float) -> Figure:
    rows: list[dict[str, Cell]] = []
    for number, pair in enumerate(rounds, 1):
        for name, each in zip(("ours, durable", "ChatOpenAI.astream, bare"), pair, strict=True):
            rows.append({"turns with a model": f"{name}, round {number}", "at once": AT_ONCE, **each.cells()})
    rates = _ratio([ours.rate for ours, _ in rounds], [bare.rate for _, bare in rounds])
    costs = _ratio([ours.rate_of_cpu for ours, _ in rounds], [bare.rate_of_cpu for _, bare in rounds])
    share = spent.cpu / spent.elapsed
    return Figure(
        title=f"2  Durable turns with a model's answers of {TOKENS} tokens, beside bare LangChain (SQLite, 1 process)",
        rows=rows,
        floors=[Floor(name="Turns/s, ours of bare LangChain's", value=rates, bound=LEAST)],
        notes=[
            f"turns of a second of CPU, ours of bare LangChain's: {costs:.2f}",
            f"the model's server took {share:.2f} cores",
        ],
        load=(before, load_now()),
    )


def _ratio(ours: Sequence[float], bare: Sequence[float]) -> float:
    return mean(ours) / mean(bare)
