"""How a customer's words sound: angry, upset, negative; a small linear model whose weights ship beside it."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import exp
from pathlib import Path
from typing import TYPE_CHECKING
from zlib import crc32

from app.language.reading import Reading

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

WEIGHTS = Path(__file__).with_name("feeling.npz")
"""Made by training/feeling.py; NOTICE says from what."""

HEADS = ("angry", "upset", "negative")
LONGEST = 1500
"""Characters that are listened to, from the end: the last words weigh most."""

_CAPITALS = re.compile(r"[A-Z]{3,}")
_WORDS = re.compile(r"[A-Za-z]{3,}")
_SMOOTHING = 4.0
_EVEN = {"message": 1 / 2, "marks": 2.0, "vector": 8.0}
"""Brings the inputs of the last step to about the same size."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Sound:
    """0..1 each, whoever the words are about; 0.5 is where the training data part best."""

    angry: float = 0.0
    upset: float = 0.0
    negative: float = 0.0


def ngrams(reading: Reading) -> list[int]:
    """32-bit hashes of words, pairs and triples of words and of pieces of words, each once."""
    words = ["0" if word.isdigit() else word for word in reading.plain[-LONGEST:].split()]
    hashes = {crc32(piece.encode()) for piece in _together(words)}
    hashes.update(*map(_of_word, set(words)))
    if shouting := _shouting(reading.text):
        hashes.add(crc32(shouting.encode()))
    return list(hashes)


def _together(words: Sequence[str]) -> Iterator[str]:
    ended = ["^", *words, "$"]
    for before, word, after in zip(ended, words, ended[2:], strict=False):
        yield f"b {before} {word}"
        yield f"t {before} {word} {after}"
    yield f"b {ended[-2]} $"


@lru_cache(maxsize=16_384)
def _of_word(word: str) -> tuple[int, ...]:
    pieces = _pieces_of(f"<{word}>") if len(word) > 3 else ()
    return tuple([crc32(piece.encode()) for piece in (f"w {word}", *pieces)])


def _pieces_of(word: str) -> Iterator[str]:
    for size in (3, 4, 5):
        for start in range(len(word) - size + 1):
            yield "c" + word[start : start + size]


def _shouting(text: str) -> str:
    loud, words = len(_CAPITALS.findall(text)), len(_WORDS.findall(text))
    if loud >= 2 and loud > words / 2:
        return "^all capitals"
    return "^some capitals" if loud else ""


class FeelingModel:
    """Two steps: n-grams into one number a head; those, the rules' marks and, where there is one, the message's vector
    into the heads. Without a vector a second set of weights is used."""

    def __init__(self, path: Path = WEIGHTS) -> None:
        """Loads some 400 kB; nothing in it is ever unpickled."""
        import numpy as np

        with np.load(path, allow_pickle=False) as held:
            self._rows: dict[int, int] = {key: row for row, key in enumerate(held["keys"].tolist())}
            self._ngrams: NDArray[np.int8] = held["ngrams"]
            self._scale: NDArray[np.float32] = held["scale"]
            self._bias: NDArray[np.float32] = held["bias"]
            self._alone: NDArray[np.float32] = held["alone"]
            self._with_vector: NDArray[np.float32] = held["with_vector"].astype(np.float32)

    def sound(self, reading: Reading, marks: Sequence[float], vector: Sequence[float] | None = None) -> Sound:
        """`marks` are the rules' scores for angry, upset, pleased, distressed."""
        inputs = stacked(self.first_step(ngrams(reading)), marks, vector)
        weights = self._alone if vector is None else self._with_vector
        return Sound(**{head: _squashed(float(row @ inputs)) for head, row in zip(HEADS, weights, strict=True)})

    def first_step(self, hashes: Sequence[int]) -> "NDArray[np.float32]":
        import numpy as np

        known = [row for key in hashes if (row := self._rows.get(key)) is not None]
        total = self._ngrams[known].sum(axis=0, dtype=np.int32) * self._scale
        return (total / np.sqrt(len(known) + _SMOOTHING) + self._bias).astype(np.float32)


def stacked(
    first: "NDArray[np.float32]", marks: Sequence[float], vector: Sequence[float] | None
) -> "NDArray[np.float32]":
    """The inputs of the second step; the last but for the vector is 1, for the bias."""
    import numpy as np

    parts = [first * _EVEN["message"], np.array(marks, np.float32) * _EVEN["marks"], np.ones(1, np.float32)]
    if vector is not None:
        parts.append(np.asarray(vector, np.float32) * _EVEN["vector"])
    return np.concatenate(parts)


def _squashed(logit: float) -> float:
    return 1 / (1 + exp(-max(-30.0, min(30.0, logit))))
