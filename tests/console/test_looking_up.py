"""What helps an agent to reply: a suggestion that is stored nowhere, and search in the knowledge base."""

from typing import Any

from sqlalchemy import func, select

from app.domain.knowledge import Article, Audience
from app.storage import tables as t
from tests.fakes.desk import PERSON, at_desk, customer
from tests.fakes.served import Served

DESCALING = Article(
    id="descaling",
    title="Descaling the Pour 4",
    text="# Descaling the Pour 4\n\nDescale the Pour 4 every 3 months with citric acid.",
)
DISCOUNTS = Article(
    id="discounts",
    title="Goodwill",
    text="# Goodwill\n\nAgents may grant a goodwill discount of 10 EUR on kettles.",
    audience=Audience.INTERNAL,
)


async def test_a_suggestion_answers_the_customers_last_words_with_its_sources(served: Served) -> None:
    await served.service.ingesting.take_article(DESCALING)
    robin, ada = await at_desk(served), await customer(served, PERSON)
    await robin.post(f"/conversations/{ada.conversation}/claim")
    await ada.writes("How often do I descale the Pour 4?")
    before = await _rows(served)

    suggested = (await robin.post(f"/conversations/{ada.conversation}/suggestion")).json()

    assert "every 3 months" in suggested["text"]
    assert [each["article"] for each in suggested["citations"]] == ["descaling"]
    assert [(each["article"], each["cited"]) for each in suggested["passages"]] == [("descaling", True)]
    assert await _rows(served) == before


async def test_an_angry_customers_matter_is_answered_all_the_same(served: Served) -> None:
    await served.service.ingesting.take_article(DESCALING)
    robin = await at_desk(served)
    ada = await customer(served, "This is outrageous! How often do I descale the Pour 4?")

    suggested = (await robin.post(f"/conversations/{ada.conversation}/suggestion")).json()

    assert "every 3 months" in suggested["text"]


async def test_what_is_not_known_is_not_made_up(served: Served) -> None:
    await served.service.ingesting.take_article(DESCALING)
    robin, ada = await at_desk(served), await customer(served, "Which stock shall I buy on the moon tomorrow?")

    suggested = (await robin.post(f"/conversations/{ada.conversation}/suggestion")).json()

    assert (suggested["text"], suggested["citations"]) == ("", [])


async def test_internal_passages_are_found_by_agents_and_never_suggested(served: Served) -> None:
    for article in (DESCALING, DISCOUNTS):
        await served.service.ingesting.take_article(article)
    robin, ada = await at_desk(served), await customer(served, "Is there a goodwill discount on kettles?")

    found = (await robin.get("/search", q="goodwill discount kettles")).json()
    suggested = (await robin.post(f"/conversations/{ada.conversation}/suggestion")).json()

    assert next((each["article"], each["internal"]) for each in found["passages"]) == ("discounts", True)
    assert "goodwill" not in str(suggested).lower()


async def test_a_search_for_nothing_finds_nothing(served: Served) -> None:
    robin = await at_desk(served)

    assert (await robin.get("/search", q=" ")).json() == {"passages": [], "answerable": 0.0}
    assert (await robin.get("/search")).status_code == 422


async def _rows(served: Served) -> dict[str, Any]:
    tables = (t.messages, t.events, t.turns, t.handoffs, t.deliveries)
    counts = {table.name: select(func.count()).select_from(table) for table in tables}
    return await served.service.database.read(
        lambda c: {name: c.execute(count).scalar_one() for name, count in counts.items()}
    )
