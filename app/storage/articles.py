"""The knowledge base as records: articles, their passages, vectors, and a version that grows with every change."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Table, bindparam, delete, exists, func, insert, select, update

from app.care.knowledge_records import ArticleChangedError, CutArticle, HeldArticle, IndexRow
from app.domain.knowledge import Article, ArticleStatus, Audience, Passage, PassageRecord
from app.storage import tables as t
from app.storage.database import Database
from app.storage.rows import AnyRow, Clock, stored

IN_ONE_QUERY = 500
ROWS_AT_A_TIME = 50
"""Of the whole knowledge base: on PostgreSQL rows become values on the event loop, in a millisecond for so many."""


@dataclass(frozen=True)
class ArticleRecords:
    """Implements care.knowledge_records.KnowledgeRecords and KnowledgeWriting."""

    database: Database
    clock: Clock

    async def version(self) -> int:
        return await self.database.glance(_version)

    async def load_index(self, embedder_id: str | None) -> Sequence[IndexRow]:
        mine = (t.vectors.c.passage_id == t.passages.c.id) & (t.vectors.c.embedder_id == (embedder_id or ""))
        wanted = _with_articles(t.vectors.c.vector, joined_to=_passages().outerjoin(t.vectors, mine))
        some_at_a_time = wanted.execution_options(yield_per=ROWS_AT_A_TIME)
        return await self.database.read(lambda c: [_index_row(row) for row in c.execute(some_at_a_time)])

    async def passages(self, ids: Sequence[str]) -> Sequence[PassageRecord]:
        wanted = {"ids": list(ids)}
        return await self.database.glance(lambda c: [_record_from(row) for row in c.execute(PASSAGES_BY_ID, wanted)])

    async def save_articles(self, articles: Sequence[CutArticle]) -> int:
        now = stored(self.clock())
        return await self.database.write(lambda c: _save(c, articles, now))

    async def replace_article(self, cut: CutArticle, was: str | None) -> int:
        now = stored(self.clock())
        return await self.database.write(lambda c: _replace(c, cut, was, now))

    async def delete_articles(self, ids: Sequence[str]) -> int:
        gone = delete(t.articles).where(t.articles.c.id.in_(list(ids)))

        def transition(c: Connection) -> int:
            return _bump(c) if c.execute(gone).rowcount else _version(c)

        return await self.database.write(transition)

    async def passages_without_vector(self, embedder_id: str, limit: int) -> Sequence[Passage]:
        has = exists().where(t.vectors.c.passage_id == t.passages.c.id, t.vectors.c.embedder_id == embedder_id)
        wanted = _with_articles(joined_to=_passages()).where(~has).order_by(t.passages.c.id).limit(limit)
        return await self.database.read(lambda c: [_passage_from(row) for row in c.execute(wanted)])

    async def count_without_vector(self, embedder_id: str) -> int:
        has = exists().where(t.vectors.c.passage_id == t.passages.c.id, t.vectors.c.embedder_id == embedder_id)
        wanted = select(func.count()).select_from(t.passages).where(~has)
        return await self.database.read(lambda c: int(c.execute(wanted).scalar_one()))

    async def save_vectors(self, embedder_id: str, vectors: Mapping[str, bytes]) -> int:
        return await self.database.write(lambda c: _save_vectors(c, embedder_id, vectors))

    async def digests(self) -> Mapping[str, HeldArticle]:
        wanted = select(t.articles.c.id, t.articles.c.digest, t.articles.c.source)
        return await self.database.read(
            lambda c: {row.id: HeldArticle(digest=row.digest, source=row.source) for row in c.execute(wanted)}
        )

    async def products(self) -> tuple[str, ...]:
        """Every product that an article is about, by name."""
        wanted = select(t.articles.c.products).where(t.articles.c.status == ArticleStatus.PUBLISHED)
        return await self.database.read(
            lambda c: tuple(sorted({name for names in c.execute(wanted).scalars() for name in names}))
        )

    async def articles(self) -> Sequence[Article]:
        wanted = select(t.articles).order_by(t.articles.c.id)
        return await self.database.read(lambda c: [article_from(row) for row in c.execute(wanted)])

    async def article(self, article_id: str) -> Article | None:
        wanted = select(t.articles).where(t.articles.c.id == article_id)

        def read(c: Connection) -> Article | None:
            row = c.execute(wanted).one_or_none()
            return None if row is None else article_from(row)

        return await self.database.read(read)


def _passages() -> Any:
    return t.passages.join(t.articles, t.articles.c.id == t.passages.c.article_id)


def _with_articles(*more: Any, joined_to: Any) -> Any:
    about = (t.articles.c.language, t.articles.c.address, t.articles.c.audience, t.articles.c.products)
    dates = (t.articles.c.valid_from, t.articles.c.valid_until)
    return select(t.passages, *about, *dates, *more).select_from(joined_to)


VERSION = "SELECT version FROM knowledge_version"
"""Plain, for it is asked twice a question."""

PASSAGES_BY_ID = _with_articles(joined_to=_passages()).where(t.passages.c.id.in_(bindparam("ids", expanding=True)))
"""Built once: they run for every question."""

INSERT_PASSAGE = insert(t.passages)
MOVE_PASSAGE = (
    update(t.passages)
    .where(t.passages.c.id == bindparam("of_id"))
    .values(position=bindparam("to_position"), title_path=bindparam("to_title_path"), text=bindparam("to_text"))
)


def _version(c: Connection) -> int:
    return c.exec_driver_sql(VERSION).scalar() or 0


def _bump(c: Connection) -> int:
    grown = update(t.knowledge_version).values(version=t.knowledge_version.c.version + 1)
    version = c.execute(grown.returning(t.knowledge_version.c.version)).scalar_one_or_none()
    if version is None:
        c.execute(insert(t.knowledge_version).values(one=1, version=1))
    return version or 1


def _save(c: Connection, articles: Sequence[CutArticle], now: datetime) -> int:
    for cut in articles:
        _put_article(c, cut, now)
        _put_passages(c, cut)
    return _bump(c)


def _replace(c: Connection, cut: CutArticle, was: str | None, now: datetime) -> int:
    held = select(t.articles.c.digest).where(t.articles.c.id == cut.article.id).with_for_update()
    if c.execute(held).scalar_one_or_none() != was:
        raise ArticleChangedError(cut.article.id)
    return _save(c, [cut], now)


def _put_article(c: Connection, cut: CutArticle, now: datetime) -> None:
    article = cut.article
    values: Mapping[str, Any] = {**asdict(article), "products": list(article.products)}
    values = {**values, "digest": article.digest, "changed_at": now, "changed_by": cut.changed_by}
    known = t.articles.c.id == article.id
    if c.execute(update(t.articles).where(known).values(values)).rowcount == 0:
        c.execute(insert(t.articles).values(values))


def _put_passages(c: Connection, cut: CutArticle) -> None:
    """Passages whose id is unchanged stay, and with them their vectors. A draft has none."""
    mine = t.passages.c.article_id == cut.article.id
    passages = () if cut.article.is_draft else cut.passages
    wanted = {passage.id: passage for passage in passages}
    held = set(c.execute(select(t.passages.c.id).where(mine)).scalars())
    _delete(c, t.passages, held - wanted.keys())
    for passage in passages:
        if passage.id in held:
            c.execute(MOVE_PASSAGE, {"of_id": passage.id, **{f"to_{k}": v for k, v in _place(passage).items()}})
    new = [{"id": p.id, "article_id": cut.article.id, **_place(p)} for p in passages if p.id not in held]
    if new:
        c.execute(INSERT_PASSAGE, new)


def _place(passage: Passage) -> dict[str, Any]:
    return {"position": passage.position, "title_path": list(passage.title_path), "text": passage.text}


def _delete(c: Connection, table: Table, ids: set[str]) -> None:
    some = sorted(ids)
    for start in range(0, len(some), IN_ONE_QUERY):
        c.execute(delete(table).where(table.c.id.in_(some[start : start + IN_ONE_QUERY])))


def _save_vectors(c: Connection, embedder_id: str, vectors: Mapping[str, bytes]) -> int:
    ids = list(vectors)
    alive: set[str] = set()
    for start in range(0, len(ids), IN_ONE_QUERY):
        some = ids[start : start + IN_ONE_QUERY]
        alive |= set(c.execute(select(t.passages.c.id).where(t.passages.c.id.in_(some))).scalars())
        old = (t.vectors.c.embedder_id == embedder_id) & t.vectors.c.passage_id.in_(some)
        c.execute(delete(t.vectors).where(old))
    rows = [{"passage_id": id, "embedder_id": embedder_id, "vector": vectors[id]} for id in ids if id in alive]
    if rows:
        c.execute(insert(t.vectors), rows)
    return _bump(c)


def _passage_from(row: AnyRow) -> Passage:
    return Passage(
        id=row.id,
        article_id=row.article_id,
        position=row.position,
        title_path=tuple(row.title_path),
        text=row.text,
        language=row.language,
        address=row.address,
        products=tuple(row.products),
    )


def _record_from(row: AnyRow) -> PassageRecord:
    return PassageRecord(
        passage=_passage_from(row),
        audience=Audience(row.audience),
        valid_from=row.valid_from,
        valid_until=row.valid_until,
    )


def _index_row(row: AnyRow) -> IndexRow:
    return IndexRow(passage=_passage_from(row), audience=Audience(row.audience), vector=row.vector)


def article_from(row: AnyRow) -> Article:
    names = ("id", "title", "text", "address", "language", "valid_from", "valid_until", "source")
    plain: Mapping[str, Any] = {name: getattr(row, name) for name in names}
    kinds: Mapping[str, Any] = {"audience": Audience(row.audience), "status": ArticleStatus(row.status)}
    return Article(**plain, **kinds, products=tuple(row.products))
