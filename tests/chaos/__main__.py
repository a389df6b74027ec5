"""Load, faults and the checker, in rounds: `python -m tests.chaos --help`. Exit status 1 on findings."""

import argparse
import asyncio
import json
import logging
import random
import shutil
import sys
import tempfile
import time
from pathlib import Path

from tests.chaos.processes import command, end_in_order, environment
from tests.chaos.report import Report
from tests.chaos.round import Plan, run_round

DATABASES = {"sqlite": ("sqlite",), "postgres": ("postgres",), "both": ("sqlite", "postgres")}


def main() -> None:
    options = _options()
    end_in_order()
    logging.disable(logging.CRITICAL)  # of the receiver's and the client's libraries: what counts is in the journals
    folder = Path(tempfile.mkdtemp(prefix="careline-chaos-"))
    print(f"seed {options.seed}, journals in {folder}", flush=True)
    reports = asyncio.run(_run(options, folder))
    if options.json:
        options.json.write_text(json.dumps([report.as_json() for report in reports], indent=2))
    findings = sum(len(report.findings) for report in reports)
    print(f"{sum(r.acknowledged for r in reports)} messages acknowledged, {findings} findings")
    if not findings and not options.keep:
        shutil.rmtree(folder)
    sys.exit(1 if findings else 0)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.chaos", description=__doc__)
    parser.add_argument("--messages", type=int, default=2_000, help="in all (%(default)s)")
    parser.add_argument("--kills", type=int, default=10, help="kill -9 in all, other faults beside them (%(default)s)")
    parser.add_argument("--round", type=int, default=5_000, help="messages of a round, at most (%(default)s)")
    parser.add_argument("--seconds", type=float, default=1_800, help="longest load of a round (%(default)s)")
    parser.add_argument("--database", choices=DATABASES, default="both", help="(%(default)s)")
    parser.add_argument("--at-once", type=int, default=40, help="customers and senders at a time (%(default)s)")
    parser.add_argument("--seed", default=str(random.SystemRandom().randrange(10**6)), help="of every random choice")
    parser.add_argument("--json", type=Path, help="file for the reports")
    parser.add_argument("--keep", action="store_true", help="keep the journals also without findings")
    return parser.parse_args()


async def _run(options: argparse.Namespace, folder: Path) -> list[Report]:
    knowledge = folder / "knowledge"
    command(["ingest", "knowledge_base"], environment(knowledge, CARELINE_EMBEDDER="none"))
    reports: list[Report] = []
    for plan in _plans(options, folder, knowledge):
        reports.append(await run_round(plan))
        print(f"{time.strftime('%H:%M:%S')} {reports[-1].as_text()}", flush=True)
    return reports


def _plans(options: argparse.Namespace, folder: Path, knowledge: Path) -> list[Plan]:
    """Databases take turns, and so do the model and the extractive answers."""
    databases = DATABASES[options.database]
    rounds = max(len(databases), -(-options.messages // options.round))
    return [
        Plan(
            database=databases[number % len(databases)],
            messages=options.messages // rounds,
            kills=max(1, options.kills // rounds),
            seconds=options.seconds,
            seed=f"{options.seed}.{number}",
            at_once=options.at_once,
            model=number // len(databases) % 2 == 0,
            folder=folder / f"round-{number}",
            knowledge=knowledge,
        )
        for number in range(rounds)
    ]


if __name__ == "__main__":
    main()
