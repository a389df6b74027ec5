"""What agents do with articles: find, write, publish, upload, take out, and try a question."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Protocol, cast

from app.care.asking import Asking
from app.care.ingesting import Document, Ingesting, IngestReport
from app.care.knowledge_records import KnowledgeRecords
from app.care.records import TurnEnd
from app.care.staff_records import AuditRecords
from app.domain.agents import Agent
from app.domain.knowledge import Article, ArticleStatus, Passage
from app.domain.library import UPLOADED, WRITTEN, check_from_console, check_may_write


class UnknownArticleError(Exception):
    """There is no article of this id."""


@dataclass(frozen=True, kw_only=True)
class Shelved:
    """An article as the library lists it; `text` is empty in lists."""

    article: Article
    digest: str
    changed_at: datetime
    changed_by: str


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """Which articles a list shows: all of `words` in title or text, of this status, so many behind `offset`."""

    words: str = ""
    status: ArticleStatus | None = None
    limit: int = 100
    offset: int = 0


@dataclass(frozen=True, kw_only=True)
class Shelf:
    """One page of a list, newest change first; `total` counts all that were wanted."""

    articles: Sequence[Shelved]
    total: int


class LibraryRecords(Protocol):
    """Articles as agents see them: drafts, internal and outdated ones too."""

    async def shelf(self, wanted: Wanted) -> Shelf: ...

    async def shelved(self, article_id: str) -> Shelved | None: ...


@dataclass(frozen=True, kw_only=True)
class Edit:
    """An article as it is to be. `was` is the digest that its author saw; `take_over` makes an article the console's
    that came from elsewhere."""

    article: Article
    was: str
    take_over: bool = False


@dataclass(frozen=True, kw_only=True)
class Tried:
    """How the assistant would end a turn with a question, and the passages that it found with their scores."""

    end: TurnEnd
    passages: Sequence[tuple[Passage, float]]
    answerable: float


@dataclass(frozen=True, kw_only=True)
class Library:
    """Articles go in by ingesting, the one way in; each change is noted with who made it."""

    records: LibraryRecords
    passages: KnowledgeRecords
    ingesting: Ingesting
    asking: Asking
    audit: AuditRecords
    new_id: Callable[[str], str]

    async def shelf(self, wanted: Wanted) -> Shelf:
        return await self.records.shelf(wanted)

    async def article(self, article_id: str) -> Shelved:
        """Raises UnknownArticleError."""
        found = await self.records.shelved(article_id)
        if found is None:
            raise UnknownArticleError(article_id)
        return found

    async def write(self, agent: Agent, article: Article) -> Shelved:
        """A new one, under an id of its own."""
        check_may_write(agent.role, article.status)
        new = replace(article, id=self.new_id("art"), source=WRITTEN)
        await self.ingesting.edit_article(new, was=None, by=agent.name)
        await self.audit.note(agent, "article.written", new.id, {"title": new.title, "status": new.status})
        return await self.article(new.id)

    async def edit(self, agent: Agent, edit: Edit) -> Shelved:
        """The old text stops answering at once. Raises ArticleChangedError where somebody was faster."""
        held = await self.article(edit.article.id)
        check_may_write(agent.role, held.article.status, edit.article.status)
        if not edit.take_over:
            check_from_console(held.article)
        source = WRITTEN if edit.take_over else held.article.source
        await self.ingesting.edit_article(replace(edit.article, source=source), was=edit.was, by=agent.name)
        details = {"title": edit.article.title, "before": held.article.status, "status": edit.article.status}
        await self.audit.note(agent, "article.changed", edit.article.id, details)
        return await self.article(edit.article.id)

    async def take_out(self, agent: Agent, article_id: str) -> None:
        held = await self.article(article_id)
        check_may_write(agent.role, held.article.status)
        check_from_console(held.article)
        await self.ingesting.delete(article_id)
        await self.audit.note(agent, "article.taken_out", article_id, {"title": held.article.title})

    async def preview(self, article: Article) -> Sequence[Passage]:
        """The passages that it would be cut into; nothing is stored."""
        return await asyncio.to_thread(self.ingesting.cut, article)

    async def upload(self, agent: Agent, files: Sequence[Document]) -> IngestReport:
        """A file of the same name as an earlier one takes its place."""
        check_may_write(agent.role, ArticleStatus.PUBLISHED)
        documents = [replace(file, source=f"{UPLOADED}/{file.name}", changed_by=agent.name) for file in files]
        report = await self.ingesting.take_documents(documents)
        details = {"files": len(files), "changed": len(report.changed), "broken": len(report.broken)}
        await self.audit.note(agent, "article.uploaded", "", details)
        return report

    async def try_question(self, question: str) -> Tried:
        """What would be found and said now; nothing is stored."""
        end = await self.asking.ask(question)
        scores = _scores(end)
        held = {record.passage.id: record.passage for record in await self.passages.passages(list(scores))}
        answerable = end.trace.get("answerable", 0.0)
        return Tried(
            end=end,
            passages=[(held[id], score) for id, score in scores.items() if id in held],
            answerable=answerable if isinstance(answerable, float) else 0.0,
        )


def _scores(end: TurnEnd) -> dict[str, float]:
    """Of the passages in the turn's trace, best first."""
    rows = cast("list[Mapping[str, str | float]]", end.trace.get("passages", []))
    return {str(row["passage"]): float(row["score"]) for row in rows}
