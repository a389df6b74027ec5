"""What the trace tells of the work: times by step, tokens and their price, what a model was given."""

import pytest

from app.care.answerers import Usage
from app.care.traces import cost_of
from app.domain.policies import Price, Prices
from app.storage.database import SqliteDatabase
from tests.fakes.company import Company
from tests.fakes.parts import FakeClock


@pytest.fixture
def company(sqlite: SqliteDatabase, clock: FakeClock) -> Company:
    return Company(sqlite, clock)


def test_the_cost_is_told_where_every_model_has_a_price() -> None:
    prices = Prices(currency="USD", by_model={"m": Price(input=0.15, output=0.6)})
    usage = [
        Usage(model="m", input_tokens=1_000_000, output_tokens=0),
        Usage(model="m", input_tokens=0, output_tokens=500_000),
    ]

    assert cost_of(usage, prices) == {"cost": {"amount": pytest.approx(0.45), "currency": "USD"}}
    assert cost_of([Usage(model="other", input_tokens=1, output_tokens=1)], prices) == {}


async def test_the_time_of_each_step_is_noted(company: Company) -> None:
    receipt = await company.writes_and_is_met("How often do I descale it?")

    (trace,) = await company.conversations.trace(receipt.conversation_id)
    assert {"assess", "search", "compare", "whole"} <= trace["took"].keys()
    assert all(milliseconds >= 0 for milliseconds in trace["took"].values())
    assert trace["checked"] == 1


async def test_without_prices_no_cost_is_noted(company: Company) -> None:
    receipt = await company.writes_and_is_met("How often do I descale it?")

    (trace,) = await company.conversations.trace(receipt.conversation_id)
    assert "cost" not in trace
