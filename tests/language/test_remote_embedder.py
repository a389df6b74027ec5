"""The embeddings of a server, asked over a real loopback connection."""

import json
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import numpy as np
import pytest

from app.care.lookup import EmbeddingUnavailableError
from app.language.embeddings import RemoteEmbedder


class EmbeddingServer(ThreadingHTTPServer):
    """Answers each text with (its length, 3, 0); records what it was asked. `mood` makes it fail."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), EmbeddingHandler)
        self.questions: list[dict] = []
        self.keys: list[str | None] = []
        self.mood = "well"

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/v1"


class EmbeddingHandler(BaseHTTPRequestHandler):
    server: EmbeddingServer

    def do_POST(self) -> None:
        question = json.loads(self.rfile.read(int(self.headers["content-length"])))
        self.server.questions.append({"path": self.path, **question})
        self.server.keys.append(self.headers["authorization"])
        getattr(self, self.server.mood)(question)

    def well(self, question: dict) -> None:
        data = [{"index": i, "embedding": [len(text), 3, 0]} for i, text in enumerate(question["input"])]
        self._answer(200, json.dumps({"data": data[::-1]}).encode())

    def broken(self, question: dict) -> None:
        self._answer(500, b"{}")

    def babbling(self, question: dict) -> None:
        self._answer(200, b"<html>")

    def forgetful(self, question: dict) -> None:
        self._answer(200, b'{"data": []}')

    def pointless(self, question: dict) -> None:
        self._answer(200, b'{"data": [{"index": 0, "embedding": [0, 0, 0]}]}')

    def slow(self, question: dict) -> None:
        time.sleep(1)

    def dripping(self, question: dict) -> None:
        """Never long enough silent for a timeout of each step."""
        self.send_response(200)
        self.end_headers()
        for _ in range(20):
            self.wfile.write(b" ")
            self.wfile.flush()
            time.sleep(0.05)

    def _answer(self, status: int, body: bytes) -> None:
        self.send_response(status)
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture
def server() -> Iterator[EmbeddingServer]:
    with EmbeddingServer() as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
        thread.start()
        yield server
        server.shutdown()


@pytest.fixture
def embedder(server: EmbeddingServer) -> Iterator[RemoteEmbedder]:
    embedder = RemoteEmbedder(address=server.address, model="tiny", dimensions=3, key="secret", seconds=0.2)
    yield embedder
    embedder.close()


def test_vectors_come_back_as_unit_rows_in_the_order_of_the_texts(embedder: RemoteEmbedder):
    rows = np.asarray(embedder.embed(["four", ""]))

    np.testing.assert_allclose(rows, [[0.8, 0.6, 0], [0, 1, 0]], atol=1e-6)
    assert rows.dtype == np.float32


def test_the_request_is_openai_s(server: EmbeddingServer, embedder: RemoteEmbedder):
    embedder.embed(["four"])

    assert server.questions == [
        {"path": "/v1/embeddings", "model": "tiny", "input": ["four"], "encoding_format": "float"}
    ]
    assert server.keys == ["Bearer secret"]


def test_the_space_is_named_after_the_model(embedder: RemoteEmbedder):
    assert embedder.id == "remote:tiny"


def test_many_texts_are_sent_in_several_requests(server: EmbeddingServer, embedder: RemoteEmbedder):
    rows = np.asarray(embedder.embed(["x" * number for number in range(40)]))

    assert [len(question["input"]) for question in server.questions] == [32, 8]
    assert rows[39] @ rows[4] < rows[39] @ rows[38]


@pytest.mark.parametrize("mood", ["broken", "babbling", "forgetful", "pointless"])
def test_an_answer_without_vectors_is_a_named_error(server: EmbeddingServer, embedder: RemoteEmbedder, mood: str):
    server.mood = mood

    with pytest.raises(EmbeddingUnavailableError, match=r"/v1/embeddings"):
        embedder.embed(["four"])


@pytest.mark.parametrize("mood", ["slow", "dripping"])
def test_a_query_ends_with_its_time(server: EmbeddingServer, embedder: RemoteEmbedder, mood: str):
    server.mood = mood
    begun = time.monotonic()

    with pytest.raises(EmbeddingUnavailableError):
        embedder.embed(["four"])

    assert time.monotonic() - begun < 0.6


def test_vectors_of_another_size_are_refused(server: EmbeddingServer):
    embedder = RemoteEmbedder(address=server.address, model="tiny", dimensions=4)

    with pytest.raises(EmbeddingUnavailableError, match=r"\(1, 3\) vectors, not \(1, 4\)"):
        embedder.embed(["four"])

    embedder.close()


def test_an_unreachable_server_is_a_named_error(server: EmbeddingServer, embedder: RemoteEmbedder):
    server.shutdown()
    server.server_close()

    with pytest.raises(EmbeddingUnavailableError):
        embedder.embed(["four"])
