"""Supervisors see how the care goes; agents do not."""

import pytest

from app.domain.agents import AgentRole
from tests.fakes.served import Served


async def test_a_supervisor_sees_the_figures_and_their_days(served: Served) -> None:
    supervisor = await served.agent(AgentRole.SUPERVISOR)
    await served.client.post("/v1/chat", json={"text": "Is the moon made of cheese?"})

    query = {"days": "3", "zone": "Europe/Berlin"}
    figures = (await served.client.get("/v1/agent/insight", params=query, headers=supervisor)).json()

    assert (figures["days"], figures["zone"], len(figures["by_day"]), len(figures["by_hour"])) == (
        3,
        "Europe/Berlin",
        3,
        24,
    )
    assert figures["outcomes"] == {"not_known": 1}
    assert figures["by_day"][-1]["conversations"] == sum(figures["by_hour"]) == 1
    assert figures["resolved"] == {"confirmed": 0, "assumed": 0, "reopened": 0}
    assert figures["cost"] is None
    assert figures["questions"][0]["question"] == "Is the moon made of cheese?"


@pytest.mark.parametrize("query", [{"zone": "Mars"}, {"zone": "../etc/passwd"}, {"days": "0"}, {"days": "400"}])
async def test_days_and_zones_that_are_none_are_refused(served: Served, query: dict[str, str]) -> None:
    supervisor = await served.agent(AgentRole.SUPERVISOR)

    assert (await served.client.get("/v1/agent/insight", params=query, headers=supervisor)).status_code == 422


async def test_agents_do_not_see_each_others_load(served: Served) -> None:
    assert (await served.client.get("/v1/agent/insight", headers=await served.agent())).status_code == 403
