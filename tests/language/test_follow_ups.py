"""A follow-up on the other product of a pair becomes the question before, about that product."""

import pytest

from app.language.follow_ups import FollowUps

ASKED = FollowUps(["Breeze L", "Breeze S", "Kettle", "Pour 10", "Pour 4"])


@pytest.mark.parametrize(
    "text", ["and for the small one?", "And the small one?", "what about the smaller one", "the other one?"]
)
def test_the_small_one_is_the_other_of_the_pair(text: str) -> None:
    assert ASKED(text, ["Hello", "How many cups does the Pour 10 brew?"]) == "How many cups does the Pour 4 brew?"


def test_the_large_one_goes_by_letters_too() -> None:
    assert ASKED("And the big one?", ["how loud is the breeze s at night"]) == "how loud is the Breeze L at night"


@pytest.mark.parametrize(
    "text", ["How small is it?", "Is there a small jug for the other one as well?", "and what does it cost?"]
)
def test_other_questions_stand_as_they_are(text: str) -> None:
    assert ASKED(text, ["How many cups does the Pour 10 brew?"]) == text


def test_without_a_product_before_nothing_is_made_up() -> None:
    assert ASKED("and the small one?", ["What does delivery to Spain cost?"]) == "and the small one?"
