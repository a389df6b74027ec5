"""The copy of the knowledge base parted by language, and the vectors by which one language finds another."""

import logging
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as TooLongError
from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.care.knowledge_records import IndexRow
from app.care.lookup import Embedder, EmbeddingUnavailableError, Interpreter
from app.domain.knowledge import Passage, SearchQuestion
from app.knowledge.asked import BEFORE_WEIGHTS, LONGEST
from app.knowledge.crossing import CrossIndex, FoundAbroad
from app.knowledge.lexical import LexicalIndex, TermBook
from app.knowledge.ranking import PassageIndex

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

log = logging.getLogger(__name__)

SPOKEN = ("en", "de", "fr", "es")
"""Languages that a customer is known to write in; passages of any other are everybody's own."""

ENGLISH = "en"

PATIENCE = 2.0
"""Seconds that the first questions from abroad wait for vectors, which take some milliseconds a passage; until they
are there they go by words alone, or by the search's own vectors, for which nobody waits."""

BATCH = 64


def spoken(language: str) -> str:
    """ "de-AT" is "de"."""
    return language[:2].lower()


def is_own(passage: Passage, language: str) -> bool:
    """Whether a customer who writes in `language` need not be told in which one the passage stands."""
    return spoken(passage.language) == spoken(language) or spoken(passage.language) not in SPOKEN


@dataclass(frozen=True, kw_only=True)
class Crossing:
    """What reads other languages. `many` has one space for all of them. `own` is the search's embedder, asked in
    English words, as far as the glossary has them, where it is `english_only`. Without either words alone are
    compared."""

    interpreter: Interpreter
    many: Embedder | None = None
    own: Embedder | None = None
    english_only: bool = True

    def asked(self, question: SearchQuestion) -> tuple[str, ...]:
        """What `own` compares: the last message, and where there are some behind those before."""
        texts = _asked(question)
        if not self.english_only:
            return texts
        return tuple(self.interpreter.in_english(text, question.language) for text in texts)


@dataclass(frozen=True, kw_only=True)
class _Made:
    """What a language asks abroad: the passages as rows of everything, and their vectors of many languages, which are
    waited for until then."""

    index: CrossIndex
    rows: list[int]
    many: "Future[NDArray[np.float32]] | None"
    wait_until: float


class VectorBook:
    """Multilingual vectors of passages, made when first needed, beside the search; kept from version to version."""

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder
        self._kept: dict[str, NDArray[np.float32]] = {}
        self._maker = ThreadPoolExecutor(max_workers=1, thread_name_prefix="multilingual")
        self._closed = threading.Event()

    def begin(self, passages: Sequence[Passage]) -> "Future[NDArray[np.float32]]":
        """A row for each passage, in order."""
        return self._maker.submit(self._matrix, list(passages))

    def question(self, texts: Sequence[str]) -> "NDArray[np.float32]":
        """The mean direction of the texts. Raises EmbeddingUnavailableError."""
        return mean_direction(self._embedder.embed(texts))

    def close(self) -> None:
        self._closed.set()
        self._maker.shutdown(wait=False, cancel_futures=True)

    def _matrix(self, passages: Sequence[Passage]) -> "NDArray[np.float32]":
        """What is kept afterwards are rows of this matrix: nothing lies in memory twice."""
        import numpy as np

        matrix = np.zeros((len(passages), self._embedder.dimensions), np.float32)
        missing: list[int] = []
        for row, passage in enumerate(passages):
            if passage.id in self._kept:
                matrix[row] = self._kept[passage.id]
            else:
                missing.append(row)
        for start in range(0, len(missing), BATCH):
            if self._closed.is_set():
                raise EmbeddingUnavailableError("closed")
            rows = missing[start : start + BATCH]
            matrix[rows] = np.asarray(self._embedder.embed([passages[row].words for row in rows]), np.float32)
        self._kept = {passage.id: matrix[row] for row, passage in enumerate(passages)}
        return matrix


