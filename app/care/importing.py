"""Pages of websites come into the knowledge base in the background, one import at a time among all processes."""

import logging
from collections.abc import AsyncGenerator, Callable, Mapping, Sequence
from contextlib import aclosing
from dataclasses import dataclass, field, replace
from typing import Protocol

from app.care.chores import ChoreRecords
from app.care.ingesting import Document, Ingesting
from app.care.staff_records import AuditRecords
from app.domain.agents import Agent
from app.domain.imports import Import, ImportKind, ImportStatus, NewImport
from app.domain.library import source_of_import

log = logging.getLogger(__name__)

CHORE = "importing"
HOLD_SECONDS = 180.0
"""Longer than one page may take, its redirects and its reading included."""

NAMED_PROBLEMS = 5
LONGEST_PROBLEM = 1_000


class UnknownImportError(Exception):
    """There is no import of this id."""


class ImportExistsError(Exception):
    """This address is imported already."""


class CrawlRefusedError(Exception):
    """Nothing of the site can be taken; the reason is meant for whoever wanted it."""


class NotFetchedError(Exception):
    """No whole answer came; the reason names no part of a path."""


@dataclass(frozen=True, kw_only=True)
class Fetched:
    """An answer to a GET; names of headers in lower case. `content` is cut off where it is longer than was asked."""

    status: int
    headers: Mapping[str, str]
    content: bytes


class Fetch(Protocol):
    """GET of one address, guarded; redirects are not followed. Raises NotFetchedError."""

    async def __call__(self, address: str, at_most: int) -> Fetched: ...


@dataclass(frozen=True, kw_only=True)
class Listing:
    """The addresses of a site's pages, each once, and what was left out of them."""

    addresses: tuple[str, ...]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class CrawledPage:
    """A page that was looked at. `address` is where redirects led; without a document it is `gone`, or `problem` tells
    why it could not be taken this time."""

    asked: str
    address: str
    document: Document | None = None
    gone: bool = False
    problem: str = ""


class Crawler(Protocol):
    """Reads a site as its owner allows: one request at a time, with a pause, within limits."""

    async def listing(self, address: str, kind: ImportKind) -> Listing:
        """Raises CrawlRefusedError."""
        ...

    def pages(self, listing: Listing) -> AsyncGenerator[CrawledPage]:
        """As many as the limits allow. Raises CrawlRefusedError."""
        ...


class ImportRecords(Protocol):
    """Imports and when they are due. A run that died is due still."""

    async def imports(self) -> Sequence[Import]: ...

    async def add(self, new: NewImport, agent: Agent) -> Import:
        """Raises ImportExistsError."""
        ...

    async def delete(self, import_id: str) -> bool: ...

    async def again(self, import_id: str) -> bool:
        """Due now; one that runs goes on."""
        ...

    async def due(self) -> Import | None: ...

    async def note(self, import_id: str, pages: int) -> bool:
        """It runs and took so many pages. False when it was taken out meanwhile."""
        ...

    async def end(self, import_id: str, status: ImportStatus, pages: int, problem: str) -> None: ...


@dataclass(kw_only=True)
class _Run:
    """What a run has come to; `keep` are the addresses whose articles stay."""

    source: str
    keep: set[str] = field(default_factory=set[str])
    pages: int = 0
    problems: list[str] = field(default_factory=list[str])

    @property
    def problem(self) -> str:
        named = "; ".join(self.problems[:NAMED_PROBLEMS])
        more = len(self.problems) - NAMED_PROBLEMS
        return (f"{named}; and {more} more" if more > 0 else named)[:LONGEST_PROBLEM]

    @property
    def kept_sources(self) -> set[str]:
        return {f"{self.source}/{address}" for address in self.keep}


