"""What only the company's records answer is told from general questions that look like it."""

import pytest

from app.domain.decisions import DOUBTED_AT, OWN_AT
from app.language.own_matters import numbers_in, own_matter
from app.language.reading import read

OWN = [
    "Where's my parcel?",
    "has my refund been sent yet",
    "Which address will my parcel be delivered to?",
    "did the bank transfer reach you? i sent it on tuesday",
    "How many deliveries have we had so far?",
    "is my grinder fixed yet",
    "Why did my subscription renew, I cancelled it in June",
    "please tell me the tracking number for order 77123",
    "You've refunded 20 instead of 40, why",
    "Wo bleibt meine Bestellung?",
    "Warum wurden mir 29 Euro abgebucht?",
    "Où est mon colis ?",
    "Avez-vous reçu mon retour ?",
    "¿Dónde está mi pedido?",
    "¿Por qué me han cobrado dos veces?",
]
GENERAL = [
    "how do i cancel my subscription",
    "how long until my refund arrives",
    "Where can I see the status of my order?",
    "What happens to my plan when I move abroad?",
    "What do I do if my parcel arrives damaged?",
    "my card was declined, why",
    "i have ordered a kettle, is it dishwasher safe",
    "Can you tell me how I can change my password?",
    "is my payment data safe with you",
    "Wie kann ich mein Abo kündigen?",
    "Kann ich meine Bestellung noch ändern?",
    "Comment annuler mon abonnement ?",
    "Que faire si mon colis est endommagé ?",
    "¿Cómo cancelo mi suscripción?",
    "¿Puedo cambiar la dirección de mi pedido?",
]


@pytest.mark.parametrize("text", OWN)
def test_what_only_the_records_answer_is_told(text: str) -> None:
    found = own_matter(read(text))

    assert found.score >= OWN_AT
    assert found.evidence in text


@pytest.mark.parametrize("text", GENERAL)
def test_a_general_question_stays_general(text: str) -> None:
    assert own_matter(read(text)).score < DOUBTED_AT


def test_a_question_that_leans_on_a_case_told_before_is_an_own_matter() -> None:
    assert own_matter(read("where is it"), ["i ordered a toaster two weeks ago"]).score >= OWN_AT
    assert own_matter(read("where is it"), ["how do I clean the jug"]).score < DOUBTED_AT


def test_a_general_question_behind_an_own_one_is_general() -> None:
    before = ["has my plan been cancelled"]

    assert own_matter(read("doesnt matter. can a cancelled plan be restarted later?"), before).score < OWN_AT


def test_numbers_of_orders_cards_and_addresses_are_read_and_those_of_products_are_not() -> None:
    assert numbers_in("order TB-90412, card ends in 7F2K, ada@home.example") == ("TB-90412", "7F2K", "ada@home.example")
    assert numbers_in("does the Pour 10 use a CR2032 cell, 2 litres, 45 days") == ()
