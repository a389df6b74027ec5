"""The same service on PostgreSQL: set an address, nothing else."""

from pathlib import Path

from tests.system.conftest import ROOT, environment, start, stop
from tests.system.test_conversation import chat


def test_a_conversation_runs_on_postgresql_and_is_there_after_a_restart(postgres_url: str, tmp_path: Path) -> None:
    quick = {"CARELINE_EMBEDDER": "none", "CARELINE_KNOWLEDGE_DIR": str(ROOT / "knowledge_base" / "orders")}
    settings = environment(tmp_path, CARELINE_DATABASE_URL=postgres_url, CARELINE_ANSWERABLE_AT="0.2", **quick)
    running = start(settings, "run")
    try:
        key = running.add_agent("Pat")
        with running.client() as customer, running.client(key) as agent:
            first = chat(customer, "What does delivery to Spain cost?")
            token = first.headers["Careline-Customer-Token"]
            conversation = first.json()["conversation"]
            customer.headers["Authorization"] = f"Bearer {token}"
            waits = chat(customer, "I want to talk to a human", conversation=conversation).json()
            claimed = agent.post(f"/v1/agent/conversations/{conversation}/claim").status_code
            agent.post(f"/v1/agent/conversations/{conversation}/reply", json={"text": "Hello, Pat here."})
    finally:
        stop(running)
    again = start(settings)
    try:
        with again.client(token) as customer:
            messages = customer.get(f"/v1/conversations/{conversation}").json()["messages"]
    finally:
        stop(again)

    assert (first.json()["outcome"], waits["outcome"], claimed) == ("answered", "handed_off", 200)
    assert messages[-1]["text"] == "Hello, Pat here."
    assert list(tmp_path.iterdir()) == []
