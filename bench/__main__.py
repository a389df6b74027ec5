"""Prints CPU per reply of 100 tokens and the wait for its first text: bare client, bare LangChain, ours in parts."""

import asyncio
import os
import sys
from collections.abc import Sequence

import httpx2

from bench.measuring import Cost, Way, costs_of
from bench.parts import costs_of_parts
from bench.replies import Replies
from bench.service import model_server, service
from bench.whole import WholeTurns

REPLIES = int(os.environ.get("BENCH_REPLIES", "100"))


async def main() -> None:
    with model_server() as model, service(model.address) as served:
        replies = Replies(model.address)
        async with httpx2.AsyncClient(base_url=served.address, timeout=30, trust_env=False) as http:
            turns = WholeTurns(http)
            ways = [
                Way(name="openai client", reply=replies.client),
                Way(name="LangChain, ChatOpenAI.astream", reply=replies.langchain),
                Way(name="our answerer alone", reply=replies.answerer),
                Way(name="our whole turn over HTTP, streamed", reply=turns.streamed, process=served.process),
                Way(name="our whole turn over HTTP, one answer", reply=turns.whole, process=served.process),
            ]
            costs = await costs_of(ways, REPLIES)
        await replies.close()
    print(f"{REPLIES} replies of 100 tokens each way, Python {sys.version.split()[0]}, {os.cpu_count()} cores")
    _print("One reply", costs, costs[1])
    _print("Parts of ours", list(costs_of_parts(REPLIES * 5)), costs[1])


def _print(title: str, costs: Sequence[Cost], against: Cost) -> None:
    print(f"\n{title:<44}{'CPU ms':>8}{'x LangChain':>13}{'first text ms':>15}")
    for cost in costs:
        first = "" if cost.first_text is None else f"{cost.first_text:.1f}"
        print(f"  {cost.name:<42}{cost.cpu:>8.2f}{cost.cpu / against.cpu:>13.2f}{first:>15}")


asyncio.run(main())
