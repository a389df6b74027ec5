"""What a question is about, and which statements speak of something else."""

from app.assistant.questions import Question, parts_of, question_of
from app.assistant.statements import Statement, statements_of
from app.language.sentences import split_sentences
from app.language.terms import terms
from tests.assistant.writings import found

KETTLES = ("Kettle", "Kettle 2", "Toaster")


def _question(text: str, *before: str) -> Question:
    return question_of(text, before, terms, "en", KETTLES)


def _statement(text: str, *title: str, products: tuple[str, ...] = ()) -> Statement:
    return statements_of(found(text, title=title, products=products).passage, split_sentences)[0]


def test_products_are_named_however_they_are_spelled_and_the_longer_name_wins() -> None:
    assert _question("my kettle2 leaks").about == {"Kettle 2"}
    assert _question("is the KETTLE-2 better than the toaster").about == {"Kettle 2", "Toaster"}
    assert _question("where are my kettles").about == frozenset()


def test_a_follow_up_is_about_the_product_that_was_named_last() -> None:
    assert _question("how long does it take?", "my toaster hums", "no, the kettle hums").about == {"Kettle"}
    assert _question("and the kettle 2?", "my toaster hums").about == {"Kettle 2"}


def test_a_statement_about_another_product_misses_the_question() -> None:
    question = _question("How hot is the Kettle?")

    assert question.is_missed_by(_statement("The Toaster reaches 200 degrees."))
    assert not question.is_missed_by(_statement("The Kettle and the Toaster reach 100 degrees."))
    assert not question.is_missed_by(_statement("It reaches 100 degrees."))


def test_the_nearest_heading_tells_what_a_statement_is_about_that_names_nothing() -> None:
    question = _question("How do I clean the Kettle?")

    assert question.is_missed_by(_statement("Wipe it.", "Kettle and Toaster", "Cleaning the Toaster"))
    assert not question.is_missed_by(_statement("Wipe it.", "Kettle and Toaster", "Cleaning"))
    assert question.is_missed_by(_statement("It is hot."), before="The Toaster is on.")


def test_a_name_that_the_article_is_not_about_is_an_ordinary_word() -> None:
    question = _question("Is the Toaster slow?")

    missed = question.is_missed_by(_statement("Kettle descaler is not needed.", products=("Toaster",)))

    assert not missed


def test_a_question_that_names_no_product_is_missed_by_none() -> None:
    assert not _question("How hot is it?").is_missed_by(_statement("The Toaster reaches 200 degrees."))


def test_a_row_is_cut_down_to_the_columns_of_the_products_asked_about() -> None:
    row = _statement("| | Kettle | Toaster | Note |\n|---|---|---|---|\n| Weight | 1 kg | 3 kg | net |")

    assert _question("How heavy is the toaster?").narrowed(row).text == "Weight – Toaster: 3 kg; Note: net"
    assert _question("How heavy are they?").narrowed(row) is row


def test_a_message_is_parted_only_where_it_asks_more_than_once() -> None:
    assert parts_of("How do I clean it, and what does it cost?") == ["How do I clean it", " what does it cost"]
    assert parts_of("It is old, and my phone works. How do I clean it?") == []


def test_the_word_policy_is_not_looked_for_where_rules_are_wanted() -> None:
    assert _question("What is your return policy?").words == {"return"}
    assert _question("What is your policy?").words == {"polici"}
