"""Search terms of questions and passages."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from app.care.lookup import Terms
from app.language.terms import terms


@pytest.mark.parametrize(
    ("asked", "written", "language"),
    [
        ("how do I cancel?", "Cancelling", "en"),
        ("my batteries", "The battery", "en"),
        ("customer’s orders", "customers order", "en"),
        ("Wie kann ich kündigen?", "Kündigung", "de"),
        ("rueckgabe", "Rückgabe", "de"),
        ("Größe", "groesse", "de"),
        ("comment resilier l'abonnement", "résiliation abonnements", "fr"),
        ("¿dónde está la contrasena?", "Contraseñas", "es"),
        ("1.200 Watt", "1200 watt", "de"),
        ("ﬁlter", "filters", "en"),
    ],
)
def test_a_question_and_a_text_meet_in_the_same_terms(asked: str, written: str, language: str):
    assert terms(asked, language) == terms(written, language) != []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Error E3 on the 4K set", ["error", "e3", "4k", "set"]),
        ("2.4 GHz Wi-Fi", ["2.4", "ghz", "wifi", "wi", "fi"]),
        ("firmware 2.4.1", ["firmwar", "2.4.1"]),
        ("over 1,000 points", ["1000", "point"]),
        ("e-mail", ["email", "mail"]),
        ("24/7", ["24", "7"]),
        ("snake_case £30.", ["snake", "case", "30"]),
        ("reset reset", ["reset", "reset"]),
    ],
)
def test_numbers_and_model_names_stay_whole(text: str, expected: list[str]):
    assert terms(text) == expected


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("What is it, and how can I, please?", "en"),
        ("Why don’t you?", "en"),
        ("Warum geht das nicht?", "de"),
        ("Qu’est-ce que c’est ?", "fr"),
        ("¿Cómo puedo, por favor?", "es"),
        ("", "en"),
        ("😀 … !!!", "en"),
    ],
)
def test_words_without_a_subject_leave_nothing(text: str, language: str):
    assert terms(text, language) == []


def test_a_region_and_an_unknown_language_are_taken_as_they_come():
    assert terms("Kündigungen", "de-AT") == terms("Kündigung", "de")
    assert terms("Opzeggen van 3 abonnementen", "nl") == ["opzeggen", "van", "3", "abonnementen"]


def test_threads_do_not_disturb_each_other():
    texts = [f"cancelling batteries number {number}" for number in range(400)]
    expected = [terms(text) for text in texts]

    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(terms, texts))

    assert found == expected


def test_terms_serve_the_port():
    port: Terms = terms

    assert port("Charging cables", "en") == ["charg", "cabl"]
