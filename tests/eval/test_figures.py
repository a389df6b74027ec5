import pytest

from app.eval.figures import (
    auroc,
    average_precision,
    best_f1,
    f1,
    hit,
    ndcg,
    precision,
    recall,
    recall_at_false_alarms,
    recall_at_precision,
    reciprocal_rank,
)


def test_the_rank_of_the_first_relevant_one_counts():
    assert reciprocal_rank(["a", "b", "c"], {"b", "c"}) == 0.5
    assert reciprocal_rank(["a"], {"z"}) == 0
    assert (hit(["a", "b"], {"b"}), hit(["b"], {"b"}), hit([], {"b"})) == (0, 1, 0)


def test_recall_is_the_share_of_what_was_wanted():
    assert recall(["a", "b", "c"], ["a", "c", "x", "y"], 2) == 0.25


def test_ndcg_of_a_perfect_order_is_one_and_a_late_hit_counts_less():
    gains = {"a": 2.0, "b": 1.0}

    assert ndcg(["a", "b"], gains, 10) == 1
    assert ndcg(["x", "a", "b"], gains, 10) == pytest.approx(0.6697, abs=1e-4)
    assert ndcg(["x", "y"], gains, 10) == 0


def test_auroc_is_the_chance_of_the_right_order():
    truth = [True, True, False, False]

    assert auroc([4, 3, 2, 1], truth) == 1
    assert auroc([1, 2, 3, 4], truth) == 0
    assert auroc([1, 1, 1, 1], truth) == 0.5
    assert auroc([3, 1, 2, 0], truth) == 0.75
    assert auroc([1, 2], [True, True]) == 0.5


def test_f1_regards_misses_and_false_alarms():
    assert f1([True, True, False], [True, False, True]) == 0.5
    assert f1([False], [True]) == 0


def test_the_best_f1_takes_tied_scores_together():
    assert best_f1([0.9, 0.8, 0.1], [True, True, False]) == 1
    assert best_f1([0.5, 0.5, 0.5], [True, False, False]) == 0.5


def test_average_precision_and_recall_at_few_false_alarms():
    scores = [0.9, 0.8, 0.7, 0.6]
    truth = [True, False, True, False]

    assert average_precision(scores, truth) == pytest.approx((1 + 2 / 3) / 2)
    assert recall_at_false_alarms(scores, truth, 0.5) == 1
    assert recall_at_false_alarms(scores, truth, 0) == 0.5


def test_recall_at_a_precision_takes_the_largest_share_that_any_threshold_allows():
    scores = [0.9, 0.8, 0.7, 0.6, 0.5]
    truth = [True, False, True, True, False]

    assert recall_at_precision(scores, truth, 1.0) == pytest.approx(1 / 3)
    assert recall_at_precision(scores, truth, 0.75) == 1
    assert recall_at_precision([0.5, 0.5], [True, False], 0.95) == 0
    assert recall_at_precision([0.5], [False], 0.95) == 0


def test_who_says_nothing_says_nothing_wrong():
    assert precision([True, True, False], [True, False, True]) == 0.5
    assert precision([False], [True]) == 1
