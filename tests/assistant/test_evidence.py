"""Passages read into what carries sentences."""

from dataclasses import replace

from app.assistant.evidence import EvidenceReader, ReadPassage, company_of
from app.domain.grounding import Evidence
from app.language.claims import read_claim
from app.language.sentences import split_sentences
from tests.assistant.writings import found

TABLE = "| | Small | Large |\n|---|---|---|\n| Weight | 1 kg | 3 kg |\n| Price | £9 | £12 |"


def _read(text: str, *title: str) -> ReadPassage:
    return EvidenceReader(read=read_claim, split=split_sentences)(found(text, title=title).passage)


def _evidence(text: str, *title: str) -> tuple[Evidence, ...]:
    return _read(text, *title).postings.evidence


def test_each_statement_is_evidence_at_its_place() -> None:
    evidence = _evidence("You have 45 days. The refund takes a week.")

    assert [each.place for each in evidence] == [("p1", 0), ("p1", 1)]


def test_titles_stand_above_every_statement() -> None:
    evidence = _evidence("You have 45 days. The refund takes a week.", "Returns", "Coffee")

    assert all({"return", "coffe"} <= each.context for each in evidence)


def test_the_line_before_a_list_stands_above_its_items() -> None:
    item = _evidence("The warranty covers:\n\n- motors\n- pumps")[1]

    assert "warranti" in item.context
    assert "warranti" not in item.own


def test_the_sentence_that_it_points_to_stands_above() -> None:
    leaning = _evidence("The pump is loud. It is no fault.")[1]

    assert "pump" in leaning.context


def test_a_rows_label_is_its_subject() -> None:
    weight = _evidence(TABLE)[0]

    assert "weight" in weight.subject


def test_a_cell_knows_its_column() -> None:
    label, small, large = _evidence(TABLE)[0].segments

    assert not label.column
    assert "small" in small.column
    assert "larg" in large.column


def test_steps_have_numbers() -> None:
    evidence = _evidence("Do this:\n\n1. Open it.\n2. Close it.")

    assert [each.number for each in evidence] == [None, 1, 2]


def test_a_statement_is_restricted_by_a_limit_behind_it() -> None:
    evidence = _evidence("Coffee can be returned. However, this does not go for opened bags.")

    assert [each.restricted for each in evidence] == [True, False]


def test_what_is_said_of_everything_is_offered_of_each_one() -> None:
    (evidence,) = _evidence("All machines have a pump.")

    assert "each-one" in evidence.own


def test_names_are_what_is_written_with_a_capital_within_a_sentence() -> None:
    read = _read("Every coffee goes with the Pour 4. Coffee is fresh.")

    assert "pour 4" in read.names
    assert "coffe" not in read.names


def test_the_company_is_named_by_the_address_of_its_articles() -> None:
    passage = replace(found("Text.").passage, address="https://help.tallybrook.example/returns")

    assert company_of(passage) == {"tallybrook"}


def test_without_an_address_no_company_is_known() -> None:
    assert company_of(found("Text.").passage) == frozenset()
