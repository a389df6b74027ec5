"""The vectors of many languages, as shipped with the requirements."""

import numpy as np

from app.language.multilingual import Multilingual


def test_the_same_question_is_near_in_any_language() -> None:
    texts = ["I want to cancel my subscription", "Quiero cancelar mi suscripción", "Der Wasserkocher ist kaputt"]

    english, spanish, other = np.asarray(Multilingual().embed(texts))

    assert english @ spanish > 0.6 > 0.3 > english @ other


def test_vectors_are_of_length_one() -> None:
    rows = np.asarray(Multilingual().embed(["Bonjour", "x" * 10_000]))

    assert rows.shape == (2, Multilingual.dimensions)
    assert np.allclose(np.linalg.norm(rows, axis=1), 1, atol=1e-3)
