"""The answer that is quoted: the right sentences, in order, cited, readable, never twice."""

from collections.abc import Sequence
from dataclasses import replace

from app.assistant.extractive import ExtractiveAnswerer
from app.care.lookup import Embedder, EmbeddingUnavailableError
from app.care.other_words import Renaming
from app.domain.conversations import Author
from app.domain.parts import Part
from app.language.sentences import split_sentences
from app.language.terms import terms
from tests.assistant.writings import drafts, found, reply, writing

RETURNS = """You can send anything back within 45 days of delivery. Returns are free in Germany.

The shop opened in a barn. It was painted green."""


class MeaningOfOneWord:
    """An embedder for which texts mean the same when they all hold, or all lack, its word."""

    id = "test"
    dimensions = 2

    def __init__(self, *words: str) -> None:
        self._words = words
        self.embedded: list[str] = []

    def embed(self, texts: Sequence[str]) -> Sequence[Sequence[float]]:
        self.embedded.extend(texts)
        return [(1.0, 0.0) if any(word in text for word in self._words) else (0.0, 1.0) for text in texts]


class NoVectors:
    """An embedder that is out of order."""

    id = "none"
    dimensions = 2

    def embed(self, texts: Sequence[str]) -> Sequence[Sequence[float]]:
        raise EmbeddingUnavailableError("down")


def _called_otherwise(text: str, language: str = "en") -> Sequence[Renaming]:
    return [Renaming(terms=("ship",), ways=(("deliv",),))] if "ship" in text else []


def _answerer(embedder: Embedder | None = None) -> ExtractiveAnswerer:
    return ExtractiveAnswerer(terms=terms, split=split_sentences, embedder=embedder)


async def test_the_sentences_that_answer_are_quoted_with_their_passage() -> None:
    said = await drafts(_answerer(), writing("How many days do I have to send it back?", found(RETURNS)))

    assert said[0].text == "You can send anything back within 45 days of delivery."
    assert {draft.cited for draft in said} == {("p1",)}
    assert reply(said).startswith("You can send anything back within 45 days of delivery. Returns are free")


async def test_a_later_passage_wins_where_it_alone_answers() -> None:
    first = found("The barn is green. The door is blue.", id="p1", article="a1")
    second = found("The warranty lasts two years.", id="p2", article="a2")

    said = await drafts(_answerer(), writing("How long does the warranty last?", first, second))

    assert [(draft.text, draft.cited) for draft in said] == [("The warranty lasts two years.", ("p2",))]


async def test_meaning_finds_what_no_word_tells() -> None:
    passage = found("Voltage is 230. Descaling removes the white stuff. Colours vary.")

    said = await drafts(_answerer(MeaningOfOneWord("chalk", "Descaling")), writing("chalk everywhere", passage))

    assert "Descaling removes the white stuff." in [draft.text for draft in said]


async def test_few_statements_are_embedded() -> None:
    embedder = MeaningOfOneWord("x")
    answerer = _answerer(embedder)
    passage = found(" ".join(f"Sentence number {number} is here." for number in range(30)))

    await drafts(answerer, writing("number 3", passage))

    assert 2 <= len(embedder.embedded) <= 17


async def test_an_embedder_out_of_order_leaves_the_words() -> None:
    said = await drafts(_answerer(NoVectors()), writing("How many days to send back?", found(RETURNS)))

    assert said[0].text == "You can send anything back within 45 days of delivery."


async def test_a_second_question_is_answered_from_another_passage() -> None:
    descale = found("Descale the kettle with one sachet of powder.", id="p1", title=("Kettle", "Descaling"))
    warranty = found("Every kettle is covered for two years.", id="p2", title=("Warranty period",), article="a2")

    said = await drafts(
        _answerer(), writing("How do I descale the kettle, and what is the warranty period?", descale, warranty)
    )

    assert [draft.cited for draft in said] == [("p1",), ("p2",)]
    assert reply(said) == "Descale the kettle with one sachet of powder.\n\nEvery kettle is covered for two years."


async def test_a_follow_up_is_understood_from_the_messages_before() -> None:
    passage = found("| Country | Cost |\n|---|---|\n| Delivery to France | €5.95 |\n| Collection in France | free |")
    history = [(Author.CUSTOMER, "Do you offer delivery to France?"), (Author.ASSISTANT, "Yes.")]

    said = await drafts(_answerer(), writing("what does that cost?", passage, history=history))

    assert said[0].text == "Help:\n- Delivery to France – Cost: €5.95"


async def test_windows_that_follow_each_other_are_read_as_one_text() -> None:
    first = found("Clean it like this:\n\n1. Unplug it.\n2. Let it cool.", id="p1", position=0)
    second = found("3. Wipe the plate.\n4. Plug it in.", id="p2", position=1)

    said = await drafts(_answerer(), writing("How do I wipe the plate?", second, first))

    assert reply(said) == "Clean it like this:\n1. Unplug it.\n2. Let it cool.\n3. Wipe the plate.\n4. Plug it in."
    assert [draft.cited for draft in said] == [("p1",), ("p1",), ("p1",), ("p2",), ("p2",)]


async def test_what_was_shown_is_not_said_again() -> None:
    shown = ["Hello Anna,\n\nYou can send anything back within 45 days of delivery."]

    said = await drafts(_answerer(), writing("How many days to send it back?", found(RETURNS), shown=shown))

    assert "45 days" not in reply(said)
    assert reply(said).startswith("\n\nReturns are free in Germany.")


