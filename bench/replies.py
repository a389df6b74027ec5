"""The same reply of 100 tokens: by the bare client, by bare LangChain, and by our answerer."""

import time
from typing import cast

from langchain_openai import ChatOpenAI
from pydantic import SecretStr

from app.assistant.loading import close_model, load_model
from app.assistant.model import ModelAnswerer
from app.assistant.prompting import prompt_of
from app.language.sentences import SentenceStream
from bench.turns import writing
from tests.fakes.model_server import HUNDRED_TOKENS

MODEL = "hundred-tokens"
RULES = "Answer from the passages."
LENGTH = len(HUNDRED_TOKENS)


class Replies:
    """One server, asked in three ways; each gives the seconds to its first text and reads the reply to its end."""

    def __init__(self, base_url: str) -> None:
        self._bare = ChatOpenAI(model=MODEL, base_url=base_url, api_key=SecretStr("bench"), stream_usage=True)
        self._ours = load_model(name=MODEL, base_url=base_url, api_key="bench")
        self._answerer = ModelAnswerer(self._ours, name=MODEL, prompt=RULES, stream=SentenceStream)
        self._roles = {"system": "system", "human": "user", "ai": "assistant"}

    async def close(self) -> None:
        await close_model(self._ours)

    async def client(self) -> float:
        started, first, read = time.perf_counter(), 0.0, 0
        messages = [{"role": self._roles[role], "content": words} for role, words in prompt_of(RULES, writing())]
        stream = await self._bare.root_async_client.chat.completions.create(
            model=MODEL, messages=messages, stream=True, stream_options={"include_usage": True}
        )
        async for chunk in stream:
            text = chunk.choices[0].delta.content if chunk.choices else None
            if text:
                first = first or time.perf_counter() - started
                read += len(text)
        assert read == LENGTH
        return first

    async def langchain(self) -> float:
        started, first, read = time.perf_counter(), 0.0, 0
        async for chunk in self._bare.astream(prompt_of(RULES, writing())):
            if chunk.content:
                first = first or time.perf_counter() - started
                read += len(cast(str, chunk.content))
        assert read == LENGTH
        return first

    async def answerer(self) -> float:
        started, first, sentences = time.perf_counter(), 0.0, 0
        async for _ in self._answerer.write(writing()):
            first = first or time.perf_counter() - started
            sentences += 1
        assert sentences == 5
        return first
