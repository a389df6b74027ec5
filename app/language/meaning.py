"""What the vector of a message says that no rule has words for; a linear model whose weights ship beside it."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from numpy.typing import NDArray

WEIGHTS = Path(__file__).with_name("meaning.npz")
"""Made by training/meaning.py."""

HEADS = ("wish", "danger", "distressed", "angry", "unhappy", "pleased")


@dataclass(frozen=True, kw_only=True, slots=True)
class Meaning:
    """0..1 each; from 0.5 on hardly one calm question in a thousand lies. `angry` is anger at the company."""

    wish: float = 0.0
    danger: float = 0.0
    distressed: float = 0.0
    angry: float = 0.0
    unhappy: float = 0.0
    pleased: float = 0.0


class MeaningModel:
    def __init__(self, path: Path = WEIGHTS) -> None:
        import numpy as np

        with np.load(path, allow_pickle=False) as held:
            self._weights: NDArray[np.float32] = held["weights"].astype(np.float32)
            self._bias: NDArray[np.float32] = held["bias"]

    @property
    def dimensions(self) -> int:
        """Of the vectors that it was trained with (all-MiniLM-L6-v2); others are of no use to it."""
        return self._weights.shape[1]

    def meaning(self, vector: Sequence[float]) -> Meaning:
        import numpy as np

        logits = self._weights @ np.asarray(vector, np.float32) + self._bias
        return Meaning(**{head: 1 / (1 + exp(-float(logit))) for head, logit in zip(HEADS, logits, strict=True)})
