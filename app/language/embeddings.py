"""Texts into unit vectors: all-MiniLM-L6-v2 on onnxruntime, or an OpenAI-compatible server."""

import os
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, cast

from pydantic import BaseModel, ValidationError

from app.care.lookup import Embedder, EmbeddingUnavailableError
from app.language.model_store import ModelFiles, ModelUnavailableError

if TYPE_CHECKING:
    import httpx2
    import numpy as np
    from numpy.typing import NDArray

Vectors = Sequence[Sequence[float]]

GRAPH = Path(__file__).with_name("minilm.onnx")
LONGEST = 256  # tokens the model was trained with; what follows is not read
TOKENS_A_BATCH = 512  # more only spills the processor's caches: fewer passages a second, more memory
TEXTS_A_BATCH = 32


class MiniLm:
    """all-MiniLM-L6-v2 (English, 384 dimensions); may be called from several threads.

    One thread a call keeps queries from competing for cores; bulk work may be shared out, see `InThreads`."""

    id = "all-MiniLM-L6-v2@1110a243"
    dimensions = 384

    def __init__(self, files: ModelFiles) -> None:
        """Loads the weights, some 0.3 s. Raises ModelUnavailableError when they are not where `files` says."""
        missing = [str(path) for path in (files.weights, files.tokenizer) if not path.is_file()]
        if missing:
            raise ModelUnavailableError(f"no such file: {', '.join(missing)}")
        self._graph = _open_graph(files.weights.parent)
        self._tokenizer = _open_tokenizer(files.tokenizer)

    def embed(self, texts: Sequence[str]) -> Vectors:
        """A float32 array (texts, 384) of unit rows. Texts of similar length share a batch, to save padding."""
        import numpy as np

        rows = np.zeros((len(texts), self.dimensions), np.float32)
        tokens = [encoding.ids for encoding in self._tokenizer.encode_batch(list(texts))]
        for batch in _batches([len(ids) for ids in tokens]):
            rows[batch] = self._run([tokens[number] for number in batch])
        return cast(Vectors, rows)

    def _run(self, tokens: Sequence[Sequence[int]]) -> "NDArray[np.float32]":
        import numpy as np

        shape = (len(tokens), max(len(ids) for ids in tokens))
        ids, mask = np.zeros(shape, np.int64), np.zeros(shape, np.int64)
        for row, some in enumerate(tokens):
            ids[row, : len(some)] = some
            mask[row, : len(some)] = 1
        return self._graph.run(None, {"input_ids": ids, "attention_mask": mask})[0]


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


class InThreads:
    """An embedder that shares out many texts among threads, where nobody waits for the processors. Whole texts cost no
    more that way; threads within a step of the graph take a fifth more of the processors' time."""

    def __init__(self, embedder: Embedder, threads: int) -> None:
        self.id, self.dimensions = embedder.id, embedder.dimensions
        self._embedder = embedder
        self._threads = threads

    def embed(self, texts: Sequence[str]) -> Vectors:
        """A float32 array (texts, dimensions) of unit rows. Raises EmbeddingUnavailableError."""
        import numpy as np

        shares = [texts[first :: self._threads] for first in range(self._threads)]
        rows = np.zeros((len(texts), self.dimensions), np.float32)
        with ThreadPoolExecutor(self._threads, thread_name_prefix="embedding") as pool:
            for first, part in enumerate(pool.map(self._embedder.embed, shares)):
                rows[first :: self._threads] = part
        return cast(Vectors, rows)


class _Graph(Protocol):
    def run(
        self, output_names: None, input_feed: "dict[str, NDArray[np.int64]]", /
    ) -> "Sequence[NDArray[np.float32]]": ...


class _Encoding(Protocol):
    ids: list[int]


class _Tokenizer(Protocol):
    def encode_batch(self, input: list[str], /) -> Sequence[_Encoding]: ...


def _open_graph(folder: Path) -> _Graph:
    """The graph is given as bytes, so onnxruntime is told in which folder the weights lie that it refers to."""
    onnxruntime = _onnxruntime()
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    options.add_session_config_entry("session.model_external_initializers_file_folder_path", str(folder))
    return onnxruntime.InferenceSession(GRAPH.read_bytes(), options, providers=["CPUExecutionProvider"])


