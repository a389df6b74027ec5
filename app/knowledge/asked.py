"""What is looked up: the customer's last words, coloured by what they said just before."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from app.care.lookup import Embedder, Terms
from app.care.other_words import OtherWords, Renaming, Way, Ways, no_other_words
from app.domain.knowledge import SearchQuestion

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

BEFORE_WEIGHTS = (0.4, 0.2)
"""What the words of the message before count, and of the one before that; the last message counts 1."""

LONGEST = 4000
"""Characters of a message that are read."""


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A question as the indexes read it: `terms` with weights, `own` those of the last message alone, `renamings`
    what else they are called, `ways` those of them that the passages go."""

    terms: dict[str, float]
    own: dict[str, float]
    texts: tuple[str, ...]
    renamings: Sequence[Renaming] = ()
    ways: Ways = field(default_factory=dict[str, tuple[Way, ...]])


def asked_of(question: SearchQuestion, terms: Terms, other_words: OtherWords = no_other_words) -> Asked:
    """`texts` are to be embedded: the last message alone and, if there are any, behind the messages before it."""
    last = question.text[:LONGEST].strip()
    before = [text[:LONGEST].strip() for text in question.before[-len(BEFORE_WEIGHTS) :]]
    own: dict[str, float] = {}
    _add(own, terms(last, question.language), 1.0)
    weighted = dict(own)
    for text, weight in zip(reversed(before), BEFORE_WEIGHTS, strict=False):
        _add(weighted, terms(text, question.language), weight)
    texts = (last, " ".join((*before, last))) if before else (last,)
    renamings = other_words("\n".join((last, *before)), question.language)
    return Asked(terms=weighted, own=own, texts=texts, renamings=renamings)


def vector_of(asked: Asked, embedder: Embedder) -> "NDArray[np.float32]":
    """The mean direction of the texts, a unit vector. Raises EmbeddingUnavailableError."""
    import numpy as np

    mean = np.asarray(embedder.embed(asked.texts), np.float32).sum(axis=0)
    return mean / (float(np.linalg.norm(mean)) or 1.0)


def _add(weights: dict[str, float], terms: list[str], weight: float) -> None:
    for term in terms:
        weights[term] = weights.get(term, 0.0) + weight
