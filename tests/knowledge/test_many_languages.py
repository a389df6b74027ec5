"""The customer's language first; what only another language holds is found by the glossary and by vectors."""

import threading
from collections.abc import Sequence
from datetime import date

import pytest

from app.care.knowledge_records import CutArticle
from app.care.lookup import EmbeddingUnavailableError
from app.domain.knowledge import Article, Audience, SearchQuestion, SearchResult
from app.knowledge import many_languages
from app.knowledge.in_memory import InMemoryKnowledge
from app.knowledge.many_languages import Crossing
from app.knowledge.passages import passages_of
from app.knowledge.search import HybridSearch, Parts
from app.language.interpreter import Interpreter
from app.language.terms import terms

RETURNS = Article(id="returns", title="Returns", text="Appliances can be returned within 45 days of delivery.")
WARRANTY = Article(id="warranty", title="Warranty", text="The warranty of the kettle is two years.")
GARANTIE = Article(
    id="garantie", title="Garantie", text="Die Garantie des Wasserkochers beträgt zwei Jahre.", language="de-AT"
)
OTHERS = [
    Article(id=f"other{number}", title=word, text=f"{word} for everybody, every day.")
    for number, word in enumerate(("Coffee", "Recycling", "Opening hours", "Newsletter", "Gift cards", "Passwords"))
]


class ManyTongues:
    """One dimension for returning in any language, one for everything else."""

    id = "many"
    dimensions = 2

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.down = False
        self.go = threading.Event()
        self.go.set()

    def embed(self, texts: Sequence[str]) -> Sequence[Sequence[float]]:
        self.go.wait(5)
        if self.down:
            raise EmbeddingUnavailableError("down")
        self.asked += texts
        return [(1.0, 0.0) if any(w in text.lower() for w in ("return", "retour")) else (0.0, 1.0) for text in texts]


async def search_over(*articles: Article, many: ManyTongues | None = None) -> HybridSearch:
    records = InMemoryKnowledge()
    await records.save_articles([CutArticle(article=article, passages=passages_of(article)) for article in articles])
    crossing = Crossing(interpreter=Interpreter(), many=many)
    parts = Parts(records=records, terms=terms, embedder=None, today=lambda: date(2026, 11, 1), crossing=crossing)
    return HybridSearch(parts)


def found(result: SearchResult) -> list[str]:
    return [each.passage.article_id for each in result.passages]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Wie lange ist die Garantie für den Wasserkocher?", "de"),
        ("Quelle est la garantie de la bouilloire ?", "fr"),
        ("¿Qué garantía tiene el hervidor?", "es"),
    ],
)
async def test_what_only_english_holds_is_found_by_the_glossary(text: str, language: str) -> None:
    search = await search_over(RETURNS, WARRANTY, *OTHERS)

    result = await search.search(SearchQuestion(text=text, language=language))

    assert found(result)[0] == "warranty"
    assert result.answerable > 0.45


async def test_an_english_question_finds_german_articles() -> None:
    search = await search_over(GARANTIE)

    result = await search.search(SearchQuestion(text="warranty of my kettle?", language="en"))

    assert found(result) == ["garantie"]


async def test_the_customers_own_language_comes_first() -> None:
    search = await search_over(RETURNS, WARRANTY, GARANTIE, *OTHERS)

    german = await search.search(SearchQuestion(text="Garantie Wasserkocher Jahre", language="de"))
    english = await search.search(SearchQuestion(text="warranty kettle years", language="en"))

    assert found(german)[0] == "garantie"
    assert found(english)[0] == "warranty"


async def test_where_the_own_language_holds_no_answer_another_one_speaks() -> None:
    search = await search_over(RETURNS, WARRANTY, GARANTIE, *OTHERS)

    result = await search.search(SearchQuestion(text="Kann ich Geräte zurückgeben?", language="de"))

    assert found(result)[0] == "returns"


async def test_what_nobody_wrote_about_stays_unanswered() -> None:
    search = await search_over(RETURNS, WARRANTY, *OTHERS)

    result = await search.search(SearchQuestion(text="Haben Ihre Filter ein Siegel für Ozon?", language="de"))

    assert result.answerable < 0.45