async def test_a_how_to_question_is_answered_by_the_steps_under_the_heading_that_fits() -> None:
    when = found("Descale the mill every 8 weeks. Descaling the mill costs £9.", title=("Mill", "When to descale"))
    how = found("1. Fill the tank.\n2. Press Start.", id="p2", title=("Mill", "Descaling the mill"), position=4)

    said = await drafts(_answerer(), writing("How do I descale the mill?", when, how))

    assert reply(said).startswith("Descaling the mill:\n1. Fill the tank.\n2. Press Start.")


async def test_an_amount_is_preferred_where_an_amount_is_asked_for() -> None:
    passage = found(f"The mill brews quietly.\n\n{'Beans are roasted daily. ' * 25}\n\nThe mill brews 4 cups at once.")

    said = await drafts(_answerer(), writing("How many cups does the mill brew?", passage))

    assert "The mill brews 4 cups at once." in [draft.text for draft in said]


async def test_nothing_is_said_of_another_product_than_the_one_asked_about() -> None:
    passage = found("The Duo weighs 3 kg. The Solo weighs 1 kg.", products=("Solo", "Duo"))

    said = await drafts(_answerer(), writing("How heavy is the Solo?", passage))

    assert [draft.text for draft in said] == ["The Solo weighs 1 kg."]


async def test_a_passage_about_another_product_alone_gives_no_answer() -> None:
    passage = found("The Duo weighs 3 kg.", products=("Solo", "Duo"))

    assert await drafts(_answerer(), writing("How heavy is the Solo?", passage)) == []


async def test_the_last_message_decides_which_row_answers_and_its_neighbours_stay_out() -> None:
    rows = "| Spain | 7 days |\n| France | 5 days |\n| Ireland | 3 days |"
    passage = found(f"| Delivery to | Takes |\n|---|---|\n{rows}", title=("Delivery", "Times"))

    said = await drafts(
        _answerer(), writing("and to France?", passage, history=[(Author.CUSTOMER, "Delivery to Spain?")])
    )

    assert reply(said) == "Times:\n- France – Takes: 5 days"


async def test_a_second_section_speaks_beside_a_short_answer_when_it_is_as_good() -> None:
    first = found("The mill costs £90.", id="p1", title=("Mill",), article="a1")
    second = found("The mill costs £80 with a code.", id="p2", title=("Codes",), article="a2")
    weak = found("The barn is green.", id="p3", title=("Barn",), article="a3")

    said = await drafts(_answerer(), writing("What does the mill cost?", first, weak, second))

    assert reply(said) == "The mill costs £90.\n\nThe mill costs £80 with a code."


async def test_a_signpost_is_no_answer() -> None:
    passage = found("This page explains what to do when a parcel is late. Please wait a week.")

    said = await drafts(_answerer(), writing("my parcel is late", passage))

    assert [draft.text for draft in said] == ["Please wait a week."]


async def test_passages_without_statements_give_no_answer() -> None:
    assert await drafts(_answerer(), writing("What is this?", found("## Only a heading"))) == []
    assert await drafts(_answerer(), writing("What is this?")) == []


async def test_each_question_is_answered_in_order_and_nothing_twice() -> None:
    weight = found("The kettle weighs 1 kg.", id="p1", article="a1")
    colour = found("The kettle is blue.", id="p2", article="a2")
    asked = writing("how heavy is the kettle and which colour is it", colour, weight)
    parts = (
        Part(words="how heavy is the kettle", text="how heavy is the kettle", passage_ids=("p1",)),
        Part(words="which colour is it", text="which colour is it", passage_ids=("p2",)),
        Part(words="kettle blue?", text="kettle blue?", passage_ids=("p2",)),
    )  # fmt: skip

    said = await drafts(_answerer(), replace(asked, turn=replace(asked.turn, parts=parts)))

    assert [(draft.text, draft.cited) for draft in said] == [
        ("The kettle weighs 1 kg.", ("p1",)),
        ("The kettle is blue.", ("p2",)),
    ]


async def test_a_statement_answers_by_the_other_name_of_what_is_asked() -> None:
    answerer = ExtractiveAnswerer(terms=terms, split=split_sentences, other_words=_called_otherwise)
    first = found("Spain has many harbours. The sea is warm.", id="p1", article="a1")
    second = found("We deliver to Spain.", id="p2", article="a2")

    said = await drafts(answerer, writing("do you ship to Spain", first, second))

    assert said[0].text == "We deliver to Spain."


async def test_what_the_passages_call_by_the_customers_word_they_call_nothing_else() -> None:
    answerer = ExtractiveAnswerer(terms=terms, split=split_sentences, other_words=_called_otherwise)
    first = found("We deliver to Spain. Lamps are green.", id="p1", article="a1")
    second = found("We ship to Spain.", id="p2", article="a2")

    said = await drafts(answerer, writing("do you ship to Spain", first, second))

    assert said[0].text == "We ship to Spain."


async def test_asked_for_a_policy_the_rules_are_quoted_before_what_introduces_them() -> None:
    opening = found("This returns policy applies to orders from 1 February 2026 on.", id="p1", title=("Returns",))
    rules = found("You may return a kettle within 45 days.", id="p2", title=("Returns", "How long you have"))

    said = await drafts(_answerer(), writing("What is your return policy?", opening, rules))

    assert said[0].text == "You may return a kettle within 45 days."
