"""Vectors of the training sentences; embedding them takes most of the time, so they are kept beside the model."""

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from app.language.embeddings import MiniLm
from app.language.model_store import ModelFiles

KEPT = "training_vectors.npz"


def embedded(texts: list[str], model: Path) -> NDArray[np.float32]:
    """Unit rows in the order of `texts`; `model` is the folder with the weights and tokenizer of all-MiniLM-L6-v2."""
    known = _known(model / KEPT)
    if missing := sorted(set(texts) - known.keys()):
        files = ModelFiles(weights=model / "model.safetensors", tokenizer=model / "tokenizer.json")
        known |= dict(zip(missing, np.asarray(MiniLm(files).embed(missing), np.float32), strict=True))
        np.savez(model / KEPT, texts=np.array([*known]), vectors=np.array([*known.values()]))
    return np.array([known[text] for text in texts])


def _known(file: Path) -> dict[str, NDArray[np.float32]]:
    if not file.exists():
        return {}
    with np.load(file, allow_pickle=False) as held:
        return dict(zip(held["texts"].tolist(), held["vectors"], strict=True))
