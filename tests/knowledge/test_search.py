import asyncio
from datetime import date

import pytest

from app.domain.knowledge import Article, Audience, SearchQuestion, SearchResult
from app.knowledge.in_memory import InMemoryKnowledge
from app.knowledge.indexes import QUICK, Filling
from app.knowledge.search import WORTH_WAITING
from tests.knowledge.concepts import Company, ConceptEmbedder, vectors_of

REFUNDS = Article(id="refunds", title="Refunds", text="We refund the price within 14 days.")
DELIVERY = Article(id="delivery", title="Delivery", text="Parcels arrive within three days.")
KETTLE = Article(id="kettle", title="Kettle", text="The kettle boils a litre in three minutes.")


def found(result: SearchResult) -> list[str]:
    return [each.passage.article_id for each in result.passages]


def collections() -> list[str]:
    import chromadb
    from chromadb.config import Settings

    return [each.name for each in chromadb.EphemeralClient(Settings(anonymized_telemetry=False)).list_collections()]


async def company_with(*articles: Article, embedder: ConceptEmbedder | None = None) -> Company:
    company = Company(embedder)
    await company.holds(*articles)
    if embedder:
        await company.embed()
    return company


async def test_words_find_a_passage_without_an_embedder():
    company = await company_with(REFUNDS, DELIVERY, KETTLE)

    result = await company.search.search(SearchQuestion(text="when do parcels arrive?"))

    assert found(result)[0] == "delivery"
    assert result.lexical_only
    assert result.passages[0].similarity is None


async def test_meaning_finds_what_shares_no_word():
    company = await company_with(REFUNDS, DELIVERY, KETTLE, embedder=ConceptEmbedder())

    result = await company.search.search(SearchQuestion(text="I want my money back"))

    assert found(result)[0] == "refunds"
    assert not result.lexical_only
    assert result.passages[0].similarity is not None


async def test_words_alone_serve_while_embeddings_are_down():
    embedder = ConceptEmbedder()
    company = await company_with(REFUNDS, DELIVERY, embedder=embedder)
    embedder.down = True

    result = await company.search.search(SearchQuestion(text="when do parcels arrive?"))

    assert found(result)[0] == "delivery"
    assert result.lexical_only


async def test_words_alone_serve_until_most_passages_have_vectors():
    company = Company(ConceptEmbedder())
    await company.holds(REFUNDS, DELIVERY, KETTLE)

    result = await company.search.search(SearchQuestion(text="refund"))

    assert found(result)[0] == "refunds"
    assert result.lexical_only


async def test_a_passage_without_a_vector_is_found_among_those_that_have_one():
    company = await company_with(REFUNDS, DELIVERY, embedder=ConceptEmbedder())
    await company.holds(KETTLE)

    result = await company.search.search(SearchQuestion(text="how quickly does the kettle boil a litre?"))

    assert found(result)[0] == "kettle"
    assert result.passages[0].similarity is None


async def test_a_follow_up_is_understood_from_the_message_before():
    company = await company_with(REFUNDS, DELIVERY, KETTLE)

    result = await company.search.search(
        SearchQuestion(text="and how many days?", before=("my parcel", "refund please"))
    )

    assert found(result)[0] == "refunds"


async def test_the_last_message_outweighs_those_before():
    company = await company_with(REFUNDS, DELIVERY, KETTLE)

    result = await company.search.search(
        SearchQuestion(text="does the kettle boil?", before=("refund", "refund please"))
    )

    assert found(result)[0] == "kettle"


async def test_a_deleted_article_stops_answering_at_once():
    company = await company_with(REFUNDS, DELIVERY)
    await company.search.refresh()

    await company.records.delete_articles(["refunds"])
    result = await company.search.search(SearchQuestion(text="refund"))

    assert "refunds" not in found(result)


async def test_an_edited_text_stops_answering_at_once():
    company = await company_with(REFUNDS, DELIVERY)
    await company.search.refresh()

    await company.holds(Article(id="refunds", title="Refunds", text="We refund nothing."))
    result = await company.search.search(SearchQuestion(text="refund"))

    assert not [each for each in result.passages if "14 days" in each.passage.text]


async def test_new_knowledge_answers_the_next_question():
    company = await company_with(REFUNDS)
    await company.search.refresh()

    await company.holds(KETTLE)
    result = await company.search.search(SearchQuestion(text="kettle"))

    assert found(result) == ["kettle"]


class SlowAtFirst(InMemoryKnowledge):
    """As in a process that has just started: its first copy reads word lists and every passage."""

    seconds = 2 * max(QUICK, WORTH_WAITING)

    async def load_index(self, embedder_id: str | None):
        await asyncio.sleep(self.seconds)
        self.seconds = 0
        return await super().load_index(embedder_id)


async def test_new_knowledge_answers_the_next_question_though_the_first_copy_took_long():
    company = Company(records=SlowAtFirst())
    await company.holds(REFUNDS)
    await company.search.refresh()

    await company.holds(KETTLE)
    result = await company.search.search(SearchQuestion(text="kettle"))

    assert found(result) == ["kettle"]


