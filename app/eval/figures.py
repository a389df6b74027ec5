"""What figures mean: of rankings, of scores that part two classes, of decisions. Pure functions."""

from collections.abc import Collection, Mapping, Sequence
from itertools import groupby
from math import log2


def reciprocal_rank(ranked: Sequence[str], relevant: Collection[str]) -> float:
    """1 divided by the place of the first relevant one, 0 where there is none."""
    return next((1 / place for place, id in enumerate(ranked, start=1) if id in relevant), 0.0)


def hit(ranked: Sequence[str], relevant: Collection[str]) -> float:
    """1 if the first is relevant."""
    return float(bool(ranked) and ranked[0] in relevant)


def recall(ranked: Sequence[str], relevant: Collection[str], depth: int) -> float:
    """The share of the relevant ones among the first `depth`. `relevant` must not be empty."""
    wanted = set(relevant)
    return len(wanted & set(ranked[:depth])) / len(wanted)


def ndcg(ranked: Sequence[str], gains: Mapping[str, float], depth: int) -> float:
    """Normalised discounted cumulative gain; ids without a gain count 0. Some gain must be positive."""
    got = [gains.get(id, 0.0) for id in ranked[:depth]]
    best = sorted(gains.values(), reverse=True)[:depth]
    return _discounted(got) / _discounted(best)


def auroc(scores: Sequence[float], positive: Sequence[bool]) -> float:
    """The chance that a positive one scores above a negative one; ties count half. 0.5 when a class is empty."""
    positives = sum(positive)
    negatives = len(positive) - positives
    if not positives or not negatives:
        return 0.5
    won = below = 0.0
    ordered = sorted(zip(scores, positive, strict=True))
    for _, tied in groupby(ordered, key=lambda pair: pair[0]):
        of_class = [is_positive for _, is_positive in tied]
        here = sum(of_class)
        won += here * (below + (len(of_class) - here) / 2)
        below += len(of_class) - here
    return won / (positives * negatives)


def f1(predicted: Sequence[bool], positive: Sequence[bool]) -> float:
    both = sum(p and t for p, t in zip(predicted, positive, strict=True))
    return 2 * both / (sum(predicted) + sum(positive)) if both else 0.0


def best_f1(scores: Sequence[float], positive: Sequence[bool]) -> float:
    """F1 at the threshold that suits these very scores best: what they allow, not what was decided."""
    best = 0.0
    hits = taken = 0
    total = sum(positive)
    ordered = sorted(zip(scores, positive, strict=True), reverse=True)
    for _, tied in groupby(ordered, key=lambda pair: pair[0]):
        of_class = [is_positive for _, is_positive in tied]
        hits += sum(of_class)
        taken += len(of_class)
        best = max(best, 2 * hits / (taken + total))
    return best


def average_precision(scores: Sequence[float], positive: Sequence[bool]) -> float:
    """The mean of the precisions at each positive one, tied ones taken together."""
    hits = taken = 0
    summed = 0.0
    ordered = sorted(zip(scores, positive, strict=True), reverse=True)
    for _, tied in groupby(ordered, key=lambda pair: pair[0]):
        of_class = [is_positive for _, is_positive in tied]
        hits += sum(of_class)
        taken += len(of_class)
        summed += sum(of_class) * hits / taken
    return summed / hits if hits else 0.0


def recall_at_false_alarms(scores: Sequence[float], positive: Sequence[bool], share: float) -> float:
    """The share of positives above a threshold that at most `share` of the negatives pass."""
    negatives = sorted((s for s, is_positive in zip(scores, positive, strict=True) if not is_positive), reverse=True)
    allowed = int(share * len(negatives))
    threshold = negatives[allowed] if allowed < len(negatives) else float("-inf")
    above = [score > threshold for score, is_positive in zip(scores, positive, strict=True) if is_positive]
    return sum(above) / len(above) if above else 0.0


def precision(answered: Sequence[bool], truth: Sequence[bool]) -> float:
    """The share of the true ones among those answered; 1 where none is, for nothing wrong was said."""
    right = [is_true for said, is_true in zip(answered, truth, strict=True) if said]
    return sum(right) / len(right) if right else 1.0


def recall_at_precision(scores: Sequence[float], positive: Sequence[bool], least: float) -> float:
    """The largest share of the positives that some threshold lets pass while so much of what passes is positive; tied
    ones pass together."""
    hits = taken = most = 0
    ordered = sorted(zip(scores, positive, strict=True), reverse=True)
    for _, tied in groupby(ordered, key=lambda pair: pair[0]):
        of_class = [is_positive for _, is_positive in tied]
        hits += sum(of_class)
        taken += len(of_class)
        most = hits if hits >= least * taken else most
    return most / sum(positive) if most else 0.0


def mean(values: Sequence[float]) -> float:
    return sum(values) / len(values) if values else 0.0


def _discounted(gains: Sequence[float]) -> float:
    return sum(gain / log2(place + 1) for place, gain in enumerate(gains, start=1))
