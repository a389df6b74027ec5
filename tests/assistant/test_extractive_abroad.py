"""A question in another language than the passages': the right sentences are quoted, in the article's own words."""

from collections.abc import Sequence

import pytest

from app.assistant.extractive import ExtractiveAnswerer, answerers_abroad
from app.language.interpreter import Interpreter
from app.language.sentences import split_sentences
from app.language.terms import terms
from tests.assistant.writings import drafts, found, writing

KETTLE = """The kettle keeps the water warm for 45 minutes.

The kettle has a warranty of 2 years. Keep the receipt."""
BLEND = "The shop opened in a barn. It was painted green."


class EnglishOnly:
    """An embedder that records what it was asked to read."""

    id = "english"
    dimensions = 2

    def __init__(self) -> None:
        self.read: list[str] = []

    def embed(self, texts: Sequence[str]) -> Sequence[Sequence[float]]:
        self.read += texts
        return [(1.0, 0.0) if "warranty" in text else (0.0, 1.0) for text in texts]


def answerer(english: EnglishOnly | None = None) -> ExtractiveAnswerer:
    abroad = answerers_abroad(Interpreter(), split_sentences, ("en", "de", "fr", "es"), english=english)
    return ExtractiveAnswerer(terms=terms, split=split_sentences, abroad=abroad)


@pytest.mark.parametrize(
    ("question", "language"),
    [
        ("Wie lange habe ich Garantie?", "de"),
        ("Quelle est la durée de la garantie ?", "fr"),
        ("¿Cuánto dura la garantía?", "es"),
    ],
)
async def test_the_sentence_that_answers_is_quoted_in_its_own_words(question: str, language: str) -> None:
    passages = (found(BLEND, id="p2", article="a2"), found(KETTLE, title=("Kettle",)))

    said = await drafts(answerer(), writing(question, *passages, language=language))

    assert "The kettle has a warranty of 2 years." in [draft.text for draft in said]
    assert not [draft for draft in said if "barn" in draft.text]


async def test_an_embedder_that_reads_english_is_asked_in_english_words() -> None:
    english = EnglishOnly()

    await drafts(answerer(english), writing("Garantie Wasserkocher", found(KETTLE), language="de"))

    assert "warranty kettle" in english.read


async def test_a_question_in_the_passages_language_is_compared_as_ever() -> None:
    english = EnglishOnly()

    said = await drafts(answerer(english), writing("How long is the warranty?", found(KETTLE), language="en"))

    assert "The kettle has a warranty of 2 years." in [draft.text for draft in said]
    assert english.read == []
