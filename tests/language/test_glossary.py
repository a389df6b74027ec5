"""German, French and Spanish words in English: inflected, compound, as phrases, with and without their accents."""

import pytest

from app.language.glossary import FOLDER, LANGUAGES, english_of
from app.language.interpreter import Interpreter


@pytest.mark.parametrize(
    ("word", "language", "english"),
    [
        ("Garantie", "de", "warranty"),
        ("Wasserkochers", "de", "kettle"),
        ("zurückgeschickt", "de", "return"),
        ("zurückzuschicken", "de", "return"),
        ("zurueckschicken", "de", "return"),
        ("abgeschlossen", "de", "finish"),
        ("liefert", "de", "deliver"),
        ("garantie", "fr", "warranty"),
        ("remboursée", "fr", "refund"),
        ("renvoie", "fr", "return"),
        ("reçu", "fr", "receive"),
        ("marchent", "fr", "work"),
        ("mots de passe", "fr", "password"),
        ("devolución", "es", "return"),
        ("devolucion", "es", "return"),
        ("devolverlo", "es", "return"),
        ("devolveríamos", "es", "return"),
        ("contra reembolso", "es", "cash on delivery"),
    ],
)
def test_a_word_is_found_in_any_form(word: str, language: str, english: str) -> None:
    assert english in english_of(word, language)


def test_a_german_compound_is_what_its_parts_are() -> None:
    assert {"return", "period"} <= set(english_of("Rücksendefrist", "de"))
    assert {"warranty", "terms"} <= set(english_of("Garantiebedingungen", "de"))


@pytest.mark.parametrize("word", ["Tallybrook", "xyz", "", "?"])
def test_a_word_that_nobody_wrote_down_is_unknown(word: str) -> None:
    assert english_of(word, "de") == ()


def test_a_language_without_a_glossary_knows_nothing() -> None:
    assert english_of("garantie", "nl") == ()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_line_of_a_glossary_is_a_word_and_its_english(language: str) -> None:
    lines = (FOLDER / f"{language}_en.txt").read_text(encoding="utf-8").splitlines()[1:]

    assert len(lines) >= 1_500
    assert [line for line in lines if len(line.split(" | ")) != 2] == []


def test_questions_are_read_by_what_their_words_are_in_english() -> None:
    meant = Interpreter().meant("Habe ich Garantie auf den Wasserkocher?", "de")

    assert [each.ways[0] for each in meant] == [("warranti",), ("kettl",)]


def test_names_and_codes_stand_for_themselves() -> None:
    meant = Interpreter().meant("El Breeze L muestra E3", "es")

    assert [(each.ways[0], each.sure) for each in meant if ("e3",) in each.ways] == [(("e3",), True)]
    assert any(("breez",) in each.ways and not each.sure for each in meant)


def test_english_is_read_as_it_is_searched() -> None:
    assert Interpreter().terms("The kettles leak", "en") == ["kettl", "leak"]
    assert Interpreter().in_english("The kettles leak", "en") == "The kettles leak"


def test_a_text_is_said_in_english_word_for_word() -> None:
    assert Interpreter().in_english("mot de passe oublié", "fr") == "password forget"


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Ist es möglich, ein Abo zu pausieren?", "de"),
        ("Est-il possible de suspendre un abonnement ?", "fr"),
        ("¿Es posible pausar una suscripción?", "es"),
    ],
)
def test_a_word_that_only_asks_is_not_looked_for(text: str, language: str) -> None:
    meant = Interpreter().meant(text, language)

    assert len(meant) == 2
    assert ("possibl",) not in [way for word in meant for way in word.ways]
