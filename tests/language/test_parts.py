"""A message that asks several things is split, and one question is never broken in two."""

import time

import pytest

from app.language.parts import asked_in


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("is it quiet and how heavy is it?", ["is it quiet", "how heavy is it?"]),
        ("Do you sell mugs? Also what does delivery cost?", ["Do you sell mugs?", "Also what does delivery cost?"]),
        ("1) battery type of the clock 2) how loud is it", ["battery type of the clock", "how loud is it"]),
        ("can i pay by card and if so whats the minimum order", ["can i pay by card", "whats the minimum order"]),
        ("do you deliver to jersey? and to the isle of man how much", None),
        ("Was kostet der Versand und wie lange dauert er?", ["Was kostet der Versand", "wie lange dauert er?"]),
        ("Comment le nettoyer et combien de temps dure-t-il ?", None),
    ],
)
def test_several_questions_are_told_apart(text: str, words: list[str] | None) -> None:
    asked = [each.words for each in asked_in(text)]

    assert len(asked) == 2
    assert words is None or asked == words


@pytest.mark.parametrize(
    "text",
    [
        "how do I pause and cancel my plan?",
        "when and how do I pay?",
        "what colours and what sizes",
        "my kettle leaks and is hot, what can i do",
        "hello, can you help me? ",
        "did my order go through?? page froze after i paid and i got no mail",
        "how long does it take and why",
    ],
)
def test_one_question_stays_one(text: str) -> None:
    assert [each.words for each in asked_in(text)] == [text.strip()]


def test_what_is_told_first_goes_with_every_question() -> None:
    asked = asked_in("I'm giving our fan to my mum. How do I reset it, does the warranty go with it?")

    assert [each.words for each in asked] == ["How do I reset it", "does the warranty go with it?"]
    assert {each.context for each in asked} == {"I'm giving our fan to my mum."}


def test_two_troubles_and_one_question_about_both_are_two() -> None:
    asked = asked_in("Since today the ring is orange, and the app does not find it any more. What do I do about both?")

    assert [each.words[:5] for each in asked] == ["Since", "the a"]


def test_what_is_asked_beyond_four_stays_with_the_last() -> None:
    asked = asked_in("How big is it? How old is it? How hot is it? How loud is it? How heavy is it?")

    assert [each.words for each in asked][-1] == "How loud is it? How heavy is it?"


@pytest.mark.parametrize("sign", [",", "&", "/", "\\", "<", '"', "?", " ", "-"])
def test_a_long_row_of_signs_is_read_at_once(sign: str) -> None:
    started = time.process_time()

    asked_in(f"How long is it{sign * 4_000}and what does it cost{sign * 4_000}")

    assert time.process_time() - started < 2
