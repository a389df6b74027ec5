"""Whether one statement carries what is said: all the rules, one after the other, those that doubt most often first."""

from collections.abc import Callable, Sequence

from app.domain.grounding import Doubts, Evidence, Match, Said
from app.domain.grounding_fit import Fit
from app.domain.grounding_subjects import actor_doubts, crossed_doubts, joint_doubts, name_doubts, subject_doubts
from app.domain.grounding_values import binding_doubts, column_doubts, order_doubts, value_doubts
from app.domain.grounding_words import (
    condition_doubts,
    limit_doubts,
    missing_doubts,
    mode_doubts,
    negation_doubts,
    opposite_doubts,
    substitution_doubts,
    thin_doubts,
)

Rules = Sequence[Callable[[Fit], Doubts]]

RULES: Rules = (
    value_doubts,
    missing_doubts,
    limit_doubts,
    subject_doubts,
    thin_doubts,
    negation_doubts,
    condition_doubts,
    mode_doubts,
    opposite_doubts,
    actor_doubts,
    joint_doubts,
    name_doubts,
    crossed_doubts,
    binding_doubts,
    column_doubts,
    order_doubts,
    substitution_doubts,
)

RULES_OF_STEPS = tuple(rule for rule in RULES if rule is not thin_doubts)
"""One of several steps may be told in few of its words: those beside it tell which list is meant."""


def match(said: Said, evidence: Evidence, rules: Rules = RULES) -> Match:
    """Compares what is said with one statement, as far as the first rule that doubts."""
    return Match(evidence=evidence, doubts=doubts_of(Fit(said, evidence), rules))


def doubts_of(fit: Fit, rules: Rules = RULES) -> Doubts:
    """Those of the first rule that has any."""
    for rule in rules:
        if doubts := rule(fit):
            return doubts
    return ()
