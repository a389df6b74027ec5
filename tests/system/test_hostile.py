"""Hostile text in questions, articles and profiles, extractive and behind a model that obeys: nothing of it shows."""

from app.eval.parts import rows_of
from evals.trust.hostile import HERE, Hostile, measured


async def test_nothing_that_hostile_text_demands_is_shown() -> None:
    met = await measured(rows_of(HERE / "hostile_a.jsonl", Hostile))

    assert len(met) == 60
    assert [(each.row.id, each.answerer, each.shown) for each in met if each.shown] == []
