"""The list of conversations: filtered, searched, and paged by the place where the page before ended."""

from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, select, tuple_

from app.care.desk import DeskFilter, DeskPage, Place
from app.storage import tables as t
from app.storage.database import Database
from app.storage.desk_rows import conversations_from, on_channel, with_people
from app.storage.rows import AnyRow, stored, utc
from app.storage.word_search import WordSearch

NEWEST_FIRST = (t.conversations.c.last_at.desc(), t.conversations.c.id.desc())


@dataclass(frozen=True)
class ListingRecords:
    """Implements care.desk.ListingRecords."""

    database: Database
    search: WordSearch = field(default_factory=WordSearch)

    async def conversations(self, wanted: DeskFilter, before: Place | None, limit: int) -> DeskPage:
        return await self.database.read(lambda c: self._page(c, wanted, before, limit))

    def _page(self, c: Connection, wanted: DeskFilter, before: Place | None, limit: int) -> DeskPage:
        conditions = _conditions(wanted)
        looked_back_to = None
        if wanted.words:
            found = self.search.search(c, wanted.words)
            conditions.append(t.conversations.c.id.in_(found.conversations))
            looked_back_to = found.looked_back_to
        if before:
            place = tuple_(stored(before.last_at), before.id)
            conditions.append(tuple_(t.conversations.c.last_at, t.conversations.c.id) < place)
        newest = select(t.conversations.c.id).where(and_(True, *conditions)).order_by(*NEWEST_FIRST).limit(limit + 1)
        rows = c.execute(with_people().where(t.conversations.c.id.in_(newest)).order_by(*NEWEST_FIRST)).all()
        return DeskPage(
            conversations=tuple(conversations_from(c, rows[:limit])),
            next=_place(rows[limit - 1]) if len(rows) > limit else None,
            looked_back_to=looked_back_to,
        )


def _conditions(wanted: DeskFilter) -> list[ColumnElement[bool]]:
    is_spam = t.conversations.c.spam_at.is_not(None)
    given: list[ColumnElement[bool]] = [is_spam if wanted.spam else ~is_spam]
    if wanted.statuses:
        given.append(t.conversations.c.status.in_(wanted.statuses))
    if wanted.channel:
        given.append(on_channel(wanted.channel))
    if wanted.feeling:
        given.append(t.conversations.c.feeling == wanted.feeling)
    if wanted.tag:
        given.append(_among(t.conversation_tags, t.conversation_tags.c.tag == wanted.tag))
    if wanted.agent_id:
        given.append(_among(t.handoffs, t.handoffs.c.agent_id == wanted.agent_id))
    return given


def _among(table: Any, condition: ColumnElement[bool]) -> ColumnElement[bool]:
    return t.conversations.c.id.in_(select(table.c.conversation_id).where(condition))


def _place(row: AnyRow) -> Place:
    return Place(last_at=utc(row.last_at), id=row.id)
