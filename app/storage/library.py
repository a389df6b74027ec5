"""Articles as agents see them: searched by words, newest change first, drafts too."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, func, literal, or_, select

from app.care.library import Shelf, Shelved, Wanted
from app.storage import tables as t
from app.storage.articles import article_from
from app.storage.database import Database
from app.storage.rows import AnyRow, utc

MOST_WORDS = 8


@dataclass(frozen=True)
class LibraryRecords:
    """Implements care.library.LibraryRecords."""

    database: Database

    async def shelf(self, wanted: Wanted) -> Shelf:
        return await self.database.read(lambda c: _shelf(c, wanted))

    async def shelved(self, article_id: str) -> Shelved | None:
        mine = select(t.articles).where(t.articles.c.id == article_id)

        def read(c: Connection) -> Shelved | None:
            row = c.execute(mine).one_or_none()
            return None if row is None else _shelved(row)

        return await self.database.look(read)


def _shelf(c: Connection, wanted: Wanted) -> Shelf:
    which = _which(wanted)
    columns = [literal("").label("text") if each is t.articles.c.text else each for each in t.articles.c]
    newest = select(*columns).where(which).order_by(t.articles.c.changed_at.desc(), t.articles.c.id)
    rows = c.execute(newest.limit(wanted.limit).offset(wanted.offset)).all()
    total = c.execute(select(func.count()).select_from(t.articles).where(which)).scalar_one()
    return Shelf(articles=[_shelved(row) for row in rows], total=total)


def _which(wanted: Wanted) -> ColumnElement[bool]:
    words = [_holds(word) for word in wanted.words.split()[:MOST_WORDS]]
    status = [] if wanted.status is None else [t.articles.c.status == wanted.status]
    return and_(literal(True), *status, *words)


def _holds(word: str) -> Any:
    return or_(*(column.icontains(word, autoescape=True) for column in (t.articles.c.title, t.articles.c.text)))


def _shelved(row: AnyRow) -> Shelved:
    return Shelved(
        article=article_from(row), digest=row.digest, changed_at=utc(row.changed_at), changed_by=row.changed_by
    )
