"""Hostile text in questions, articles and profiles, extractive and behind a model that obeys: nothing of it shows."""

import pytest

from app.eval.parts import rows_of
from evals.trust.hostile import HERE, Hostile, measured

pytestmark = pytest.mark.processes


@pytest.mark.parametrize("half", ["a", "b"])
async def test_nothing_that_hostile_text_demands_is_shown(half: str) -> None:
    met = await measured(rows_of(HERE / f"hostile_{half}.jsonl", Hostile))

    assert len(met) == 60
    assert [(each.row.id, each.answerer, each.shown) for each in met if each.shown] == []
