"""Figure 4: 500 live event streams at 50 tokens a second each, beside a bare StreamingResponse of the same."""

import sqlite3
import subprocess
import sys
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bench.load.fleet import processes, settings_in, take_in_articles
from bench.load.measured import during, finish, percentile
from bench.load.paced import ARTICLE, TOKENS_A_SECOND, WORDS
from bench.load.tables import Cell, Figure, Floor, load_now
from bench.service import ROOT, clean_environment

READERS = 500
LEAST = 0.8
TURN_SECONDS = "600"


def live_streams(folder: Path, seconds: float, readers: int = READERS) -> Figure:
    before = load_now()
    settings = settings_in(folder, CARELINE_TURN_SECONDS=TURN_SECONDS)
    _take_in_what_is_said(folder / "said", settings)
    ours, got = _read("ours, checked and committed", "paced_service", "", settings, readers, seconds)
    bare, _ = _read(f"bare, {WORDS} tokens an event", "bare_stream", "sentences", clean_environment(), readers, seconds)
    tokens, _ = _read("bare, a token an event", "bare_stream", "tokens", clean_environment(), readers, seconds)
    lags = _lags(folder / "careline.db", got["arrivals"])
    assert len(lags) == len(got["arrivals"]), "every sentence that a reader had stands in the records"
    of_bare = float(ours["tokens/s"]) / max(float(bare["tokens/s"]), 1.0)
    of_tokens = float(ours["tokens/s"]) / max(float(tokens["tokens/s"]), 1.0)
    return Figure(
        title=f"4  {readers} live streams, {TOKENS_A_SECOND} tokens/s each (SQLite, 1 process)",
        rows=[ours, bare, tokens],
        floors=[Floor(name="Tokens/s, ours of the bare stream's", value=of_bare, bound=LEAST)],
        notes=[
            f"asked for: {readers * TOKENS_A_SECOND} tokens/s",
            f"ours of the bare stream's by single tokens: {of_tokens:.2f}",
            f"{len(lags)} sentences were read, all of them stand in the records",
            f"from handing a sentence to the records until a reader has it: p50 {1000 * percentile(lags, 50):.0f} ms, "
            f"p95 {1000 * percentile(lags, 95):.0f} ms",
        ],
        load=(before, load_now()),
    )


def _take_in_what_is_said(folder: Path, settings: Mapping[str, str]) -> None:
    folder.mkdir(exist_ok=True)
    (folder / "what-we-read.md").write_text(ARTICLE, encoding="utf-8")
    take_in_articles(settings, str(folder))


def _read(
    name: str, module: str, path: str, settings: Mapping[str, str], readers: int, seconds: float
) -> tuple[dict[str, Cell], dict[str, Any]]:
    with processes([[f"bench.load.{module}", str(readers), str(2 * seconds)]], settings) as (served,):
        words = [sys.executable, "-m", "bench.load.readers", served.address, path, str(readers), str(seconds)]
        with during([served.process]) as spent:
            got = finish(subprocess.Popen(words, cwd=ROOT, env=clean_environment(), stdout=subprocess.PIPE, text=True))
    row: dict[str, Cell] = {
        "streams": name,
        "tokens/s": got["tokens"] / seconds,
        "of asked %": 100 * got["tokens"] / seconds / (readers * TOKENS_A_SECOND),
        "CPU s, opening too": spent.cpu,
        "readers' CPU s": got["cpu"],
        "all busy %": 100 * spent.busy,
    }
    return row, got


def _lags(file: Path, arrivals: Mapping[str, float]) -> list[float]:
    """The records keep when each sentence was handed to them, before its commit."""
    with sqlite3.connect(file) as records:
        rows = records.execute(
            "SELECT conversation_id || '/' || seq, at FROM events WHERE kind = 'sentence'"
        ).fetchall()
    return [
        arrivals[place] - datetime.fromisoformat(at).replace(tzinfo=UTC).timestamp()
        for place, at in rows
        if place in arrivals
    ]
