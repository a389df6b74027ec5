"""How sure we are that the passages found hold the answer."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp

from app.knowledge.ranking import Candidate

FIRST = 3
RIVALS = 5
CROWD = 50


@dataclass(frozen=True, kw_only=True)
class Signs:
    """What speaks for an answer or against it. `similarity` and `coverage` of the last message's words are the highest
    among the first three passages, `lexical` is that of the first. `margin` is how far its score stands out over the
    best of five other articles, `prominence` over the fifty best passages of all. `unknown` is the share of the last
    message's weighty words that no passage holds."""

    similarity: float
    lexical: float
    coverage: float
    margin: float
    prominence: float
    unknown: float


@dataclass(frozen=True, kw_only=True)
class Weights:
    """A logistic's weights: 0.5 is reached where the weighted signs come to `threshold`."""

    similarity: float
    lexical: float
    coverage: float
    margin: float
    prominence: float
    unknown: float
    threshold: float


# Chosen by hand, in round numbers, so that one set serves questions to a manual with sections taken out (eManual),
# conversations with questions that nothing answers (MTRAG-UN), an FAQ with half of its threads taken out, and the
# questions to the sample company in evals/.
HYBRID = Weights(similarity=2.5, lexical=0, coverage=0.7, margin=3.0, prominence=1.5, unknown=-1.0, threshold=2.5)
WORDS_ALONE = Weights(similarity=0, lexical=0.7, coverage=0.8, margin=1.3, prominence=0.7, unknown=-0.5, threshold=1.7)


def answerable(signs: Signs, weights: Weights) -> float:
    """0..1"""
    total = (
        weights.similarity * signs.similarity
        + weights.lexical * signs.lexical
        + weights.coverage * signs.coverage
        + weights.margin * signs.margin
        + weights.prominence * signs.prominence
        + weights.unknown * signs.unknown
        - weights.threshold
    )
    return 1 / (1 + exp(-total))


def signs_of(candidates: Sequence[Candidate], crowd: Sequence[Candidate], unknown: float) -> Signs:
    """From the passages that may be shown, best first, at least one, and all that were found."""
    first = candidates[0]
    leading = candidates[:FIRST]
    return Signs(
        similarity=max((each.similarity for each in leading if each.similarity is not None), default=0.0),
        lexical=first.lexical,
        coverage=max(each.coverage for each in leading),
        margin=first.score - _mean(_best_of_other_articles(first, crowd)),
        prominence=first.score - _mean([each.score for each in crowd[:CROWD]]),
        unknown=unknown,
    )


def _best_of_other_articles(first: Candidate, crowd: Sequence[Candidate]) -> list[float]:
    best: dict[str, float] = {}
    for each in crowd:
        if each.article_id != first.article_id and each.score <= first.score:
            best.setdefault(each.article_id, each.score)
        if len(best) == RIVALS:
            break
    return list(best.values())


def _mean(scores: Sequence[float]) -> float:
    return sum(scores) / len(scores) if scores else 0.0
