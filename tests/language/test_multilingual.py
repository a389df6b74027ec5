"""The vectors of many languages, as shipped with the requirements."""

import numpy as np
import pytest

from app.language.multilingual import Multilingual


@pytest.fixture(scope="module")
def encoder() -> Multilingual:
    return Multilingual()


def test_the_same_question_is_near_in_any_language(encoder: Multilingual) -> None:
    texts = ["I want to cancel my subscription", "Quiero cancelar mi suscripción", "Der Wasserkocher ist kaputt"]

    english, spanish, other = np.asarray(encoder.embed(texts))

    assert english @ spanish > 0.6 > 0.3 > english @ other


def test_vectors_are_of_length_one(encoder: Multilingual) -> None:
    rows = np.asarray(encoder.embed(["Bonjour", "x" * 10_000]))

    assert rows.shape == (2, Multilingual.dimensions)
    assert np.allclose(np.linalg.norm(rows, axis=1), 1, atol=1e-3)
