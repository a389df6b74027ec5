"""The answerer with a model: streamed through LangChain under deadlines, cut into sentences with their citations."""

import asyncio
import re
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Iterable, Iterator
from contextlib import aclosing
from typing import TYPE_CHECKING, cast

from app.assistant.citing import References, read_references
from app.assistant.loading import ModelNotLoadableError, load_model
from app.assistant.plain_streams import closing_streams
from app.assistant.prompting import PASSAGES, prompt_of
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
        sentences, references, drafts = self._stream(), References(), _Drafts(writing)
        length = 0
        async with aclosing(self._texts(writing)) as texts:
            async for text in texts:
                for draft in drafts.of(sentences.feed(references.feed(text))):
                    yield draft
                length += len(text)
                if length > LONGEST_REPLY:
                    return
        for draft in drafts.of([*sentences.feed(references.end()), *sentences.end()]):
            yield draft

    async def _texts(self, writing: Writing) -> AsyncGenerator[str]:
        """The pieces of text as they come. Raises ModelFailedError when they stop before the model said it ended."""
        end = StreamEnd()
        stream = self._model.astream(prompt_of(self._prompt, writing))
        try:
            async with closing_streams(), aclosing(cast("AsyncGenerator[AIMessageChunk]", stream)) as chunks:
                while (chunk := await self._next(chunks, end)) is not None:
                    if text := end.note(chunk):
                        yield text
                        end.wait_from_now()
        except ModelFailedError:
            raise
        except Exception as error:
            raise ModelFailedError(_reason(error)) from error
        finally:
            if end.output_tokens:
                writing.usage.append(
                    Usage(model=self.name, input_tokens=end.input_tokens, output_tokens=end.output_tokens)
                )
        end.check()

    async def _next(self, chunks: "AsyncIterator[AIMessageChunk]", end: StreamEnd) -> "AIMessageChunk | None":
        """The next chunk within the deadline, None at the end; once the model has ended, nothing more is waited for."""
        seconds = self._stall_s if end.has_text else self._first_text_s
        try:
            async with asyncio.timeout(seconds - end.waited()):
                return await anext(chunks, None)
        except TimeoutError as error:
            if end.reason:
                return None
            kind = "no more text" if end.has_text else "no text"
            raise ModelFailedError(f"{kind} within {seconds:g} s") from error


class _Drafts:
    """Cut sentences as drafts with their citations, each said once."""

    def __init__(self, writing: Writing) -> None:
        self._passage_ids = [f.passage.id for f in writing.passages[:PASSAGES]]
        self._shown = _squeezed(" ".join(sentence.text for sentence in writing.turn.shown))
        self._said: set[str] = set()

    def of(self, cut: Iterable[CutSentence]) -> Iterator[Draft]:
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
