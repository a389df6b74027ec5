"""How sure we are that the passages found hold the answer."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp

from app.knowledge.ranking import Candidate

RIVALS = 9
"""The best passage is set against the mean of so many that follow it."""


@dataclass(frozen=True, kw_only=True)
class Signs:
    """What speaks for an answer: `similarity` of the best three passages, `lexical` strength of the best, the best
    `coverage` of the last message's words among the first three, `margin` of the first score over its rivals."""

    similarity: float
    lexical: float
    coverage: float
    margin: float


@dataclass(frozen=True, kw_only=True)
class Weights:
    """A logistic's weights; `answerable` is 0.5 where their sum is zero."""

    similarity: float
    lexical: float
    coverage: float
    margin: float
    threshold: float


HYBRID = Weights(similarity=4.0, lexical=0.5, coverage=1.5, margin=4.0, threshold=4.5)
WORDS_ALONE = Weights(similarity=0.0, lexical=2.0, coverage=1.5, margin=3.0, threshold=3.0)


def answerable(candidates: Sequence[Candidate], weights: Weights) -> float:
    """0..1 from candidates in their order, best first; 0 when there are none."""
    if not candidates:
        return 0.0
    signs = signs_of(candidates)
    total = (
        weights.similarity * signs.similarity
        + weights.lexical * signs.lexical
        + weights.coverage * signs.coverage
        + weights.margin * signs.margin
        - weights.threshold
    )
    return 1 / (1 + exp(-total))


def signs_of(candidates: Sequence[Candidate]) -> Signs:
    first, *rivals = candidates[: 1 + RIVALS]
    similarities = [candidate.similarity for candidate in candidates[:3] if candidate.similarity is not None]
    rival = sum(candidate.score for candidate in rivals) / len(rivals) if rivals else 0.0
    return Signs(
        similarity=max(similarities, default=0.0),
        lexical=max(candidate.lexical for candidate in candidates),
        coverage=max(candidate.coverage for candidate in candidates[:3]),
        margin=first.score - rival,
    )
