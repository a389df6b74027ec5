"""Pages come in by runs: what vanished is taken out, what failed stays, and a run that died is begun again."""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable
from dataclasses import dataclass, field

import pytest

from app.care.importing import CHORE, CrawledPage, CrawlRefusedError, Importing, Imports, Listing, UnknownImportError
from app.care.ingesting import Document, Ingesting
from app.domain.agents import Agent
from app.domain.imports import Import, ImportKind, ImportStatus, NewImport
from app.knowledge.passages import passages_of
from app.knowledge.reading import read_documents
from app.storage.articles import ArticleRecords
from app.storage.audit import AuditRecords
from app.storage.chores import ChoreKeeper
from app.storage.database import Database
from app.storage.imports import ImportRecords
from tests.fakes.parts import FakeClock, counting_ids

SUPERVISOR = Agent(id="agt_1", name="Robin", email="robin@company.example")
SITE = "https://shop.example"


def page(path: str, text: str = "Words.") -> CrawledPage:
    content = f"# {path}\n\n{text}".encode()
    document = Document(name=f"shop.example{path}.md", source="", content=content, address=f"{SITE}{path}")
    return CrawledPage(asked=f"{SITE}{path}", address=f"{SITE}{path}", document=document)


def left(path: str, problem: str = "answered 500", *, gone: bool = False) -> CrawledPage:
    return CrawledPage(asked=f"{SITE}{path}", address=f"{SITE}{path}", problem=problem, gone=gone)


@dataclass
class FakeCrawler:
    """A site that has these pages now; `between` is awaited before each."""

    found: list[CrawledPage] = field(default_factory=list)
    notes: tuple[str, ...] = ()
    refused: str = ""
    between: Callable[[], Awaitable[object]] | None = None
    runs: int = 0

    async def listing(self, address: str, kind: ImportKind) -> Listing:
        self.runs += 1
        if self.refused:
            raise CrawlRefusedError(self.refused)
        return Listing(addresses=tuple(each.asked for each in self.found), notes=self.notes)

    async def pages(self, listing: Listing) -> AsyncGenerator[CrawledPage]:
        for each in self.found:
            if self.between:
                await self.between()
            yield each


@dataclass
class Room:
    """The parts of an import, on real records."""

    database: Database
    clock: FakeClock
    crawler: FakeCrawler = field(default_factory=FakeCrawler)

    def __post_init__(self) -> None:
        new_id = counting_ids()
        self.articles = ArticleRecords(self.database, self.clock)
        self.records = ImportRecords(self.database, self.clock, new_id)
        self.chores = ChoreKeeper(self.database, self.clock)
        self.ingesting = Ingesting(records=self.articles, read=read_documents, cut=passages_of, embedder=None)
        self.imports = Imports(
            records=self.records,
            ingesting=self.ingesting,
            audit=AuditRecords(self.database, self.clock, new_id),
            checked_address=lambda address: address,
        )

    def importing(self, owner: str = "this process") -> Importing:
        return Importing(
            records=self.records, crawler=self.crawler, ingesting=self.ingesting, chores=self.chores, owner=owner
        )

    async def add(self, every_hours: int | None = None) -> Import:
        new = NewImport(address=f"{SITE}/sitemap.xml", kind=ImportKind.SITEMAP, every_hours=every_hours)
        return await self.imports.add(SUPERVISOR, new)

    async def run(self, *found: CrawledPage) -> Import:
        self.crawler.found = list(found)
        await self.importing().look()
        return (await self.records.imports())[0]

    async def held(self) -> list[str]:
        return [article.id for article in await self.articles.articles()]


@pytest.fixture
async def room(database: Database, clock: FakeClock) -> Room:
    return Room(database, clock)


async def test_pages_come_in_under_their_addresses_and_the_import_tells_how_many(room: Room) -> None:
    await room.add()

    ended = await room.run(page("/a"), page("/b"))
    await room.importing().look()

    assert (ended.status, ended.pages, ended.problem) == (ImportStatus.DONE, 2, "")
    assert [article.address for article in await room.articles.articles()] == [f"{SITE}/a", f"{SITE}/b"]
    assert (room.crawler.runs, ended.next_at) == (1, None)


