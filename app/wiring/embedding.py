"""The parts that embed in the background."""

import os
import sys
from dataclasses import replace
from pathlib import Path

from app.care.embedding import EmbeddingDue
from app.care.ingesting import Ingesting
from app.config import ROOT, Settings
from app.language.embedding_process import EmbeddingProcess
from app.wiring.answering import AnsweringParts

ELSEWHERE = Path("/")
"""A folder without a `.env`, which was read already."""

MOST_THREADS = 4
"""On the command line: one for each processor, as far as this."""


def embedding_due(parts: AnsweringParts, *, in_a_process: bool) -> EmbeddingDue:
    """A server's vectors cost no processor time here: they are waited for in the worker. `in_a_process` keeps local
    ones out of a process that replies; without it this is the command line, where somebody waits for them."""
    settings = parts.settings
    is_local = settings.embedder == "local"
    process = _process(settings) if in_a_process and is_local else None
    ingesting = _in_threads(parts) if is_local and not in_a_process else parts.ingesting
    return EmbeddingDue(ingesting=ingesting, chores=parts.chores, owner=parts.owner, process=process)


def _in_threads(parts: AnsweringParts) -> Ingesting:
    from app.language.embeddings import InThreads

    threads = min(MOST_THREADS, _processors())
    if parts.embedder_alone is None or threads == 1:
        return parts.ingesting
    return replace(parts.ingesting, embedder=InThreads(parts.embedder_alone, threads))


def _processors() -> int:
    """Those that this process may use, where the system tells."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _process(settings: Settings) -> EmbeddingProcess:
    return EmbeddingProcess([sys.executable, "-m", "app.embed_child"], _environment(settings), ELSEWHERE)


def _environment(settings: Settings) -> dict[str, str]:
    """The settings that it needs, none of the secrets that it does not; one thread for each library that would take
    as many as there are processors."""
    mine = {
        "CARELINE_DATABASE_URL": settings.records_url,
        "CARELINE_EMBEDDER": "local",
        "CARELINE_MODELS_DIR": str(settings.models_dir.absolute()),
        "CARELINE_MINILM_DIR": str(settings.minilm_dir.absolute()) if settings.minilm_dir else "",
        "CARELINE_LOG_LEVEL": settings.log_level,
        "CARELINE_LOG_FORMAT": settings.log_format,
        "OMP_NUM_THREADS": "1",
        "OPENBLAS_NUM_THREADS": "1",
        "RAYON_NUM_THREADS": "1",
        "TOKENIZERS_PARALLELISM": "false",
        "PYTHONPATH": str(ROOT),
    }
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("CARELINE_", "OPENAI_"))}
    return kept | mine
