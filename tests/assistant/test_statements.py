"""Markdown into statements that can be read alone."""

from app.assistant.statements import StatementKind, statements_of
from app.language.sentences import split_sentences


def _texts(markdown: str) -> list[str]:
    return [statement.text for statement in statements_of("p1", markdown, split_sentences)]


def test_a_paragraph_becomes_its_sentences_across_line_ends() -> None:
    texts = _texts("You have 45 days. Send it\nback in any box.\n\nRefunds take a week.")

    assert texts == ["You have 45 days.", "Send it back in any box.", "Refunds take a week."]


def test_headings_rules_images_and_page_numbers_are_left_out() -> None:
    texts = _texts("## Returns\n\n**How long**\n\n---\n\nIt is free. - 12 - ![a label](label.png)")

    assert texts == ["It is free."]


def test_emphasis_goes_and_links_keep_an_address_that_opens_anywhere() -> None:
    texts = _texts("Press **Brew** in [your account](https://shop.example/account) or [here](../other.md).")

    assert texts == ["Press Brew in your account (https://shop.example/account) or here."]


def test_steps_keep_their_numbers_and_name_the_line_before_them() -> None:
    statements = statements_of("p1", "Do this:\n\n1. Open it.\n   Wait.\n2. Close it.", split_sentences)

    assert [s.text for s in statements] == ["Do this:", "1. Open it. Wait.", "2. Close it."]
    assert [s.kind for s in statements] == [StatementKind.SENTENCE, StatementKind.STEP, StatementKind.STEP]
    assert [s.intro for s in statements] == [None, 0, 0]
    assert [s.step_number for s in statements] == [None, 1, 2]


def test_a_table_row_reads_with_the_names_of_its_columns() -> None:
    texts = _texts(
        "| Light | Meaning | What to do |\n|---|---|---|\n| Red | Empty | Fill the **tank** |\n| Blue | Busy | |"
    )

    assert texts == ["Red – Meaning: Empty; What to do: Fill the tank", "Blue – Meaning: Busy"]


def test_a_table_of_two_columns_reads_as_a_pair() -> None:
    assert _texts("| Plan | Price |\n|---|---|\n| Solo | £9 |") == ["Solo: £9"]


def test_a_sentence_that_points_back_or_limits_says_so() -> None:
    first, second, third = statements_of("p1", "It is free. However, not in Spain. Spain pays.", split_sentences)

    assert (first.leans_back, second.leans_back, third.leans_back) == (True, True, False)
    assert second.limits
    assert not third.limits
