"""The answerer with a model: streamed through LangChain under deadlines, cut into sentences with their citations."""

import asyncio
import re
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Iterable, Iterator, Sequence
from contextlib import AsyncExitStack, aclosing, asynccontextmanager
from typing import TYPE_CHECKING, cast

from app.assistant.citing import References, read_references
from app.assistant.loading import ModelNotLoadableError, load_model
from app.assistant.plain_streams import closing_streams
from app.assistant.prompting import PASSAGES, given_of, prompt_of
from app.assistant.stream_end import StreamEnd
from app.care.answerers import CutSentence, ModelFailedError, SentenceStream, Usage, Writing
from app.care.measures import Measures, NoMeasures
from app.domain.checking import Draft

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel
    from langchain_core.messages import AIMessageChunk

__all__ = ["ModelAnswerer", "ModelNotLoadableError", "load_model"]

LONGEST_REPLY = 4_000
"""Characters after which a model that does not end is left; its last, unfinished sentence is dropped."""

_LONG_ENOUGH_TO_COMPARE = 12
_NOT_WORDS = re.compile(r"\W+")


class ModelAnswerer:
    """Implements `care.answerers.Answerer`. Every failure of the model or its client is a ModelFailedError."""

    waits = True

    def __init__(
        self,
        model: "BaseChatModel",
        *,
        name: str,
        prompt: str,
        stream: Callable[[], SentenceStream],
        first_text_s: float = 8.0,
        stall_s: float = 10.0,
        measures: Measures | None = None,
    ) -> None:
        self.name = name
        self._model = model
        self._prompt = prompt
        self._stream = stream
        self._first_text_s = first_text_s
        self._stall_s = stall_s
        self._measures = measures or NoMeasures()

    async def write(self, writing: Writing) -> AsyncGenerator[Draft]:
        """Drafts as the model finishes them. What it repeats of this reply is left out. Left early by its reader, the
        model has not failed; called off at a deadline it has."""
        try:
            async with aclosing(self._drafts(writing)) as drafts:
                async for draft in drafts:
                    yield draft
        except (ModelFailedError, asyncio.CancelledError):
            self._measures.model_asked(False)
            raise
        except GeneratorExit:
            self._measures.model_asked(True)
            raise
        self._measures.model_asked(True)

    async def _drafts(self, writing: Writing) -> AsyncGenerator[Draft]:
        """Raises ModelFailedError when the text stops before the model said that it ended."""
        reply = _Reply(self._stream(), writing)
        end = StreamEnd(first_text_s=self._first_text_s, stall_s=self._stall_s)
        try:
            async with _closing(self._model.astream(prompt_of(self._prompt, writing))) as chunks:
                while (drafts := await _next(chunks, reply, end)) is not None:
                    for draft in drafts:
                        yield draft
                    if reply.is_too_long:
                        return
                    end.wait_from_now()
        finally:
            tokens = {"input_tokens": end.input_tokens, "output_tokens": end.output_tokens}
            writing.usage.append(Usage(model=self.name, given=tuple(given_of(writing.turn.profile)), **tokens))
        end.check()
        for draft in reply.end():
            yield draft


@asynccontextmanager
async def _closing(stream: "AsyncIterator[AIMessageChunk]") -> "AsyncGenerator[AsyncIterator[AIMessageChunk]]":
    """However its reader leaves it, nothing of the stream stays open."""
    closing = AsyncExitStack()
    await closing.enter_async_context(closing_streams())
    await closing.enter_async_context(aclosing(cast("AsyncGenerator[AIMessageChunk]", stream)))
    try:
        yield stream
    finally:
        try:
            await closing.aclose()
        except Exception as error:
            raise ModelFailedError(_reason(error)) from error


async def _next(chunks: "AsyncIterator[AIMessageChunk]", reply: "_Reply", end: StreamEnd) -> Sequence[Draft] | None:
    """The drafts of what comes next, once there is one, None at the end. Once the model has ended, nothing more is
    waited for."""
    try:
        async with end.silence_limited():
            while (chunk := await _chunk(chunks)) is not None:
                if (text := end.note(chunk)) and ((drafts := reply.feed(text)) or reply.is_too_long):
                    return drafts
    except TimeoutError as error:
        if not end.reason:
            raise ModelFailedError(end.silence) from error
    return None


async def _chunk(chunks: "AsyncIterator[AIMessageChunk]") -> "AIMessageChunk | None":
    try:
        return await anext(chunks, None)
    except Exception as error:
        raise ModelFailedError(_reason(error)) from error


class _Reply:
    """The model's text as it grows, cut into drafts."""

    def __init__(self, sentences: SentenceStream, writing: Writing) -> None:
        self._sentences, self._references, self._drafts = sentences, References(), _Drafts(writing)
        self._length = 0

    @property
    def is_too_long(self) -> bool:
        return self._length > LONGEST_REPLY

    def feed(self, text: str) -> Sequence[Draft]:
        """Of a text that is too long, what is too much is dropped."""
        self._length += len(text)
        text = text[: len(text) - max(0, self._length - LONGEST_REPLY)]
        cut = self._sentences.feed(self._references.feed(text))
        return self._drafts.of(cut) if cut else ()

    def end(self) -> Sequence[Draft]:
        return self._drafts.of([*self._sentences.feed(self._references.end()), *self._sentences.end()])


class _Drafts:
    """Cut sentences as drafts with their citations, each said once."""

    def __init__(self, writing: Writing) -> None:
        self._passage_ids = [f.passage.id for f in writing.passages[:PASSAGES]]
        self._shown = _squeezed(" ".join(sentence.text for sentence in writing.turn.shown))
        self._said: set[str] = set()

    def of(self, cut: Iterable[CutSentence]) -> list[Draft]:
        return list(self._each(cut))

    def _each(self, cut: Iterable[CutSentence]) -> Iterator[Draft]:
        for sentence in cut:
            text, cited = read_references(sentence.text, self._passage_ids)
            words = _squeezed(text)
            if words and words not in self._said and not self._was_shown(words):
                self._said.add(words)
                yield Draft(text=text, lead=sentence.lead, cited=cited)

    def _was_shown(self, words: str) -> bool:
        return len(words) >= _LONG_ENOUGH_TO_COMPARE and words in self._shown


def _squeezed(text: str) -> str:
    return _NOT_WORDS.sub("", text).lower()


def _reason(error: Exception) -> str:
    """Its kind and status; never its message, which may quote what customers wrote."""
    status = getattr(error, "status_code", None)
    return f"{type(error).__name__} {status}" if status else type(error).__name__
