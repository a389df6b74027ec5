"""The copies of the knowledge base in memory, one for each kind of reader, renewed when the records have changed."""

import asyncio
import logging
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from app.care.knowledge_records import IndexRow, KnowledgeRecords
from app.care.lookup import Embedder, Terms
from app.domain.knowledge import Audience
from app.knowledge.lexical import TermBook
from app.knowledge.many_languages import ByLanguage, homes_of
from app.knowledge.ranking import PassageIndex
from app.knowledge.vectors import ChromaVectors, collection_name

log = logging.getLogger(__name__)


@dataclass(frozen=True, kw_only=True)
class Filling:
    """When vectors are given to Chroma: from `passages` on, after `seconds` without a newer version. Fewer are
    compared one by one (0.5 ms for 10,000), as all are until it is filled."""

    passages: int = 10_000
    seconds: float = 10.0


QUICK = 0.25
REST = 10
LONGEST_REST = 10.0
"""A renewal takes the interpreter from those that reply. One change is taken in at once; but when renewals of late took
more than `QUICK` seconds in all, they rest for so many times the excess, as far as `LONGEST_REST`: during a bulk import
they have a tenth of the time."""


class Indexes:
    """Public readers search public passages; internal readers all."""

    def __init__(
        self,
        records: KnowledgeRecords,
        terms: Terms,
        embedder: Embedder | None,
        *,
        filling: Filling,
        by_language: bool = False,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """`by_language` parts what a customer reads as their own from what stands in other languages."""
        self._records = records
        self._parted = by_language
        self._book = TermBook(terms)
        self._embedder = embedder
        self._when = filling
        self._clock = clock
        self._version: int | None = None
        self._by_reader: dict[Audience, ByLanguage] = {}
        self._renewing = asyncio.Lock()
        self._filling: asyncio.Task[None] | None = None
        self._renewed_at = 0.0
        self._spent = 0.0
        self._rest_until = 0.0
        self.last_took = 0.0
        """Seconds; 0 until there was a renewal."""

    @property
    def filled(self) -> bool:
        return self._version is not None

    @property
    def rest(self) -> float:
        """Seconds until the next renewal may begin."""
        return max(0.0, self._rest_until - self._clock())

    async def outdated(self) -> bool:
        return await self._records.version() != self._version

    def for_reader(self, reader: Audience) -> ByLanguage:
        return self._by_reader[reader]

    async def refresh(self) -> None:
        """Renews the copies if the records have a newer version; searches go on with the old ones meanwhile."""
        async with self._renewing:
            version = await self._records.version()
            if version == self._version:
                return
            is_renewal, began = self.filled, self._clock()
            rows = await self._records.load_index(self._embedder.id if self._embedder else None)
            self._take_over(version, await asyncio.to_thread(self._built, rows))
            if is_renewal:
                self._count(self._clock() - began)

    def _count(self, took: float) -> None:
        """What was spent is forgiven at the rate at which it may be spent. The first copy does not count: it reads
        word lists and every passage, a renewal only the passages that are new."""
        now = self._clock()
        spent = max(0.0, self._spent - (now - took - self._renewed_at) / REST) + took
        self._spent = min(spent, QUICK + LONGEST_REST / REST)
        self._renewed_at = now
        self.last_took = took
        self._rest_until = now + REST * max(0.0, self._spent - QUICK)

    async def settled(self) -> None:
        """Returns when large collections have been given to Chroma."""
        if self._filling is not None:
            await self._filling

    async def close(self) -> None:
        if self._filling is not None:
            self._filling.cancel()
            await asyncio.gather(self._filling, return_exceptions=True)
        for index in self._distinct():
            index.nearest.close()

    def _built(self, rows: Sequence[IndexRow]) -> dict[Audience, ByLanguage]:
        self._book.forget_all_but([row.passage for row in rows])
        everything = self._by_language(rows)
        public = [row for row in rows if row.audience is Audience.PUBLIC]
        if len(public) == len(rows):
            return {Audience.PUBLIC: everything, Audience.INTERNAL: everything}
        return {Audience.PUBLIC: self._by_language(public), Audience.INTERNAL: everything}

    def _by_language(self, rows: Sequence[IndexRow]) -> ByLanguage:
        homes = homes_of(rows, self._index) if self._parted else {}
        return ByLanguage(self._index(rows), homes, [row.passage for row in rows])

    def _index(self, rows: Sequence[IndexRow]) -> PassageIndex:
        return PassageIndex(rows, self._book, self._embedder.dimensions if self._embedder else 0)

    def _take_over(self, version: int, built: dict[Audience, ByLanguage]) -> None:
        old = self._distinct()
        self._by_reader, self._version = built, version
        if self._filling is not None:
            self._filling.cancel()
        for index in old:
            index.nearest.close()
        if any(self._belongs_in_chroma(index) for index in self._distinct()):
            self._filling = asyncio.create_task(self._fill(version))

    async def _fill(self, version: int) -> None:
        await asyncio.sleep(self._when.seconds)
        readers = {id(each.everything): (reader, each.everything) for reader, each in self._by_reader.items()}
        for reader, index in readers.values():
            if self._belongs_in_chroma(index):
                await self._fill_one(version, reader, index)

    async def _fill_one(self, version: int, reader: Audience, index: PassageIndex) -> None:
        space = self._embedder.id if self._embedder else ""
        name = collection_name(version=version, audience=reader.value, embedder_id=space)
        job = asyncio.ensure_future(asyncio.to_thread(ChromaVectors, name, index.matrix))
        try:
            index.nearest = await asyncio.shield(job)
        except asyncio.CancelledError:  # the thread goes on: what it fills is dropped when it is done
            job.add_done_callback(_drop)
            raise
        except Exception:  # foreign code: the exact scan goes on
            log.exception("Chroma could not be filled")

    def _belongs_in_chroma(self, index: PassageIndex) -> bool:
        return index.has_vectors and len(index) >= self._when.passages

    def _distinct(self) -> list[PassageIndex]:
        """Those that may be given to Chroma."""
        return list({id(each.everything): each.everything for each in self._by_reader.values()}.values())


def _drop(job: "asyncio.Future[ChromaVectors]") -> None:
    if not job.cancelled() and job.exception() is None:
        job.result().close()
