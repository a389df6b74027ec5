"""A model server and the whole service, each as a process of its own."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.replies import MODEL
from bench.turns import ARTICLE

ROOT = Path(__file__).parents[1]


@dataclass(frozen=True, kw_only=True)
class Served:
    """Where a process answers, and its id."""

    address: str
    process: int


@contextmanager
def model_server() -> Iterator[Served]:
    with _running([sys.executable, "-m", "tests.fakes.model_server"], clean_environment()) as served:
        yield served


@contextmanager
def service(model_address: str) -> Iterator[Served]:
    """Serves one article from a new folder, by words alone: embedding is a cost of its own."""
    with TemporaryDirectory() as folder:
        articles = Path(folder) / "articles"
        articles.mkdir()
        (articles / "returns.md").write_text(f"---\ntitle: Returns\n---\n\n{ARTICLE}\n", encoding="utf-8")
        settings = {
            "CARELINE_DATA_DIR": str(Path(folder) / "data"),
            "CARELINE_KNOWLEDGE_DIR": str(articles),
            "CARELINE_PORT": "0",
            "CARELINE_MODEL": MODEL,
            "CARELINE_EMBEDDER": "none",
            "CARELINE_LOG_LEVEL": "ERROR",
            "CARELINE_RATE_PER_ADDRESS": "1000000/minute",
            "CARELINE_ANSWERABLE_AT": "0",
            "OPENAI_API_KEY": "bench",
            "OPENAI_BASE_URL": model_address,
        }
        with _running([sys.executable, "-m", "app.cli", "run"], clean_environment() | settings) as served:
            yield served


def clean_environment() -> dict[str, str]:
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("CARELINE_", "OPENAI_"))}
    return clean | {"PYTHONPATH": str(ROOT)}


@contextmanager
def _running(command: list[str], environment: dict[str, str]) -> Iterator[Served]:
    """Until the block ends; the process tells its address in its first line with one."""
    process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    try:
        for line in process.stdout:
            if address := re.search(r"http://\S+", line):
                yield Served(address=address[0], process=process.pid)
                return
        raise RuntimeError(f"{' '.join(command)} ended with {process.wait()} before it served")
    finally:
        process.terminate()
        process.wait(20)
        process.stdout.close()
