"""The language of a turn: by its small words, by any words where there are none, by the messages before."""

import pytest

from app.language.reading import read
from app.language.tongues import told_tongue, tongue_of


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Wie lange ist die Garantie?", "de"),
        ("Passwort vergessen", "de"),
        ("Sind eure Bohnen bio-zertifiziert oder wenigstens Fairtrade?", "de"),
        ("Quelle est la garantie ?", "fr"),
        ("mot de passe oublié", "fr"),
        ("bouilloire en panne", "fr"),
        ("¿Cuánto dura la garantía?", "es"),
        ("contraseña olvidada", "es"),
        ("envío Canarias", "es"),
        ("How long is the warranty?", "en"),
        ("kettle broken", "en"),
        ("password reset", "en"),
        ("TB-304417", "en"),
    ],
)
def test_a_message_tells_its_language(text: str, language: str) -> None:
    assert tongue_of([read(text)]) == language


def test_a_message_that_tells_nothing_is_in_the_language_of_those_before() -> None:
    assert tongue_of([read("TB-304417")], ["Wo ist meine Bestellung?"]) == "de"


def test_each_turn_is_read_anew() -> None:
    assert tongue_of([read("Where is my parcel now?")], ["Wo ist meine Bestellung?"]) == "en"


def test_a_number_tells_no_language() -> None:
    assert told_tongue("304417") is None