@dataclass(frozen=True, kw_only=True)
class Importing:
    """The worker's side: what is due is read, page by page; pages that vanished are taken out."""

    records: ImportRecords
    crawler: Crawler
    ingesting: Ingesting
    chores: ChoreRecords
    owner: str

    async def look(self) -> None:
        """Runs what is due, if no other process does."""
        if await self.records.due() is None or not await self._hold():
            return
        try:
            while due := await self.records.due():
                await self._run(due)
        finally:
            await self.chores.let_go(CHORE, self.owner)

    async def _hold(self) -> bool:
        return await self.chores.hold(CHORE, self.owner, HOLD_SECONDS)

    async def _run(self, due: Import) -> None:
        run = _Run(source=source_of_import(due.id))
        try:
            if not await self._take_pages(due, run):
                return None
        except CrawlRefusedError as error:
            return await self.records.end(due.id, ImportStatus.FAILED, run.pages, str(error))
        except Exception as error:  # the others are to go on, and this one is not to be tried each second
            log.exception("an import failed", extra={"import": due.id})
            problem = f"It failed on our side ({type(error).__name__})."
            return await self.records.end(due.id, ImportStatus.FAILED, run.pages, problem)
        await self.ingesting.take_out_below(run.source, run.kept_sources)
        status = ImportStatus.DONE if run.pages else ImportStatus.FAILED
        return await self.records.end(due.id, status, run.pages, run.problem)

    async def _take_pages(self, due: Import, run: _Run) -> bool:
        """False when the import was taken out meanwhile, or another process goes on with it."""
        if not await self._noted(due, run):
            return False
        listing = await self.crawler.listing(due.address, due.kind)
        run.keep |= set(listing.addresses)
        run.problems += listing.notes
        async with aclosing(self.crawler.pages(listing)) as pages:
            async for page in pages:
                await self._take(page, due, run)
                if not await self._noted(due, run) or not await self._hold():
                    return False
        return True

    async def _noted(self, due: Import, run: _Run) -> bool:
        """What was put in after the import was taken out goes too."""
        if await self.records.note(due.id, run.pages):
            return True
        await self.ingesting.take_out_below(run.source)
        return False

    async def _take(self, page: CrawledPage, due: Import, run: _Run) -> None:
        if page.problem:
            run.problems.append(f"{page.asked}: {page.problem}")
        if page.gone or page.address != page.asked:
            run.keep.discard(page.asked)
        if page.document is None:
            return
        run.keep.add(page.address)
        source = f"{run.source}/{page.address}"
        document = replace(page.document, source=source, changed_by=due.created_by)
        report = await self.ingesting.take_documents([document])
        run.problems += [f"{page.asked}: {problem}" for problem in report.broken.values()]
        run.problems += [f"{page.asked}: it was taken over in the console" for _ in report.kept]
        run.pages += not (report.broken or report.kept)


@dataclass(frozen=True, kw_only=True)
class Imports:
    """The supervisors' side; each change is noted with who made it. `checked_address` raises what is wrong with one."""

    records: ImportRecords
    ingesting: Ingesting
    audit: AuditRecords
    checked_address: Callable[[str], str]

    async def imports(self) -> Sequence[Import]:
        """Newest first."""
        return await self.records.imports()

    async def add(self, agent: Agent, new: NewImport) -> Import:
        self.checked_address(new.address)
        added = await self.records.add(new, agent)
        await self.audit.note(agent, "import.added", added.id, {"kind": new.kind})
        return added

    async def again(self, agent: Agent, import_id: str) -> None:
        if not await self.records.again(import_id):
            raise UnknownImportError(import_id)
        await self.audit.note(agent, "import.again", import_id, {})

    async def delete(self, agent: Agent, import_id: str) -> None:
        """With its articles; a run that is under way finds out and stops."""
        if not await self.records.delete(import_id):
            raise UnknownImportError(import_id)
        gone = await self.ingesting.take_out_below(source_of_import(import_id))
        await self.audit.note(agent, "import.deleted", import_id, {"articles": len(gone)})
