"""Which conversations hold certain words: the newest messages are looked through, so far as time allows."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, or_, select

from app.domain.conversations import Author
from app.domain.customers import FactKind
from app.storage import tables as t
from app.storage.desk_rows import NAMES
from app.storage.rows import utc

FOUND = 500
"""Conversations at most; on SQLite a statement takes some thousand values."""

ESCAPE = "\\"


@dataclass(frozen=True)
class Searched:
    """`looked_back_to`: older messages were not looked through; None where there are none."""

    conversations: list[str]
    looked_back_to: datetime | None


@dataclass(frozen=True)
class WordSearch:
    """`messages` and `people` are looked through at most, newest first: a tenth of a second."""

    messages: int = 40_000
    people: int = 20_000

    def search(self, c: Connection, words: str) -> Searched:
        ids = dict.fromkeys(self._by_words(c, words))
        customers = list(dict.fromkeys(self._customers(c, words)))[:FOUND]
        theirs = select(t.conversations.c.id).where(t.conversations.c.customer_id.in_(customers))
        newest = theirs.order_by(t.conversations.c.last_at.desc()).limit(FOUND)
        ids |= dict.fromkeys(c.execute(newest).scalars())
        ids |= dict.fromkeys(c.execute(select(t.conversations.c.id).where(t.conversations.c.id == words)).scalars())
        return Searched(conversations=list(ids), looked_back_to=self._looked_back_to(c))

    def _by_words(self, c: Connection, words: str) -> Iterable[str]:
        newest = select(t.messages.c.conversation_id, t.messages.c.text, t.messages.c.author, t.messages.c.id)
        looked_at = newest.order_by(t.messages.c.id.desc()).limit(self.messages).subquery()
        by_people = looked_at.c.author.in_((Author.CUSTOMER, Author.AGENT))
        found = select(looked_at.c.conversation_id).where(by_people, holds(looked_at.c.text, words))
        return c.execute(found.order_by(looked_at.c.id.desc()).limit(FOUND)).scalars()

    def _customers(self, c: Connection, words: str) -> Iterable[str]:
        """By the names that the company set, that they said, or that their page claimed."""
        for looked_at in (_set_names(), _said_names(), _claimed_names()):
            some = looked_at.limit(self.people).subquery()
            yield from c.execute(select(some.c.customer_id).where(holds(some.c.value, words)).limit(FOUND)).scalars()

    def _looked_back_to(self, c: Connection) -> datetime | None:
        newest = select(t.messages.c.at).order_by(t.messages.c.id.desc())
        found = c.execute(newest.offset(self.messages - 1).limit(2)).scalars().all()
        return utc(found[0]) if len(found) > 1 else None


def _set_names() -> Select[Any, Any]:
    named = t.attributes.c.name.in_((*NAMES, "email"))
    found = select(t.attributes.c.customer_id, t.attributes.c.value).where(named)
    return found.order_by(t.attributes.c.customer_id.desc())


def _said_names() -> Select[Any, Any]:
    named = (t.facts.c.kind == FactKind.IDENTITY) & t.facts.c.about.in_(("name", "email"))
    found = select(t.facts.c.customer_id, t.facts.c.value).where(named, t.facts.c.valid_to.is_(None))
    return found.order_by(t.facts.c.id.desc())


def _claimed_names() -> Select[Any, Any]:
    name = t.conversations.c.claimed["name"].as_string().label("value")
    return select(t.conversations.c.customer_id, name).order_by(t.conversations.c.last_at.desc())


def holds(column: ColumnElement[str], words: str) -> ColumnElement[bool]:
    """Whatever the case. SQLite folds the case of ASCII alone: other letters are looked for in each of their usual
    ways of writing."""
    ways = {words} if words.isascii() else {words, words.lower(), words.upper(), words.title(), words.capitalize()}
    return or_(*(column.ilike(f"%{_escaped(way)}%", escape=ESCAPE) for way in sorted(ways)))


def _escaped(words: str) -> str:
    for sign in (ESCAPE, "%", "_"):
        words = words.replace(sign, ESCAPE + sign)
    return words
