"""Figure 3: how long a message waits for its acknowledgement while the service is under load."""

from collections.abc import Sequence
from pathlib import Path

from bench.load.fleet import ALONE, Fleet, fleet, settings_in
from bench.load.generator import Load
from bench.load.measured import Measured, begin, during, finish, measure, measured, percentile
from bench.load.questions import answered_questions
from bench.load.tables import Cell, Figure, Floor, load_now

SHARE = 0.7
ASKED_A_SECOND = 20.0
"""Streams that are timed, beside the load: they are a part of it."""

LONGEST = 100.0
"""Milliseconds: a customer takes it for at once."""


def acknowledgements(folder: Path, at_once: int, seconds: float) -> Figure:
    """The best rate is measured anew right before: it warms up, and what else the machine does has changed."""
    before = load_now()
    with fleet(settings_in(folder), ALONE) as serving:
        questions = answered_questions(serving.web[0])
        most = Load(addresses=serving.web, questions=questions, seconds=seconds, concurrency=at_once)
        best = max(measure(most, serving.processes).rate for _ in range(2))
        some = Load(addresses=serving.web, questions=questions, seconds=seconds, rate=_beside_streams(best))
        rows = [
            _row(f"at {SHARE:.0%} of {best:.0f} turns/s", serving, questions, some),
            _row(f"at saturation, {at_once} at once", serving, questions, most),
        ]
    floors = [
        Floor(
            name=f"Acknowledged {row['acknowledged']}, p95 ms",
            value=float(row["p95 ms"]),
            bound=LONGEST,
            at_least=False,
        )
        for row in rows
    ]
    title = "3  From sending to `accepted` under load (SQLite, 1 process)"
    return Figure(title=title, rows=rows, floors=floors, load=(before, load_now()))


def _beside_streams(best: float) -> float:
    """A second, so that all together are the share of the best."""
    return max(SHARE * best - ASKED_A_SECOND, 1.0)


def _row(name: str, serving: Fleet, questions: Sequence[str], load: Load) -> dict[str, Cell]:
    timed = Load(addresses=serving.web, questions=questions, seconds=load.seconds, rate=ASKED_A_SECOND, streamed=True)
    with during(serving.processes) as spent:
        both = begin(load), begin(timed)
        under, asked = (finish(process) for process in both)
    return _cells(name, measured(load, under, spent), measured(timed, asked, spent))


def _cells(name: str, under: Measured, asked: Measured) -> dict[str, Cell]:
    shares = {f"p{share} ms": 1000 * percentile(asked.accepted, share) for share in (50, 95, 99)}
    return {
        "acknowledged": name,
        **shares,
        "streams": len(asked.accepted),
        "turns/s in all": under.rate + asked.rate,
        "generator's": under.own_cpu / under.elapsed,
        "all busy %": 100 * under.machine,
    }
