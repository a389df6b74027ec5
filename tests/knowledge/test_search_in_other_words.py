"""Customers find what the articles call otherwise, and are not sent to what only sounds alike."""

from datetime import date

from app.care.knowledge_records import CutArticle
from app.care.other_words import OtherWords, no_other_words
from app.domain.knowledge import Article, SearchQuestion, SearchResult
from app.knowledge.in_memory import InMemoryKnowledge
from app.knowledge.passages import passages_of
from app.knowledge.search import HybridSearch, Parts
from app.language.other_words import other_words
from app.language.terms import terms

ARTICLES = {
    "delivery": "We deliver to Spain and France. A parcel takes 5 days.",
    "plans": "A plan can be cancelled at any time. A plan costs 9 pounds.",
    "kettle": "The kettle boils 1.7 litres in 4 minutes.",
    "holidays": "Our office in Spain is closed in August.",
    "cards": "Gift cards are valid for 5 years.",
}


async def _found(question: str, called: OtherWords = other_words) -> SearchResult:
    records = InMemoryKnowledge()
    articles = [Article(id=id, title=id, text=text, language="en") for id, text in ARTICLES.items()]
    await records.save_articles([CutArticle(article=a, passages=passages_of(a)) for a in articles])
    parts = Parts(records=records, terms=terms, embedder=None, today=lambda: date(2026, 11, 1), other_words=called)
    search = HybridSearch(parts)
    result = await search.search(SearchQuestion(text=question))
    await search.close()
    return result


async def test_what_articles_call_otherwise_is_found() -> None:
    for question, article in (("Do you ship to Spain?", "delivery"), ("cancel my subscription", "plans")):
        assert (await _found(question)).passages[0].passage.article_id == article


async def test_one_is_surer_of_it() -> None:
    question = "Do you ship to Spain?"

    assert (await _found(question)).answerable > (await _found(question, no_other_words)).answerable


async def test_a_question_in_the_articles_words_is_answered_as_before() -> None:
    question = "when is a plan cancelled"

    assert await _found(question) == await _found(question, no_other_words)
