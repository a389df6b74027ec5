"""The committed graph with the published weights."""

from pathlib import Path

import numpy as np
import pytest

from app.language.embeddings import GRAPH, InThreads, MiniLm
from app.language.model_store import ModelFiles, ModelUnavailableError

RESET = "How do I reset my password?"
LOCKED_OUT = "I forgot my login and cannot sign in any more"
FIRST_OF_RESET = (0.0069031, -0.0630234, -0.0720440, -0.0324961, -0.0427094, 0.0704294)
POSTAGE = "What does postage to Norway cost?"


def test_like_sentences_lie_closer_than_unlike_ones(minilm: MiniLm):
    reset, locked_out, postage = np.asarray(minilm.embed([RESET, LOCKED_OUT, POSTAGE]))

    assert reset @ locked_out > 0.4
    assert reset @ postage < 0.2


def test_vectors_are_the_published_model_s(minilm: MiniLm):
    """The first numbers of an independent computation in NumPy with double precision."""
    vector = np.asarray(minilm.embed([RESET]))[0]

    np.testing.assert_allclose(vector[:6], FIRST_OF_RESET, atol=2e-6)


def test_every_text_has_a_unit_row_in_its_place(minilm: MiniLm):
    texts = [RESET, "", "hi", POSTAGE * 40, LOCKED_OUT, "😀 €12.50"]

    together = np.asarray(minilm.embed(texts))

    assert together.shape == (6, minilm.dimensions)
    assert together.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(together, axis=1), 1, atol=1e-5)
    alone = np.concatenate([np.asarray(minilm.embed([text])) for text in texts])
    np.testing.assert_allclose(together, alone, atol=1e-5)


def test_many_texts_keep_their_order(minilm: MiniLm):
    texts = [f"word {'longer ' * (number % 7)}{number}" for number in range(80)]

    rows = np.asarray(minilm.embed(texts))

    for number in (0, 33, 79):
        np.testing.assert_allclose(rows[number], np.asarray(minilm.embed([texts[number]]))[0], atol=1e-5)


@pytest.mark.parametrize("count", [1, 2, 31])
def test_texts_shared_out_among_threads_have_the_same_vectors(minilm: MiniLm, count: int):
    texts = [f"word {'longer ' * (number % 7)}{number}" for number in range(count)]

    rows = np.asarray(InThreads(minilm, 3).embed(texts))

    np.testing.assert_allclose(rows, np.asarray(minilm.embed(texts)), atol=1e-5)


def test_no_texts_give_no_rows(minilm: MiniLm):
    assert np.asarray(minilm.embed([])).shape == (0, 384)
    assert np.asarray(InThreads(minilm, 3).embed([])).shape == (0, 384)


def test_the_graph_holds_no_weights():
    assert GRAPH.stat().st_size < 40_000


def test_missing_weights_are_named(tmp_path: Path):
    files = ModelFiles(weights=tmp_path / "model.safetensors", tokenizer=tmp_path / "tokenizer.json")

    with pytest.raises(ModelUnavailableError, match=r"model\.safetensors"):
        MiniLm(files)
