"""A sentence is shown only when every value in it has support."""

import pytest

from app.domain.checking import Draft, Fault, Support, Value, ValueKind, check, limits_the_sentence_before

EURO_20 = Value(kind=ValueKind.MONEY, canonical="EUR 20", words="20 euros")
EURO_30 = Value(kind=ValueKind.MONEY, canonical="EUR 30", words="30 euros")
SUPPORT = Support(values=frozenset({EURO_20}), passage_ids=frozenset({"a#0"}))


def test_supported_values_and_citations_pass() -> None:
    written = Value(kind=ValueKind.MONEY, canonical="EUR 20", words="€20")

    assert check(Draft(text="It costs €20.", cited=("a#0",)), [written], SUPPORT) == ()


def test_a_value_without_support_is_found_with_its_words() -> None:
    [finding] = check(Draft(text="It costs 30 euros."), [EURO_30], SUPPORT)

    assert (finding.fault, finding.words) == (Fault.UNSUPPORTED_VALUE, "30 euros")


def test_a_citation_of_what_was_not_found_is_found() -> None:
    [finding] = check(Draft(text="So it is.", cited=("b#1",)), [], SUPPORT)

    assert finding.fault is Fault.UNKNOWN_CITATION


@pytest.mark.parametrize(
    "text", ["However, only new ones.", "Only in Germany.", "Aber nur online.", "- But not on Sundays."]
)
def test_limits_are_known_by_how_they_begin(text: str) -> None:
    assert limits_the_sentence_before(text)


@pytest.mark.parametrize("text", ["Button 3 starts it.", "Onlyness is no word.", "The price is final."])
def test_other_sentences_limit_nothing(text: str) -> None:
    assert not limits_the_sentence_before(text)
