"""One short call of a model that says a follow-up so that it stands alone; the rules' words hold where it fails."""

import asyncio
import logging
import re
from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import aclosing
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from app.assistant.plain_streams import closing_streams
from app.care.answerers import Usage
from app.care.asked import Rewritten
from app.domain.conversations import Author
from app.domain.turns import Turn

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel
    from langchain_core.messages import AIMessageChunk

log = logging.getLogger(__name__)

SECONDS = 2.0
TOKENS = 80
LONGEST = 400
MESSAGES = 6
CHARACTERS = 600
"""Of each message before, the beginning."""

_CUT_OFF = frozenset({"length", "content_filter", "max_tokens"})
_OUR_MARKS = re.compile(r"</?(?:conversation|message)\b", re.IGNORECASE)
_NUMBER = re.compile(r"\d+")
_ROLES = {Author.CUSTOMER: "Customer", Author.ASSISTANT: "Assistant", Author.AGENT: "Agent"}


class ModelRewriter:
    """Implements `care.asked.Rewriter`. `products` are those that must not be put in unless they were spoken of,
    `tongue` tells a text's language, or None."""

    def __init__(
        self,
        model: "BaseChatModel",
        *,
        name: str,
        prompt: str,
        products: Sequence[str],
        tongue: Callable[[str], str | None],
        seconds: float = SECONDS,
    ) -> None:
        self._name = name
        self._model = model
        self._prompt = prompt
        self._products = products
        self._tongue = tongue
        self._seconds = seconds

    async def rewrite(self, turn: Turn, language: str) -> Rewritten:
        """Whatever goes wrong, the turn goes on with the rules' words."""
        told = _Told()
        try:
            async with asyncio.timeout(self._seconds):
                await self._ask(turn, told)
        except Exception as error:
            log.info("question not rewritten", extra={"turn": turn.id, "reason": type(error).__name__})
            told.whole = False
        text = " ".join(told.text.split())
        usage = Usage(model=self._name, input_tokens=told.input_tokens, output_tokens=told.output_tokens)
        usable = told.whole and self._may_be_used(text, turn, language)
        return Rewritten(text=text if usable else None, usage=(usage,))

    async def _ask(self, turn: Turn, told: "_Told") -> None:
        stream = self._model.astream(self._asking(turn), max_tokens=TOKENS)
        async with closing_streams(), aclosing(cast("AsyncGenerator[AIMessageChunk]", stream)) as chunks:
            async for chunk in chunks:
                told.note(chunk)
                if len(told.text) > LONGEST:
                    return

    def _asking(self, turn: Turn) -> list[tuple[str, str]]:
        before = [
            f"{_ROLES[message.author]}: {_data(message.text[:CHARACTERS])}" for message in turn.history[-MESSAGES:]
        ]
        said = "\n".join(before)
        return [
            ("system", self._prompt),
            ("human", f"<conversation>\n{said}\n</conversation>\n\n<message>\n{_data(turn.text)}\n</message>"),
        ]

    def _may_be_used(self, text: str, turn: Turn, language: str) -> bool:
        """Short, in the customer's language, and with no product or number that nobody spoke of."""
        if not text or len(text) > LONGEST or (self._tongue(text) or language) != language:
            return False
        spoken = "\n".join([*(message.text for message in turn.history), turn.text])
        if not set(_NUMBER.findall(text)) <= set(_NUMBER.findall(spoken)):
            return False
        put_in = [name for name in self._products if _squeezed(name) in _squeezed(text)]
        return all(_squeezed(name) in _squeezed(spoken) for name in put_in)


@dataclass(kw_only=True)
class _Told:
    """What came of the model so far; `whole` unless it was cut off."""

    text: str = ""
    whole: bool = True
    input_tokens: int = 0
    output_tokens: int = 0

    def note(self, chunk: "AIMessageChunk") -> None:
        self.text += chunk.text
        if chunk.usage_metadata is not None:
            self.input_tokens += chunk.usage_metadata["input_tokens"]
            self.output_tokens += chunk.usage_metadata["output_tokens"]
        if chunk.response_metadata.get("finish_reason") in _CUT_OFF:
            self.whole = False


def _data(text: str) -> str:
    """Words of others cannot close our marks."""
    return _OUR_MARKS.sub("", text)


def _squeezed(text: str) -> str:
    return re.sub(r"[\s-]", "", text).casefold()
