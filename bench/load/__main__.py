"""`python -m bench.load`: the figures under load, as tables, and as JSON with `--json FILE`; ends with 1 if a floor is
missed."""

import argparse
import json
import os
import platform
import sys
import time
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

from bench.load.acknowledged import acknowledgements
from bench.load.beside_langchain import beside_langchain
from bench.load.durable import durable_turns
from bench.load.fleet import records_in_files, records_on_postgres
from bench.load.live_streams import live_streams
from bench.load.tables import Figure, print_figure

SECONDS = float(os.environ.get("BENCH_SECONDS", "4"))
"""Of each measurement; there are some forty."""


def main() -> int:
    words = argparse.ArgumentParser(prog="python -m bench.load", description=__doc__)
    words.add_argument("--json", type=Path, metavar="FILE", help="write the figures there too")
    file: Path | None = words.parse_args().json
    print(f"\nUnder load: Python {platform.python_version()}, {os.cpu_count()} cores, {SECONDS:g} s a measurement")
    started = time.monotonic()
    figures = list(_printed(_figures()))
    print(f"\nTook {time.monotonic() - started:.0f} s")
    if file:
        file.write_text(json.dumps([_plain(figure) for figure in figures], indent=1) + "\n", encoding="utf-8")
    return 0 if all(floor.held or floor.is_aim for figure in figures for floor in figure.floors) else 1


def _figures() -> Iterator[Figure]:
    with records_in_files() as folder:
        with records_on_postgres() as postgres:
            figure, best = durable_turns(folder, postgres, SECONDS)
            yield figure
        yield beside_langchain(folder, SECONDS)
        yield acknowledgements(folder, best.at_once, SECONDS)
        yield live_streams(folder, SECONDS)


def _printed(figures: Iterator[Figure]) -> Iterator[Figure]:
    for figure in figures:
        print_figure(figure)
        yield figure


def _plain(figure: Figure) -> dict[str, object]:
    return {**asdict(figure), "floors": [{**asdict(floor), "held": floor.held} for floor in figure.floors]}


sys.exit(main())
