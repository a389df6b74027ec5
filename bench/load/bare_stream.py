"""A bare FastAPI StreamingResponse that says the same at the same pace, a sentence or a token at a time."""

import asyncio
import json
import sys
import time
from collections.abc import AsyncIterator

from fastapi import FastAPI
from fastapi.responses import StreamingResponse

from bench.load.paced import WORDS, Pace, sentence
from bench.load.paced_service import serve

SPLIT = sentence(0).split()
app = FastAPI()
pace = Pace(readers=int(sys.argv[1]), seconds=float(sys.argv[2]))


@app.get("/sentences")
async def sentences() -> StreamingResponse:
    return StreamingResponse(_sentences(), media_type="text/event-stream")


@app.get("/tokens")
async def tokens() -> StreamingResponse:
    return StreamingResponse(_tokens(), media_type="text/event-stream")


async def _sentences() -> AsyncIterator[str]:
    yield _event(0, "")
    async for number in pace.ticks():
        yield _event(number + 1, sentence(number))


async def _tokens() -> AsyncIterator[str]:
    """A token each 20 ms; late ones go at once."""
    yield _event(0, "")
    async for number in pace.ticks():
        begun = time.monotonic()
        for place, word in enumerate(SPLIT):
            await asyncio.sleep(max(0.0, begun + place * 0.5 / WORDS - time.monotonic()))
            yield _event(number * WORDS + place + 1, word)


def _event(number: int, text: str) -> str:
    return f"id: {number}\nevent: sentence\ndata: {json.dumps({'text': text})}\n\n"


if __name__ == "__main__":
    serve(app)