async def test_what_is_out_of_date_is_not_found():
    offer = Article(id="offer", title="Refund offer", text="Refund doubled.", valid_until=date(2026, 11, 30))
    company = await company_with(offer, REFUNDS)
    before = await company.search.search(SearchQuestion(text="refund offer"))

    company.today.day = date(2026, 12, 1)
    after = await company.search.search(SearchQuestion(text="refund offer"))

    assert found(before)[0] == "offer"
    assert "offer" not in found(after)


async def test_internal_articles_are_for_internal_readers_only():
    secret = Article(id="secret", title="Refund goodwill", text="Refund up to 50.", audience=Audience.INTERNAL)
    company = await company_with(secret, REFUNDS)

    customers = await company.search.search(SearchQuestion(text="refund goodwill"))
    agents = await company.search.search(SearchQuestion(text="refund goodwill", audience=Audience.INTERNAL))

    assert found(customers) == ["refunds"]
    assert found(agents) == ["secret", "refunds"]


async def test_an_article_turned_internal_is_silent_at_once():
    company = await company_with(REFUNDS, DELIVERY)
    await company.search.refresh()

    await company.holds(Article(id="refunds", title="Refunds", text=REFUNDS.text, audience=Audience.INTERNAL))
    result = await company.search.search(SearchQuestion(text="refund"))

    assert "refunds" not in found(result)


async def test_of_two_equal_passages_the_one_about_the_customers_product_comes_first():
    pour = Article(id="a-pour", title="Descaling", text="Descale with vinegar.", products=("Pour 4",))
    kettle = Article(id="b-kettle", title="Descaling", text="Descale with vinegar.", products=("Kettle",))
    company = await company_with(pour, kettle)

    result = await company.search.search(SearchQuestion(text="how to descale", products=("kettle",)))

    assert found(result) == ["b-kettle", "a-pour"]


@pytest.mark.parametrize("strange", ["", "   ", "???", "\x00", "🤷", "a" * 100_000, "ß" * 5000, "drop table; --"])
async def test_no_question_is_too_strange(strange: str):
    company = await company_with(REFUNDS, embedder=ConceptEmbedder())

    result = await company.search.search(SearchQuestion(text=strange, before=(strange,)))

    assert 0 <= result.answerable < 0.5


async def test_by_words_alone_nothing_is_found_that_shares_no_word():
    company = await company_with(REFUNDS, DELIVERY)

    result = await company.search.search(SearchQuestion(text="elephants dance"))

    assert found(result) == []


async def test_an_empty_knowledge_base_answers_nothing():
    result = await Company(ConceptEmbedder()).search.search(SearchQuestion(text="refund"))

    assert result.passages == ()
    assert result.answerable == 0


async def test_a_clear_answer_is_surer_than_a_stray_word():
    company = await company_with(REFUNDS, DELIVERY, KETTLE, embedder=ConceptEmbedder())

    clear = await company.search.search(SearchQuestion(text="when do you refund the price?"))
    stray = await company.search.search(SearchQuestion(text="three elephants dance in Vienna"))

    assert clear.answerable > 0.5 > stray.answerable


async def test_a_large_knowledge_base_is_searched_through_chroma_once_it_is_filled():
    company = Company(ConceptEmbedder(), Filling(passages=3, seconds=0))
    await company.holds(REFUNDS, DELIVERY, KETTLE)
    await company.embed()
    await company.search.refresh()

    await company.search.settled()
    filled = collections()
    result = await company.search.search(SearchQuestion(text="I want my money back"))
    await company.search.close()

    assert found(result)[0] == "refunds"
    assert len(filled) == 1
    assert not collections()


async def test_a_search_goes_on_when_its_collection_was_dropped():
    company = Company(ConceptEmbedder(), Filling(passages=3, seconds=0))
    await company.holds(REFUNDS, DELIVERY, KETTLE)
    await company.embed()
    await company.search.refresh()
    await company.search.settled()

    await company.search.close()
    result = await company.search.search(SearchQuestion(text="I want my money back"))

    assert found(result)[0] == "refunds"


async def test_searches_run_while_the_knowledge_base_is_renewed():
    company = await company_with(REFUNDS, DELIVERY, embedder=ConceptEmbedder())
    await company.search.refresh()

    await company.holds(*(Article(id=f"a{n}", title=f"Article {n}", text="Some words.") for n in range(200)))
    renewal = asyncio.create_task(company.search.refresh())
    result = await company.search.search(SearchQuestion(text="parcels"))
    await renewal

    assert found(result)[0] == "delivery"


async def test_vectors_of_another_space_are_not_compared():
    company = Company(ConceptEmbedder())
    await company.holds(REFUNDS, DELIVERY)
    due = await company.records.passages_without_vector("concepts", 10)
    wrong = {id: vector + b"\0\0\0\0" for id, vector in vectors_of(company.embedder, due).items()}
    await company.records.save_vectors("concepts", wrong)

    result = await company.search.search(SearchQuestion(text="refund"))

    assert result.lexical_only
