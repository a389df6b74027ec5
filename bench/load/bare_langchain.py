"""Bare `ChatOpenAI.astream` in one process: the same prompt, the same answer, the same concurrency, nothing else."""

import asyncio
import json
import sys
import time
import urllib.request
from itertools import count
from typing import Any, cast

from langchain_openai import ChatOpenAI
from pydantic import SecretStr

from bench.load.model import ANSWER


async def main(address: str, at_once: int, seconds: float, warm_up: float = 1.0) -> dict[str, Any]:
    with urllib.request.urlopen(f"{address}/prompt", timeout=5) as answer:  # before anything is measured
        messages = json.loads(answer.read())["messages"]
    model = ChatOpenAI(model="forty-tokens", base_url=address, api_key=SecretStr("bench"), stream_usage=True)
    counted_from = time.perf_counter() + warm_up
    until = counted_from + seconds
    waits: list[float] = []
    asked = count()

    async def again_and_again(number: int) -> None:
        await asyncio.sleep(warm_up / 2 * number / at_once)  # in step they would all end just before or behind the time
        while (started := time.perf_counter()) < until:
            assert await _reply(model, messages) == ANSWER
            next(asked)
            if counted_from <= time.perf_counter() < until:
                waits.append(time.perf_counter() - started)

    before = time.process_time()
    await asyncio.gather(*map(again_and_again, range(at_once)))
    return {"whole": waits, "accepted": [], "failed": 0, "asked": next(asked), "cpu": time.process_time() - before}


async def _reply(model: ChatOpenAI, messages: list[Any]) -> str:
    return "".join([cast(str, chunk.content) async for chunk in model.astream(messages)]).strip()


if __name__ == "__main__":
    print(json.dumps(asyncio.run(main(sys.argv[1], int(sys.argv[2]), float(sys.argv[3])))))
