"""Documents in and out of the knowledge base: only what changed, all of a document or none, nothing overwritten."""

from collections.abc import AsyncGenerator, Sequence

import pytest

from app.care.ingesting import AN_ARTICLE, SAVE_AT_ONCE, Document, Ingesting, ReadDocument
from app.care.knowledge_records import CutArticle
from app.domain.knowledge import Article, Passage
from app.storage.articles import ArticleRecords
from app.storage.database import Database
from tests.fakes.parts import FakeClock


async def read(documents: Sequence[Document]) -> AsyncGenerator[ReadDocument]:
    """One article a line, a passage for each sentence; a line "broken" breaks the document."""
    for document in documents:
        lines = document.content.decode().splitlines()
        if "broken" in lines:
            yield ReadDocument(document=document, problem="line 1 is broken")
            continue
        articles = [_article(document.name, number, line) for number, line in enumerate(lines)]
        yield ReadDocument(
            document=document, articles=tuple(CutArticle(article=a, passages=tuple(cut(a))) for a in articles)
        )


def _article(name: str, number: int, line: str) -> Article:
    return Article(id=f"{name}-{number}" if number else name, title=name, text=line)


def cut(article: Article) -> Sequence[Passage]:
    return [
        Passage(id=f"{article.id}#{text}", article_id=article.id, position=at, title_path=(article.title,), text=text)
        for at, text in enumerate(article.text.split(". "))
    ]


class FakeEmbedder:
    """Vectors of two numbers."""

    id, dimensions = "fake", 2

    def embed(self, texts: Sequence[str]) -> Sequence[Sequence[float]]:
        return [(1.0, 0.0) for _ in texts]


@pytest.fixture
def records(database: Database, clock: FakeClock) -> ArticleRecords:
    return ArticleRecords(database, clock)


@pytest.fixture
def ingesting(records: ArticleRecords) -> Ingesting:
    return Ingesting(records=records, read=read, cut=cut, embedder=FakeEmbedder())


def document(name: str, text: str, folder: str = "help") -> Document:
    return Document(name=name, source=f"{folder}/{name}", content=text.encode())


async def test_only_what_changed_is_worked_again(ingesting: Ingesting) -> None:
    await ingesting.take_documents([document("a", "old"), document("b", "same")])

    report = await ingesting.take_documents([document("a", "new"), document("b", "same")])

    assert (report.changed, report.unchanged) == (["a"], ["b"])


async def test_a_document_that_is_gone_from_its_folder_is_taken_out(
    ingesting: Ingesting, records: ArticleRecords
) -> None:
    await ingesting.take_documents([document("a", "text"), document("b", "text"), document("c", "text", "other")])

    report = await ingesting.take_documents([document("a", "text")], whole_source="help")

    assert report.deleted == ["b"]
    assert [article.id for article in await records.articles()] == ["a", "c"]


async def test_an_article_that_is_gone_from_its_document_is_taken_out(
    ingesting: Ingesting, records: ArticleRecords
) -> None:
    await ingesting.take_documents([document("a", "one\ntwo\nthree")])

    report = await ingesting.take_documents([document("a", "one\ntwo")])

    assert report.deleted == ["a-2"]
    assert [article.id for article in await records.articles()] == ["a", "a-1"]


async def test_a_broken_document_is_named_and_what_was_held_of_it_stays(
    ingesting: Ingesting, records: ArticleRecords
) -> None:
    await ingesting.take_documents([document("a", "good")])

    report = await ingesting.take_documents(
        [document("a", "better\nbroken"), document("b", "fine")], whole_source="help"
    )

    assert report.broken == {"a": "line 1 is broken"}
    assert [(article.id, article.text) for article in await records.articles()] == [("a", "good"), ("b", "fine")]


async def test_a_file_of_another_folder_is_not_overwritten_by_one_of_the_same_name(
    ingesting: Ingesting, records: ArticleRecords
) -> None:
    await ingesting.take_documents([document("faq", "ours")])

    report = await ingesting.take_documents([document("faq", "theirs", "other")])

    assert report.broken == {"faq": "help/faq holds an article with the id faq already"}
    assert [article.text for article in await records.articles()] == ["ours"]


async def test_vectors_are_made_once_and_kept_as_long_as_the_words_stay(
    ingesting: Ingesting, records: ArticleRecords
) -> None:
    await ingesting.take_documents([document("a", "one"), document("b", "two")])
    assert await ingesting.embed_due() == 2

    await ingesting.take_documents([document("a", "one"), document("b", "changed")])

    assert await records.count_without_vector("fake") == 1
    rows = {row.passage.article_id: row.vector for row in await records.load_index("fake")}
    assert rows["a"] is not None
    assert len(rows["a"]) == 8
    assert rows["b"] is None


async def test_what_is_taken_out_is_gone_with_its_passages(ingesting: Ingesting, records: ArticleRecords) -> None:
    await ingesting.take_documents([document("a", "one")])
    before = await records.version()

    assert await ingesting.delete("a")

    assert not await ingesting.delete("a")
    assert await records.load_index(None) == []
    assert await records.version() > before


async def test_passages_that_stay_keep_their_vectors_and_take_their_new_place(
    ingesting: Ingesting, records: ArticleRecords
) -> None:
    await ingesting.take_documents([document("a", "one. two")])
    await ingesting.embed_due()

    await ingesting.take_documents([document("a", "new. one. three")])

    rows = {row.passage.text: (row.passage.position, bool(row.vector)) for row in await records.load_index("fake")}
    assert rows == {"new": (0, False), "one": (1, True), "three": (2, False)}


async def test_many_articles_are_saved_a_few_at_a_time(ingesting: Ingesting, records: ArticleRecords) -> None:
    many = "\n".join(f"article {n}" for n in range(SAVE_AT_ONCE))
    before = await records.version()

    report = await ingesting.take_documents([document("a", many)])

    assert (len(report.changed), report.passages) == (SAVE_AT_ONCE, SAVE_AT_ONCE)
    assert await records.version() - before == AN_ARTICLE + 1
