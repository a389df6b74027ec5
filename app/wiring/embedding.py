"""The parts that embed in the background."""

import os
import sys
from pathlib import Path

from app.care.embedding import EmbeddingDue
from app.config import ROOT, Settings
from app.language.embedding_process import EmbeddingProcess
from app.wiring.answering import AnsweringParts

ELSEWHERE = Path("/")
"""A folder without a `.env`, which was read already."""


def embedding_due(parts: AnsweringParts, *, in_a_process: bool) -> EmbeddingDue:
    """A server's vectors cost no processor time here: they are waited for in the worker."""
    settings = parts.settings
    process = _process(settings) if in_a_process and settings.embedder == "local" else None
    return EmbeddingDue(ingesting=parts.ingesting, chores=parts.chores, owner=parts.owner, process=process)


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
