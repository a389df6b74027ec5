"""A model with every fault that there is, behind real sockets: each turn ends in care, in time, and honestly."""

import pytest

from evals.trust.faults import PERSONALITIES, measured

pytestmark = pytest.mark.processes

TURNS = 2


@pytest.mark.parametrize("half", [0, 1])
async def test_no_fault_of_a_model_leaves_a_customer_without_an_honest_end(half: int) -> None:
    met = await measured(TURNS, PERSONALITIES[half::2])

    assert {turned.personality for turned in met} == set(PERSONALITIES[half::2])
    assert [(t.personality, t.end.reply) for t in met if not t.cared_for] == []
    assert [(t.personality, t.end.reply) for t in met if not t.honest] == []
    assert [(t.personality, t.seconds) for t in met if not t.in_time] == []
