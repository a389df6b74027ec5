"""Texts into unit vectors: all-MiniLM-L6-v2 on onnxruntime, or an OpenAI-compatible server."""

import math
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, cast

from app.care.lookup import EmbeddingUnavailableError
from app.language.model_store import ModelFiles, ModelUnavailableError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from tokenizers import Encoding

Vectors = Sequence[Sequence[float]]

GRAPH = Path(__file__).with_name("minilm.onnx")
LONGEST = 256  # tokens the model was trained with; what follows is not read
TOKENS_A_BATCH = 2048
TEXTS_A_BATCH = 32


class MiniLm:
    """all-MiniLM-L6-v2 (English, 384 dimensions); may be called from several threads.

    One thread a call keeps queries from competing for cores; bulk work may take more."""

    id = "all-MiniLM-L6-v2@1110a243"
    dimensions = 384

    def __init__(self, files: ModelFiles, *, threads: int = 1) -> None:
        """Loads the weights, some 0.3 s. Raises ModelUnavailableError when they are not where `files` says."""
        import onnxruntime
        from tokenizers import Tokenizer

        _check_present(files)
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.inter_op_num_threads = 1
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        # The graph is given as bytes, so onnxruntime must be told where the weights lie that it refers to.
        options.add_session_config_entry("session.model_external_initializers_file_folder_path", str(files.weights.parent))
        self._session = onnxruntime.InferenceSession(GRAPH.read_bytes(), options, providers=["CPUExecutionProvider"])
        self._tokenizer = Tokenizer.from_file(str(files.tokenizer))
        self._tokenizer.enable_truncation(LONGEST)
        self._tokenizer.no_padding()

    def embed(self, texts: Sequence[str]) -> Vectors:
        """A float32 array (texts, 384) of unit rows. Texts of similar length share a batch, to save padding."""
        import numpy as np

        rows = np.zeros((len(texts), self.dimensions), np.float32)
        encodings = self._tokenizer.encode_batch(list(texts)) if texts else []
        for batch in _batches([len(encoding.ids) for encoding in encodings]):
            rows[batch] = self._run([encodings[number] for number in batch])
        return cast(Vectors, rows)

    def _run(self, encodings: "Sequence[Encoding]") -> "NDArray[np.float32]":
        import numpy as np

        shape = (len(encodings), max(len(encoding.ids) for encoding in encodings))
        ids, mask = np.zeros(shape, np.int64), np.zeros(shape, np.int64)
        for row, encoding in enumerate(encodings):
            ids[row, : len(encoding.ids)] = encoding.ids
            mask[row, : len(encoding.ids)] = 1
        return cast("NDArray[np.float32]", self._session.run(None, {"input_ids": ids, "attention_mask": mask})[0])


def _check_present(files: ModelFiles) -> None:
    missing = [str(path) for path in (files.weights, files.tokenizer) if not path.is_file()]
    if missing:
        raise ModelUnavailableError(f"no such file: {', '.join(missing)}")


def _batches(lengths: Sequence[int]) -> Iterator[list[int]]:
    """The numbers of the texts that go together, shortest first, within what a batch may hold."""
    batch: list[int] = []
    for number in sorted(range(len(lengths)), key=lengths.__getitem__):
        full = len(batch) == TEXTS_A_BATCH or (len(batch) + 1) * lengths[number] > TOKENS_A_BATCH
        if batch and full:
            yield batch
            batch = []
        batch.append(number)
    if batch:
        yield batch