async def test_what_vanished_is_taken_out_and_what_only_failed_stays(room: Room) -> None:
    added = await room.add()
    await room.run(page("/a"), page("/b"), page("/c"), page("/d"))
    await room.imports.again(SUPERVISOR, added.id)

    ended = await room.run(page("/a", "Newer words."), left("/b"), left("/c", "answered 404", gone=True))

    assert await room.held() == ["shop.example/a.md", "shop.example/b.md"]
    assert (ended.status, ended.pages) == (ImportStatus.DONE, 1)
    assert ended.problem == f"{SITE}/b: answered 500; {SITE}/c: answered 404"


async def test_a_page_that_moved_stands_under_its_new_address_alone(room: Room) -> None:
    added = await room.add()
    await room.run(page("/old"))
    await room.imports.again(SUPERVISOR, added.id)

    moved = page("/new")
    await room.run(CrawledPage(asked=f"{SITE}/old", address=moved.address, document=moved.document))

    assert await room.held() == ["shop.example/new.md"]


async def test_a_site_that_refuses_takes_nothing_away(room: Room) -> None:
    added = await room.add()
    await room.run(page("/a"))
    await room.imports.again(SUPERVISOR, added.id)
    room.crawler.refused = "robots.txt: the site answered 503"

    ended = await room.run()

    assert (ended.status, ended.problem) == (ImportStatus.FAILED, "robots.txt: the site answered 503")
    assert await room.held() == ["shop.example/a.md"]


async def test_many_problems_are_told_shortly(room: Room) -> None:
    await room.add()
    room.crawler.notes = ("1 addresses of other sites were left out",)

    ended = await room.run(*(left(f"/{number}") for number in range(9)))

    assert ended.status is ImportStatus.FAILED
    assert ended.problem.endswith("; and 5 more")
    assert ended.problem.startswith("1 addresses of other sites")


async def test_an_import_comes_again_after_its_hours(room: Room, clock: FakeClock) -> None:
    await room.add(every_hours=24)
    await room.run(page("/a"))

    clock.forward(hours=23)
    await room.importing().look()
    clock.forward(hours=1)
    await room.importing().look()

    assert room.crawler.runs == 2


async def test_an_import_that_is_deleted_takes_its_articles_along_also_in_the_midst_of_a_run(room: Room) -> None:
    added = await room.add()
    await room.run(page("/a"))
    await room.imports.again(SUPERVISOR, added.id)

    async def delete_once() -> None:
        if room.crawler.runs == 2 and await room.records.imports():
            await room.imports.delete(SUPERVISOR, added.id)

    room.crawler.between = delete_once
    room.crawler.found = [page("/a"), page("/b"), page("/c")]
    await room.importing().look()

    assert await room.held() == []
    assert await room.records.imports() == []
    with pytest.raises(UnknownImportError):
        await room.imports.delete(SUPERVISOR, added.id)


async def test_a_run_that_died_is_begun_again_by_another_process_once_its_time_is_up(
    room: Room, clock: FakeClock
) -> None:
    added = await room.add()
    room.crawler.found = [page("/a")]
    await room.chores.hold(CHORE, "the one that died", 180)
    await room.records.note(added.id, 3)

    await room.importing("another").look()
    before = await room.held()
    clock.forward(seconds=181)
    await room.importing("another").look()

    assert (before, await room.held()) == ([], ["shop.example/a.md"])


async def test_two_processes_run_an_import_once(room: Room) -> None:
    await room.add()
    room.crawler.found = [page("/a")]

    await asyncio.gather(room.importing("one").look(), room.importing("other").look())

    assert room.crawler.runs == 1


async def test_what_was_taken_over_in_the_console_is_not_overwritten(room: Room) -> None:
    added = await room.add()
    await room.run(page("/a"))
    held = await room.articles.article("shop.example/a.md")
    assert held
    own = Document(name="shop.example/a.md", source="console:/articles", content=b"# Ours\n\nOur words.")
    await room.ingesting.delete(held.id)
    await room.ingesting.take_documents([own])
    await room.imports.again(SUPERVISOR, added.id)

    ended = await room.run(page("/a"), page("/b"))

    kept = await room.articles.article("shop.example/a.md")
    assert kept
    assert (kept.text, ended.pages) == ("Our words.", 1)
    assert ended.problem == f"{SITE}/a: it was taken over in the console"


async def test_one_that_runs_goes_on_when_it_is_asked_for_again(room: Room) -> None:
    added = await room.add(every_hours=1)
    await room.records.note(added.id, 1)

    await room.imports.again(SUPERVISOR, added.id)

    assert (await room.records.imports())[0].status is ImportStatus.RUNNING