class ByLanguage:
    """The passages that one kind of reader may be shown, in one version, parted by the language that is asked in."""

    def __init__(self, everything: PassageIndex, homes: dict[str, PassageIndex], passages: Sequence[Passage]) -> None:
        """`homes` hold what customers of a language call their own; languages that own all or nothing have none."""
        self.everything = everything
        self._homes = homes
        self._passages = passages
        self._made: dict[str, _Made | None] = {}
        self._lock = threading.Lock()

    def home(self, language: str) -> PassageIndex:
        """May be empty."""
        return self._homes.get(spoken(language), self.everything)

    def abroad(self, question: SearchQuestion, crossing: Crossing, book: VectorBook | None) -> FoundAbroad | None:
        """What other languages hold; None where they hold nothing. Blocking, the first time for some seconds."""
        with self._lock:
            language = spoken(question.language)
            if language not in self._made:
                self._made[language] = self._make(language, crossing, book)
        if (made := self._made[language]) is None:
            return None
        near = self._near(question, crossing, made)
        far = _far(question, book, made, time.monotonic() if near is not None else made.wait_until)
        return made.index.found(question, _mean(near, far))

    def _make(self, language: str, crossing: Crossing, book: VectorBook | None) -> _Made | None:
        rows = [row for row, passage in enumerate(self._passages) if not is_own(passage, language)]
        if not rows:
            return None
        others = [self._passages[row] for row in rows]
        index = CrossIndex(others, self._lexical(others, crossing.interpreter), crossing.interpreter)
        many = book.begin(others) if book else None
        return _Made(index=index, rows=rows, many=many, wait_until=time.monotonic() + PATIENCE)

    def _near(self, question: SearchQuestion, crossing: Crossing, made: _Made) -> "NDArray[np.float32] | None":
        """Cosines in the search's own space; a passage that it cannot read, or that waits for its vector, has NaN."""
        import numpy as np

        if crossing.own is None or not self.everything.has_vectors:
            return None
        try:
            vector = mean_direction(crossing.own.embed(crossing.asked(question)))
        except EmbeddingUnavailableError as error:
            log.warning("looking abroad without the search's own vectors: %s", error)
            return None
        readable = self.everything.embedded[made.rows]
        if crossing.english_only:
            readable &= [spoken(passage.language) == ENGLISH for passage in made.index.passages]
        return np.where(readable, self.everything.matrix[made.rows] @ vector, np.float32(np.nan))

    def _lexical(self, passages: Sequence[Passage], interpreter: Interpreter) -> LexicalIndex:
        """Where the others are the English ones, their own index does: it holds the same terms."""
        english = self.home(ENGLISH)
        if len(english) == len(passages) and all(spoken(passage.language) == ENGLISH for passage in passages):
            return english.lexical
        return LexicalIndex(TermBook(interpreter.terms), passages)


def _far(question: SearchQuestion, book: VectorBook | None, made: _Made, until: float) -> "NDArray[np.float32] | None":
    """Cosines in the space of many languages."""
    if book is None or made.many is None:
        return None
    try:
        return made.many.result(max(0.0, until - time.monotonic())) @ book.question(_asked(question))
    except TooLongError:
        return None
    except EmbeddingUnavailableError as error:
        log.warning("looking abroad without vectors of many languages: %s", error)
        return None


def _mean(near: "NDArray[np.float32] | None", far: "NDArray[np.float32] | None") -> "NDArray[np.float32] | None":
    """The spaces never meet: each has compared the question with the passage, and both say how near they are."""
    import numpy as np

    if near is None or far is None:
        return far if near is None else np.nan_to_num(near)
    return np.where(np.isnan(near), far, (near + far) / 2)


def _asked(question: SearchQuestion) -> tuple[str, ...]:
    last = question.text[:LONGEST]
    before = [text[:LONGEST] for text in question.before[-len(BEFORE_WEIGHTS) :]]
    return (last, " ".join((*before, last))) if before else (last,)


def mean_direction(vectors: Sequence[Sequence[float]]) -> "NDArray[np.float32]":
    import numpy as np

    mean = np.asarray(vectors, np.float32).sum(axis=0)
    return mean / (float(np.linalg.norm(mean)) or 1.0)


def homes_of(rows: Sequence[IndexRow], build: Callable[[Sequence[IndexRow]], PassageIndex]) -> dict[str, PassageIndex]:
    """What customers of each language call their own, where that is not everything."""
    own = {language: [row for row in rows if is_own(row.passage, language)] for language in SPOKEN}
    return {language: build(some) for language, some in own.items() if len(some) < len(rows)}