def _onnxruntime() -> Any:
    """It ships no types. Since 1.29 it keeps a device id in the home folder and reports to its makers over the network,
    unless it is told not to before it is loaded."""
    os.environ["ORT_DISABLE_TELEMETRY"] = "1"
    return import_module("onnxruntime")


def _open_tokenizer(file: Path) -> _Tokenizer:
    tokenizers: Any = import_module("tokenizers")  # its types are partial
    tokenizer = tokenizers.Tokenizer.from_file(str(file))
    tokenizer.enable_truncation(LONGEST)
    tokenizer.no_padding()
    return tokenizer


class RemoteEmbedder:
    """The embeddings of an OpenAI-compatible server; `address` ends before `/embeddings`."""

    def __init__(
        self, *, address: str, model: str, dimensions: int, key: str | None = None, seconds: float = 0.5
    ) -> None:
        """`seconds` is what one request may take in all: 0.5 for queries, more where passages are embedded."""
        import httpx2

        self.id = f"remote:{model}"
        self.dimensions = dimensions
        self._address = address.rstrip("/") + "/embeddings"
        self._model = model
        self._seconds = seconds
        headers = {"authorization": f"Bearer {key}"} if key else {}
        self._client = httpx2.Client(headers=headers, timeout=seconds)
        self._requests = ThreadPoolExecutor(max_workers=8, thread_name_prefix="embeddings")

    def embed(self, texts: Sequence[str]) -> Vectors:
        """A float32 array (texts, dimensions) of unit rows. Raises EmbeddingUnavailableError."""
        import numpy as np

        rows = np.zeros((len(texts), self.dimensions), np.float32)
        for start in range(0, len(texts), TEXTS_A_BATCH):
            batch = list(texts[start : start + TEXTS_A_BATCH])
            rows[start : start + len(batch)] = self._unit_rows(self._fetch_in_time(batch), len(batch))
        return cast(Vectors, rows)

    def close(self) -> None:
        self._requests.shutdown(wait=False, cancel_futures=True)
        self._client.close()

    def _fetch_in_time(self, texts: list[str]) -> bytes:
        """The client's timeouts hold for each step (resolving a name has none), so the whole is waited for outside."""
        deadline = time.monotonic() + self._seconds
        request = self._requests.submit(self._fetch, texts, deadline)
        try:
            return request.result(self._seconds)
        except TimeoutError as error:
            request.cancel()
            raise EmbeddingUnavailableError(f"{self._address}: no vectors within {self._seconds:g} s") from error
        except Exception as error:  # whatever a foreign server and client come up with
            raise EmbeddingUnavailableError(f"{self._address}: {type(error).__name__}: {error}") from error

    def _fetch(self, texts: list[str], deadline: float) -> bytes:
        question = {"model": self._model, "input": texts, "encoding_format": "float"}
        with self._client.stream("POST", self._address, json=question) as response:
            response.raise_for_status()
            return b"".join(_until(response, deadline))

    def _unit_rows(self, body: bytes, count: int) -> "NDArray[np.float32]":
        import numpy as np

        try:
            found = np.array(_parse_answer(body), np.float32)
        except (ValidationError, ValueError) as error:
            raise EmbeddingUnavailableError(f"{self._address}: not an answer with vectors") from error
        if found.shape != (count, self.dimensions):
            raise EmbeddingUnavailableError(f"{self._address}: {found.shape} vectors, not {(count, self.dimensions)}")
        lengths = np.linalg.norm(found, axis=1, keepdims=True)
        if not np.isfinite(lengths).all() or not lengths.all():
            raise EmbeddingUnavailableError(f"{self._address}: a vector without a direction")
        return found / lengths


def _until(response: "httpx2.Response", deadline: float) -> Iterator[bytes]:
    """A server that drips does not hold its thread for ever."""
    for piece in response.iter_bytes():
        yield piece
        if time.monotonic() > deadline:
            raise TimeoutError


class _Vector(BaseModel):
    index: int
    embedding: list[float]


class _Answer(BaseModel):
    data: list[_Vector]


def _parse_answer(body: bytes) -> list[list[float]]:
    """The vectors in the order of the texts; servers may send them in another. Raises ValidationError."""
    answer = _Answer.model_validate_json(body)
    return [vector.embedding for vector in sorted(answer.data, key=lambda vector: vector.index)]
