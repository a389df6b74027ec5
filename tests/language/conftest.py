"""The model's weights, where this machine has them: tests that need them say why they are skipped where it has not."""

from pathlib import Path

import pytest

from app.language.embeddings import MiniLm
from app.language.model_store import ModelFiles, find_model

MODELS = Path(__file__).parents[2] / "models"


@pytest.fixture(scope="session")
def minilm_files() -> ModelFiles:
    files = find_model(None, MODELS)
    if files is None:
        pytest.skip("the weights of all-MiniLM-L6-v2 are not here: `careline models pull` fetches them")
    return files


@pytest.fixture(scope="session")
def minilm(minilm_files: ModelFiles) -> MiniLm:
    return MiniLm(minilm_files)
