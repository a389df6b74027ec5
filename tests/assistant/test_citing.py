"""References as models write them, whole or in pieces, in one form."""

import pytest

from app.assistant.citing import References, read_references


def _fed(*pieces: str) -> str:
    references = References()
    return "".join([*(references.feed(piece) for piece in pieces), references.end()])


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        ("Yes [1].", "Yes [1]."),
        ("Yes [1, 2].", "Yes [1][2]."),
        ("Yes [1; 3].", "Yes [1][3]."),
        ("Ja【1】.", "Ja[1]."),
        ("Yes【2†source】.", "Yes[2]."),
        ("Press [Start] now.", "Press [Start] now."),
        ("See [1](https://shop.example).", "See [1](https://shop.example)."),
        ("An open [ bracket", "An open [ bracket"),
    ],
)
def test_every_form_becomes_the_plain_one_also_sign_by_sign(written: str, plain: str) -> None:
    assert _fed(written) == plain
    assert _fed(*written) == plain


def test_text_without_brackets_is_passed_on_at_once() -> None:
    references = References()

    assert references.feed("Hello ") == "Hello "
    assert references.feed("there [") == "there "
    assert references.feed("1") == ""
    assert references.feed("] you") == "[1] you"


def test_references_are_read_out_of_a_sentence() -> None:
    assert read_references("It is free [2][1], truly [2].", ["a", "b"]) == ("It is free, truly.", ("b", "a"))


def test_numbers_that_no_passage_has_stay_recognisable() -> None:
    assert read_references("It is free [0][3].", ["a", "b"]) == ("It is free.", ("unknown:0", "unknown:3"))
