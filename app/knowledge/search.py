"""Finds passages by words and by meaning in a copy of the knowledge base that is kept in memory."""

import asyncio
import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from app.care.knowledge_records import KnowledgeRecords
from app.care.lookup import Embedder, EmbeddingUnavailableError, Terms
from app.care.other_words import OtherWords, no_other_words
from app.domain.knowledge import Audience, FoundPassage, PassageRecord, SearchQuestion, SearchResult
from app.knowledge.answerable import FIRST, HYBRID, WORDS_ALONE, answerable, signs_of
from app.knowledge.asked import Asked, asked_of, vector_of
from app.knowledge.held import HeldPassages
from app.knowledge.indexes import Filling, Indexes
from app.knowledge.many_languages import Crossing, VectorBook
from app.knowledge.ranking import Candidate, PassageIndex

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

log = logging.getLogger(__name__)

PATIENCE = 0.5
WORTH_WAITING = 0.1
"""A search waits so many seconds for new knowledge to be taken in, before it goes on with what there was; and not at
all where that took longer than `WORTH_WAITING` the last time."""

ANSWERS = 0.45
"""From so sure a passage in the customer's own language on, no other language is looked at."""

SPARE = 2
"""Passages read beyond those asked for: some may have gone, run out or be internal."""


@dataclass(frozen=True, kw_only=True)
class Parts:
    """What search is made of. Without an embedder it goes by words alone, without a crossing languages are not told
    apart."""

    records: KnowledgeRecords
    terms: Terms
    embedder: Embedder | None
    today: Callable[[], date]
    crossing: Crossing | None = None
    other_words: OtherWords = no_other_words
    filling: Filling = field(default_factory=Filling)


@dataclass(frozen=True, kw_only=True)
class _Found:
    """What was asked, candidates, best first, and whether words alone chose them."""

    asked: Asked
    candidates: list[Candidate]
    lexical_only: bool


class HybridSearch:
    """Implements `care.lookup.Search`. New knowledge is taken in beside running searches."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._held = HeldPassages(parts.records)
        self._indexes = Indexes(
            parts.records, parts.terms, parts.embedder, filling=parts.filling, by_language=parts.crossing is not None
        )
        many = parts.crossing.many if parts.crossing else None
        self._vectors_abroad = VectorBook(many) if many else None
        self._refreshing: asyncio.Task[None] | None = None

    async def refresh(self) -> None:
        """Takes in the newest version of the records and returns when it can be searched."""
        await self._indexes.refresh()

    async def search(self, question: SearchQuestion, *, limit: int = 8) -> SearchResult:
        if not question.text.strip():
            return SearchResult()
        await self._look_for_new_knowledge()
        own = await self._at_home(question, limit)
        if self._parts.crossing is None or own.answerable >= ANSWERS:
            return own
        other = await self._abroad(question, limit, self._parts.crossing)
        return other if other.answerable > own.answerable else own

    async def _at_home(self, question: SearchQuestion, limit: int) -> SearchResult:
        """In the customer's own language."""
        found = await asyncio.to_thread(self._find, question)
        readable = await self._readable(found.candidates, question.audience, max(limit, FIRST))
        return SearchResult(
            passages=tuple(_passage(candidate, record) for candidate, record in readable[:limit]),
            answerable=_answerable(readable, found, self._parts.terms),
            lexical_only=found.lexical_only,
        )

    async def _abroad(self, question: SearchQuestion, limit: int, crossing: Crossing) -> SearchResult:
        """In other languages."""
        index = self._indexes.for_reader(question.audience)
        found = await asyncio.to_thread(index.abroad, question, crossing, self._vectors_abroad)
        if found is None:
            return SearchResult()
        readable = await self._readable(found.candidates, question.audience, max(limit, FIRST))
        return SearchResult(
            passages=tuple(_passage(candidate, record) for candidate, record in readable[:limit]),
            answerable=found.answerable([candidate for candidate, _ in readable]),
            lexical_only=found.lexical_only,
        )

    async def settled(self) -> None:
        """Returns when a large knowledge base has been given to Chroma; until then it is scanned exactly."""
        await self._indexes.settled()

    async def close(self) -> None:
        if self._refreshing is not None:
            await asyncio.gather(self._refreshing, return_exceptions=True)
        await self._indexes.close()
        if self._vectors_abroad is not None:
            self._vectors_abroad.close()

    async def _look_for_new_knowledge(self) -> None:
        """The first search waits for the knowledge base as long as it takes, later ones hardly."""
        if not self._indexes.filled:
            await self.refresh()
        if self._indexes.rest or not await self._indexes.outdated():
            return
        if self._refreshing is None or self._refreshing.done():
            self._refreshing = asyncio.create_task(self._refresh_quietly())
        if self._indexes.last_took <= WORTH_WAITING:
            await asyncio.wait({self._refreshing}, timeout=PATIENCE)

    async def _refresh_quietly(self) -> None:
        try:
            await self.refresh()
        except Exception:  # the last good copy goes on answering
            log.exception("knowledge base could not be read again")

    def _find(self, question: SearchQuestion) -> _Found:
        index = self._indexes.for_reader(question.audience).home(question.language)
        asked = index.in_its_words(asked_of(question, self._parts.terms, self._parts.other_words))
        if not len(index):
            return _Found(asked=asked, candidates=[], lexical_only=self._parts.embedder is None)
        vector = self._vector(asked, index)
        candidates = index.candidates(asked, vector, question.products)
        return _Found(asked=asked, candidates=candidates, lexical_only=vector is None)

    def _vector(self, asked: Asked, index: PassageIndex) -> "NDArray[np.float32] | None":
        if self._parts.embedder is None or not index.has_vectors:
            return None
        try:
            return vector_of(asked, self._parts.embedder)
        except EmbeddingUnavailableError as error:
            log.warning("searching by words alone: %s", error)
            return None

    async def _readable(
        self, candidates: Sequence[Candidate], reader: Audience, wanted: int
    ) -> list[tuple[Candidate, PassageRecord]]:
        """The best candidates that the records hold now, for this reader and this day, as they stand there."""
        today = self._parts.today()
        readable: list[tuple[Candidate, PassageRecord]] = []
        for start in range(0, len(candidates), wanted + SPARE):
            some = candidates[start : start + wanted + SPARE]
            records = await self._held.passages([candidate.passage_id for candidate in some])
            current = {record.passage.id: record for record in records if record.readable_by(reader, today)}
            readable += [(each, current[each.passage_id]) for each in some if each.passage_id in current]
            if len(readable) >= wanted:
                break
        return readable[:wanted]


def _answerable(readable: Sequence[tuple[Candidate, PassageRecord]], found: _Found, terms: Terms) -> float:
    if not readable:
        return 0.0
    leading = [(candidate, record.passage) for candidate, record in readable[:FIRST]]
    signs = signs_of(found.asked, leading, found.candidates, terms)
    return answerable(signs, WORDS_ALONE if found.lexical_only else HYBRID)


def _passage(candidate: Candidate, record: PassageRecord) -> FoundPassage:
    return FoundPassage(
        passage=record.passage,
        score=candidate.score,
        similarity=candidate.similarity,
        coverage=candidate.coverage,
        valid_from=record.valid_from,
    )
