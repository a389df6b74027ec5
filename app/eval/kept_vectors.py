"""Vectors kept on disk between two measurements: embedding every corpus takes minutes."""

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, cast

from app.care.lookup import Embedder

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

SAVE_AFTER = 2000
"""New vectors; what came since the last saving is lost when measuring is broken off."""


class KeptVectors:
    """An embedder that asks another only for texts that are not in its folder yet."""

    def __init__(self, embedder: Embedder, folder: Path) -> None:
        self.id = embedder.id
        self.dimensions = embedder.dimensions
        self._embedder = embedder
        self._file = folder / f"vectors-{hashlib.sha256(embedder.id.encode()).hexdigest()[:12]}.npz"
        self._kept = _loaded(self._file)
        self._fresh = 0

    def embed(self, texts: Sequence[str]) -> Sequence[Sequence[float]]:
        import numpy as np

        keys = [hashlib.sha256(text.encode()).hexdigest() for text in texts]
        missing = {key: text for key, text in zip(keys, texts, strict=True) if key not in self._kept}
        for start in range(0, len(missing), SAVE_AFTER):
            self._add(dict(list(missing.items())[start : start + SAVE_AFTER]))
        return cast(Sequence[Sequence[float]], np.array([self._kept[key] for key in keys], np.float32))

    def save(self) -> None:
        import numpy as np

        if not self._fresh:
            return
        self._file.parent.mkdir(parents=True, exist_ok=True)
        part = self._file.with_suffix(".part.npz")
        np.savez(part, keys=np.array(list(self._kept)), vectors=np.array(list(self._kept.values()), np.float32))
        part.replace(self._file)
        self._fresh = 0

    def _add(self, texts: dict[str, str]) -> None:
        import numpy as np

        rows = np.asarray(self._embedder.embed(list(texts.values())), np.float32)
        self._kept.update(zip(texts, rows, strict=True))
        self._fresh += len(texts)
        if self._fresh >= SAVE_AFTER:
            self.save()


def _loaded(file: Path) -> "dict[str, NDArray[np.float32]]":
    import numpy as np

    if not file.exists():
        return {}
    with np.load(file, allow_pickle=False) as kept:
        return dict(zip(kept["keys"].tolist(), kept["vectors"], strict=True))
