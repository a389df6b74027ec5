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


@pytest.mark.parametrize(
    ("before", "said", "meant"),
    [
        ("how loud is the breeze L at night", "sorry, breeze S not L", "how loud is the Breeze S at night"),
        ("how much water does the pour 4 hold", "no sorry i meant the big one", "how much water does the Pour 10 hold"),
        ("how much water does the pour 4 hold", "and for the pour 10?", "how much water does the Pour 10 hold"),
        ("how heavy is the pour 10", "and the Kettle?", "how heavy is the Kettle"),
        ("Delivery price to Ireland please", "I wrote Ireland but I meant Malta", "Delivery price to Malta please"),
        ("what does delivery to germany cost", "in ireland?", "what does delivery to ireland cost"),
        ("Was kostet der Versand nach Spanien?", "und nach Österreich?", "Was kostet der Versand nach Österreich?"),
        ("what does delivery cost", "in ireland?", "what does delivery cost, in ireland?"),
        ("Gibt es die Pour 4 in Rot?", "und die große?", "Gibt es die Pour 10 in Rot?"),
    ],
)  # fmt: skip
def test_a_correction_is_the_question_before_with_what_is_meant_now(before: str, said: str, meant: str) -> None:
    assert ASKED.stand_alone(said, [before]).text == meant


def test_a_follow_up_with_a_question_of_its_own_keeps_the_one_before_beside_it() -> None:
    found = ASKED.stand_alone("And how long does it take?", ["What does delivery to France cost?"])

    assert (found.text, found.before) == ("And how long does it take?", ("What does delivery to France cost?",))


def test_a_change_of_subject_leaves_what_was_before_out() -> None:
    found = ASKED.stand_alone("great thanks. do you deliver to malta?", ["how do i descale the pour 10"])

    assert (found.text, found.before, found.leans) == ("do you deliver to malta?", (), False)


def test_a_message_that_only_closes_changes_no_subject() -> None:
    found = ASKED.stand_alone("and the small one?", ["how heavy is the pour 10", "ok thanks"])

    assert found.text == "how heavy is the Pour 4"


@pytest.mark.parametrize(
    ("before", "reply", "said", "meant"),
    [
        ("do you have red, blue or green?", "", "is the last one cheaper", "is green cheaper"),
        ("What do E1, E2 and E3 mean?", "", "can I clear the third one myself?", "can I clear E3 myself?"),
        ("which plans are there", "- Solo: one bag\n- Duo: two bags", "is the second one dear", "is Duo dear"),
        ("which plans are there", "", "what does the second one cost", "what does the second one cost"),
    ],
)  # fmt: skip
def test_an_ordinal_names_what_was_listed(before: str, reply: str, said: str, meant: str) -> None:
    assert ASKED.stand_alone(said, [before], reply).text == meant
