"""The short form, for every build: both databases with every kind of fault, the service that acknowledges too early,
and some disconnects. `python -m tests.chaos.short`; exit status 1 unless all is as it must be."""

import argparse
import asyncio
import logging
import random
import shutil
import sys
import tempfile
import time
from pathlib import Path

from tests.chaos.disconnects import Tally, both
from tests.chaos.postgres import NoPostgresError, programs
from tests.chaos.processes import command, end_in_order, environment
from tests.chaos.report import Report
from tests.chaos.round import Plan, run_round
from tests.chaos.rules_of_conversations import (
    every_acknowledged_reply_of_an_agent_exists_once,
    no_acknowledged_message_is_lost,
)

SECONDS = 180.0
DISCONNECTS = 200


def plan_of(database: str, seed: str, folder: Path) -> Plan:
    return Plan(
        database=database,
        messages=300,
        kills=3,
        seconds=SECONDS,
        seed=f"{seed}.{database}",
        at_once=24,
        model=True,
        folder=folder / database,
        knowledge=folder / "knowledge",
    )


def eager_plan(seed: str, folder: Path) -> Plan:
    """The variant has to lose something within some kills."""
    return Plan(
        database="sqlite",
        messages=400,
        kills=6,
        seconds=45.0,
        seed=f"{seed}.eager",
        at_once=40,
        model=False,
        folder=folder,
        knowledge=folder.parent / "knowledge",
        module="tests.chaos.variant",
        others=False,
        patience=10.0,
    )


def losses(report: Report) -> int:
    """Of customers and of agents."""
    rules = {no_acknowledged_message_is_lost.__name__, every_acknowledged_reply_of_an_agent_exists_once.__name__}
    return sum(finding.rule in rules for finding in report.findings)


async def run(seed: str, folder: Path) -> tuple[list[Report], Report, list[tuple[str, Tally]]]:
    """The two databases beside each other: much of the time they wait for leases to run out."""
    command(["ingest", "knowledge_base"], environment(folder / "knowledge", CARELINE_EMBEDDER="none"))
    reports = await asyncio.gather(*(run_round(plan_of(database, seed, folder)) for database in ("sqlite", "postgres")))
    eager, tallies = await asyncio.gather(_eager(seed, folder), both(DISCONNECTS, seed))
    return reports, eager, tallies


async def _eager(seed: str, folder: Path) -> Report:
    """A kill may hit an instant in which nothing was acknowledged too early: once more, then."""
    report = await run_round(eager_plan(seed, folder / "eager"))
    return report if losses(report) else await run_round(eager_plan(f"{seed}.again", folder / "eager-again"))


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.chaos.short", description=__doc__)
    parser.add_argument("--seed", default=str(random.SystemRandom().randrange(10**6)), help="of every random choice")
    options = parser.parse_args()
    end_in_order()
    try:
        programs()
    except NoPostgresError as error:
        sys.exit(str(error))
    logging.disable(logging.CRITICAL)
    folder, began = Path(tempfile.mkdtemp(prefix="careline-chaos-")), time.monotonic()
    print(f"seed {options.seed}, journals in {folder}", flush=True)
    reports, eager, tallies = asyncio.run(run(options.seed, folder))
    bad = _print(reports, eager, tallies)
    print(f"{time.monotonic() - began:.0f} s")
    if not bad:
        shutil.rmtree(folder)
    sys.exit(1 if bad else 0)


def _print(reports: list[Report], eager: Report, tallies: list[tuple[str, Tally]]) -> bool:
    """Whether anything is not as it must be."""
    for report in reports:
        print(report.as_text())
    print(f"the service that acknowledges before the commit: {losses(eager)} acknowledged messages lost, as must be")
    for what, tally in tallies:
        print(tally.as_text(what))
    found = any(report.findings for report in reports)
    return found or not losses(eager) or any(tally.unequal or not tally.equal for _, tally in tallies)


if __name__ == "__main__":
    main()