async def test_a_short_question_is_not_answered_by_what_speaks_of_its_thing_alone() -> None:
    search = await search_over(RETURNS, WARRANTY, *OTHERS)

    material = await search.search(SearchQuestion(text="Ist der Wasserkocher aus Edelstahl?", language="de"))
    warranty = await search.search(SearchQuestion(text="Hat der Wasserkocher Jahre Garantie?", language="de"))

    assert found(material)[0] == "warranty"
    assert material.answerable < 0.45 < warranty.answerable


async def test_a_follow_up_of_few_words_goes_by_what_it_follows() -> None:
    search = await search_over(RETURNS, WARRANTY, *OTHERS)
    question = SearchQuestion(text="und ist das lang?", language="de", before=("Garantie für den Wasserkocher?",))

    behind = await search.search(question)

    assert found(behind)[0] == "warranty"
    assert behind.answerable > 0.45


async def test_the_words_of_a_question_must_stand_in_one_statement() -> None:
    apart = Article(
        id="apart", title="Kettle", text="The kettle is quiet. Wipe the base. A sieve of steel comes with it."
    )
    together = Article(id="together", title="Kettle", text="The sieve of the kettle is steel. Wipe the base.")
    text = "Ist das Sieb vom Wasserkocher aus Stahl?"

    scattered = await (await search_over(apart, *OTHERS)).search(SearchQuestion(text=text, language="de"))
    said = await (await search_over(together, *OTHERS)).search(SearchQuestion(text=text, language="de"))

    assert scattered.answerable < said.answerable


async def test_vectors_of_many_languages_find_what_the_glossary_lacks() -> None:
    search = await search_over(RETURNS, WARRANTY, *OTHERS, many=ManyTongues())

    result = await search.search(SearchQuestion(text="Retourikusi?", language="de"))
    await search.close()

    assert found(result)[0] == "returns"
    assert not result.lexical_only


async def test_they_are_made_only_when_somebody_asks_from_abroad() -> None:
    many = ManyTongues()
    search = await search_over(RETURNS, WARRANTY, *OTHERS, many=many)

    await search.search(SearchQuestion(text="what is the warranty of the kettle?", language="en"))
    await search.search(SearchQuestion(text="who was the first king of France?", language="en"))
    await search.close()

    assert many.asked == []


async def test_until_they_are_made_words_alone_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(many_languages, "PATIENCE", 0.01)
    many = ManyTongues()
    many.go.clear()
    search = await search_over(RETURNS, WARRANTY, *OTHERS, many=many)

    result = await search.search(SearchQuestion(text="Garantie Wasserkocher?", language="de"))
    many.go.set()
    await search.close()

    assert found(result)[0] == "warranty"
    assert result.lexical_only


async def test_without_them_words_alone_answer() -> None:
    many = ManyTongues()
    many.down = True
    search = await search_over(RETURNS, WARRANTY, *OTHERS, many=many)

    result = await search.search(SearchQuestion(text="Garantie Wasserkocher?", language="de"))
    await search.close()

    assert found(result)[0] == "warranty"
    assert result.lexical_only


async def test_a_passage_is_embedded_once_for_all_versions() -> None:
    many = ManyTongues()
    records = InMemoryKnowledge()
    crossing = Crossing(interpreter=Interpreter(), many=many)
    search = HybridSearch(
        Parts(records=records, terms=terms, embedder=None, today=lambda: date(2026, 11, 1), crossing=crossing)
    )
    for article in (RETURNS, WARRANTY):
        await records.save_articles([CutArticle(article=article, passages=passages_of(article))])
        await search.refresh()
        await search.search(SearchQuestion(text="Rückgabe", language="de"))
    await search.close()

    assert sum("45 days" in text for text in many.asked) == 1
    assert sum("two years" in text for text in many.asked) == 1


async def test_internal_passages_of_another_language_stay_internal() -> None:
    secret = Article(id="secret", title="Warranty", text="Kettle warranty for staff.", audience=Audience.INTERNAL)
    search = await search_over(secret, *OTHERS)

    result = await search.search(SearchQuestion(text="Garantie Wasserkocher", language="de"))

    assert "secret" not in found(result)


async def test_a_language_that_is_not_told_apart_is_everybodys_own() -> None:
    dutch = Article(id="garantie_nl", title="Garantie", text="De garantie is twee jaar.", language="nl")
    search = await search_over(dutch, RETURNS)

    result = await search.search(SearchQuestion(text="garantie twee jaar", language="en"))

    assert found(result)[0] == "garantie_nl"
