"""Figure 1: durable turns a second with extractive answers, on SQLite and PostgreSQL, by one process and by several."""

import json
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.load.fleet import ALONE, FOUR, TWICE, WEB_AND_WORKER, Fleet, Roles, fleet, settings_in
from bench.load.generator import Load
from bench.load.measured import Measured, measure
from bench.load.questions import answered_questions, in_other_words
from bench.load.tables import Cell, Figure, Floor, load_now
from bench.service import ROOT

AT_ONCE = (8, 32, 64)
AIM = 200
MOST_ASKED = 600
ON_POSTGRES: Mapping[str, Roles] = {
    "PostgreSQL, 1 process": ALONE,
    "PostgreSQL, 1 web + 1 worker": WEB_AND_WORKER,
    "PostgreSQL, 2 x serve": TWICE,
    "PostgreSQL, 2 web + 2 workers": FOUR,
}


@dataclass(frozen=True, kw_only=True)
class Best:
    """The concurrency at which most turns were done in a second."""

    name: str
    at_once: int
    measured: Measured

    def cells(self) -> dict[str, Cell]:
        return {"durable turns, extractive": self.name, "at once": self.at_once, **self.measured.cells()}


def durable_turns(folder: Path, postgres: str | None, seconds: float) -> tuple[Figure, Best]:
    """The figure, and the best on SQLite for what follows."""
    before = load_now()
    places = {"SQLite, 1 process": (settings_in(folder), ALONE)}
    if postgres:
        on_postgres = settings_in(folder, CARELINE_DATABASE_URL=postgres)
        places |= {name: (on_postgres, roles) for name, roles in ON_POSTGRES.items()}
    best = [_best(name, settings, roles, seconds) for name, (settings, roles) in places.items()]
    alone = _alone(folder, seconds / 2)
    rows = [each.cells() for each in best]
    rows += [{"durable turns, extractive": f"(one process, {name})", "turns/s": rate} for name, rate in alone.items()]
    most = max(best, key=lambda each: each.measured.rate)
    aim = Floor(name=f"Best, {most.name}, turns/s", value=most.measured.rate, bound=AIM, is_aim=True)
    notes = () if postgres else ("PostgreSQL's programs are not on this machine: not measured",)
    figure = Figure(title="1  Durable turns a second", rows=rows, floors=[aim], notes=notes, load=(before, load_now()))
    return figure, best[0]


def _best(name: str, settings: Mapping[str, str], roles: Roles, seconds: float) -> Best:
    with fleet(settings, roles) as serving:
        questions = answered_questions(serving.web[0])
        found = list(_sweep(name, serving, questions, seconds))
    return max(found, key=lambda each: each.measured.rate)


def _sweep(name: str, serving: Fleet, questions: Sequence[str], seconds: float) -> Iterator[Best]:
    for at_once in AT_ONCE:
        load = Load(addresses=serving.web, questions=questions, seconds=seconds, concurrency=at_once)
        yield Best(name=name, at_once=at_once, measured=measure(load, serving.processes))


def _alone(folder: Path, seconds: float) -> dict[str, float]:
    """The same questions, asked of the parts of a turn in a process of its own."""
    with fleet(settings_in(folder), ALONE) as serving:
        questions = list(in_other_words(answered_questions(serving.web[0])))
    words = [sys.executable, "-m", "bench.load.alone", json.dumps(questions[:MOST_ASKED]), str(seconds)]
    done = subprocess.run(words, cwd=ROOT, env=settings_in(folder), check=True, capture_output=True, text=True)
    return json.loads(done.stdout)
