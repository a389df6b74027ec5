"""How a model's stream ends: what it said of its end, its usage, and how long it has been silent."""

import asyncio
import time
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, cast

from app.care.answerers import ModelFailedError

if TYPE_CHECKING:
    from langchain_core.messages import AIMessageChunk

_FINISHED = frozenset({"stop", "end_turn", "stop_sequence", "eos", "eos_token", "complete"})
_CUT_SHORT = frozenset({"length", "max_tokens", "model_length"})
_KEYS = ("finish_reason", "stop_reason", "done_reason")
"""Where OpenAI's protocol, Anthropic and Ollama say it."""


class StreamEnd:
    """Notes the chunks of one stream. A stream that the server drops raises nothing: only its reason is missing."""

    def __init__(self, *, first_text_s: float, stall_s: float) -> None:
        self.reason = ""
        self._first_text_s, self._stall_s = first_text_s, stall_s
        self._has_text = False
        self._waiting_since = time.monotonic()
        self._next_look: asyncio.TimerHandle | None = None
        self.input_tokens = 0
        self.output_tokens = 0

    def note(self, chunk: "AIMessageChunk") -> str:
        """The chunk's text, which may be empty."""
        if chunk.response_metadata:
            self._note_reason(cast("dict[str, object]", chunk.response_metadata))
        if usage := chunk.usage_metadata:
            self.input_tokens += usage["input_tokens"]
            self.output_tokens += usage["output_tokens"]
        text = chunk.content if isinstance(chunk.content, str) else str(chunk.text)
        if text:
            self._has_text = True
            self._waiting_since = time.monotonic()
        return text

    def _note_reason(self, metadata: "dict[str, object]") -> None:
        for key in _KEYS:
            if isinstance(reason := metadata.get(key), str) and reason:
                self.reason = reason.lower()

    def wait_from_now(self) -> None:
        """A text was dealt with, which may have taken its time."""
        self._waiting_since = time.monotonic()

    @asynccontextmanager
    async def silence_limited(self) -> AsyncGenerator[None]:
        """Raises TimeoutError once no text came for too long. Texts are many: one does not set the clock anew, but is
        looked for when it strikes."""
        async with asyncio.timeout(None) as limit:
            self._look(limit)
            try:
                yield
            finally:
                if self._next_look:
                    self._next_look.cancel()

    @property
    def silence(self) -> str:
        return (
            f"no more text within {self._stall_s:g} s" if self._has_text else f"no text within {self._first_text_s:g} s"
        )

    def _look(self, limit: asyncio.Timeout) -> None:
        loop = asyncio.get_running_loop()
        longest = self._stall_s if self._has_text else self._first_text_s
        left = longest - (time.monotonic() - self._waiting_since)
        if left > 0:
            self._next_look = loop.call_later(min(left, self._stall_s), self._look, limit)
        else:
            limit.reschedule(loop.time())

    def check(self) -> None:
        """Raises ModelFailedError unless the model itself ended, with a text."""
        if not self.reason:
            raise ModelFailedError("the answer was cut off")
        if self.reason in _CUT_SHORT:
            raise ModelFailedError("the answer was longer than the server allows")
        if self.reason not in _FINISHED:
            raise ModelFailedError(f"the model ended with {self.reason}")
        if not self._has_text:
            raise ModelFailedError("the model answered nothing")
