"""What customers' words are called otherwise."""

from pathlib import Path

import pytest

from app.care.other_words import Way
from app.language.other_words import FOLDER, GroupsOfWords, other_words
from tests.fakes.pace import cpu_seconds

ASKED = [
    [phrase.strip() for phrase in line.split(",")]
    for line in (FOLDER / "asked_en.txt").read_text().splitlines()
    if line and not line.startswith("#")
]


def _ways(text: str, *terms: str) -> set[Way]:
    return {way for one in other_words(text) if one.terms == terms for way in one.ways}


@pytest.mark.parametrize(
    ("text", "terms", "way"),
    [
        ("Do you ship to Spain?", ("ship",), ("deliv",)),
        ("cancel my subscription", ("subscript",), ("plan",)),
        ("is there a guarantee", ("guarante",), ("warranti",)),
        ("I want my money back", ("money", "back"), ("refund",)),
        ("do you take promo codes", ("promo", "code"), ("discount", "code")),
        ("it won't turn on", ("turn",), ("switch",)),
    ],
)
def test_customers_words_are_known_by_what_articles_call_them(text: str, terms: Way, way: Way) -> None:
    assert way in _ways(text, *terms)


def test_words_of_ones_own_may_stand_within_a_phrase() -> None:
    assert ("reset", "password") in _ways("how can I change my password", "chang", "password")


def test_a_phrase_is_marked_as_one_and_its_words_are_looked_up_too() -> None:
    found = {one.terms: one.is_phrase for one in other_words("what are shipping costs")}

    assert found[("ship", "cost")]
    assert not found[("ship",)]


def test_what_search_cannot_see_is_no_way_to_say_something(tmp_path: Path) -> None:
    (tmp_path / "asked_en.txt").write_text("free, no charge\nregister, sign up, enrol\n")
    groups = GroupsOfWords("en", tmp_path)

    assert groups.of("is it free") == []
    assert [one.ways for one in groups.of("how do I register")] == [(("enrol",),)]
    assert [one.ways for one in groups.of("how do I sign up")] == [(("regist",), ("enrol",))]


def test_a_language_without_lists_has_no_other_words() -> None:
    assert list(other_words("Versendet ihr nach Spanien?", "de")) == []


@pytest.mark.parametrize("group", ASKED, ids=lambda group: group[0])
def test_a_group_has_two_members_and_none_twice(group: list[str]) -> None:
    assert len(group) > 1
    assert len(set(group)) == len(group)


def test_reading_a_question_takes_little() -> None:
    question = "Hello, where can I see the tracking number of my package, and how much is shipping to Spain?"

    assert cpu_seconds(lambda: other_words(question)) < 0.001
