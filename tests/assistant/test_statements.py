"""Markdown into statements that can be read alone."""

from app.assistant.statements import Cell, Statement, StatementKind, statements_of
from app.language.sentences import split_sentences
from tests.assistant.writings import found


def _statements(markdown: str, *title: str) -> tuple[Statement, ...]:
    return statements_of(found(markdown, title=title).passage, split_sentences)


def _texts(markdown: str) -> list[str]:
    return [statement.text for statement in _statements(markdown)]


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
    statements = _statements("Do this:\n\n1. Open it.\n   Wait.\n2. Close it.")

    assert [s.text for s in statements] == ["Do this:", "1. Open it. Wait.", "2. Close it."]
    assert [s.kind for s in statements] == [StatementKind.SENTENCE, StatementKind.STEP, StatementKind.STEP]
    assert [s.intro for s in statements] == [None, 0, 0]
    assert [s.step_number for s in statements] == [None, 1, 2]


def test_a_table_row_reads_with_the_names_of_its_columns() -> None:
    texts = _texts(
        "| Light | Meaning | What to do |\n|---|---|---|\n| Red | Empty | Fill the **tank** |\n| Blue | Busy | |"
    )

    assert texts == ["Red – Meaning: Empty; What to do: Fill the tank", "Blue – Meaning: Busy"]


def test_a_table_of_two_columns_reads_with_the_name_of_the_second() -> None:
    assert _texts("| Plan | Price |\n|---|---|\n| Solo | £9 |") == ["Solo – Price: £9"]


def test_a_row_without_a_label_reads_from_its_first_filled_column() -> None:
    assert _texts("| | Price |\n|---|---|\n| | £9 |\n| | |") == ["Price: £9"]


def test_a_row_can_be_cut_down_to_some_of_its_cells() -> None:
    (row,) = _statements("| | Small | Large |\n|---|---|---|\n| Weight | 1 kg | 3 kg |")

    shorter = row.with_cells((row.cells[0], row.cells[2]))

    assert row.cells[1] == Cell(column="Small", text="1 kg")
    assert shorter.text == "Weight – Large: 3 kg"


def test_the_heading_leaves_the_title_of_the_article_out_where_there_is_more() -> None:
    (deep,) = _statements("It is free.", "Coffee grinder", "Cleaning", "Every week")
    (flat,) = _statements("It is free.", "Coffee grinder")

    assert (deep.heading, flat.heading) == ("Cleaning – Every week", "Coffee grinder")


def test_a_sentence_that_only_shows_the_way_is_a_signpost() -> None:
    texts = "This page explains refunds. Look further down. The login page is blue. Press the Guide button."

    assert [statement.is_signpost for statement in _statements(texts)] == [True, True, False, False]


def test_a_sentence_that_points_back_or_limits_says_so() -> None:
    first, second, third = _statements("It is free. However, not in Spain. Spain pays.")

    assert (first.leans_back, second.leans_back, third.leans_back) == (True, True, False)
    assert second.limits
    assert not third.limits
