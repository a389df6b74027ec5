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
    "was my grinder sent with the rest",
    "still waiting for your label",
    "how long have we been members",
    "who changed my delivery day",
    "did you block me",
    "wondering if my instalment has gone through",
    "is there an order under my name",
    "check if i have a plan please",
    "there are two charges from you in my bank app",
    "what did you deduct from my balance",
    "did the exchange go through?",
    "The invoice for the kettle never came through, could you mail it again",
    "link is dead, is it even shipped",
    "bought a grinder last week and nothing since. what is happening",
    "parcel has been in the depot since monday",
    "please pause the next two for me",
    "put another address on what i just ordered",
    "was the second one taken",
    "It says delivered, but I have been in all day and nobody came.",
    "I want to hear what the workshop found wrong with my grinder first.",
    "Wo bleibt meine Bestellung?",
    "Ich warte immer noch auf meine Erstattung.",
    "Wurde meine neue Anschrift übernommen?",
    "Wer hat mein Paket angenommen?",
    "Könnten Sie mir sagen, ob mein Umtausch durch ist?",
    "Habe ich die Verlängerung damals mitbestellt?",
    "Warum wurden mir 29 Euro abgebucht?",
    "Où est mon colis ?",
    "Avez-vous reçu mon retour ?",
    "J'attends toujours mon colis.",
    "Qui a signé pour mon colis ?",
    "Mon remboursement a-t-il été effectué ?",
    "Annulez mon abonnement s'il vous plaît.",
    "¿Dónde está mi pedido?",
    "¿Por qué me han cobrado dos veces?",
    "Sigo esperando mi reembolso.",
    "¿Cómo va mi reclamación?",
    "¿Cuánto queda en mi tarjeta regalo?",
    "Cancele mi suscripción, por favor.",
]
GENERAL = [
    "What happens if a parcel never arrives?",
    "Is it already possible to order from Portugal?",
    "Can you recommend a grinder for me?",
    "What do I do when it says delivered but nothing came?",
    "What do you do with my old machine?",
    "how do i cancel my subscription",
    "how long until my refund arrives",
    "Where can I see the status of my order?",
    "What happens to my plan when I move abroad?",
    "What do I do if my parcel arrives damaged?",
    "my card was declined, why",
    "i have ordered a kettle, is it dishwasher safe",
    "Can you tell me how I can change my password?",
    "is my payment data safe with you",
    "if i am billed twice, who do i write to",
    "when is my card charged, when i order or when it leaves",
    "when does my plan begin after joining",
    "would it be possible to put a name on my invoice",
    "is my voucher valid for coffee",
    "my voucher code says expired, why",
    "where is the code on my gift card",
    "why do you keep my invoices",
    "are my details passed on to others",
    "what is the latest i can change my box",
    "waiting for my order, how long does it usually take",
    "Wie kann ich mein Abo kündigen?",
    "Warum wird meine Karte abgelehnt?",
    "Wie erfahre ich, ob meine Bestellung angekommen ist?",
    "Wird mein Paket versichert verschickt?",
    "Kann ich meine Bestellung noch ändern?",
    "Comment annuler mon abonnement ?",
    "Quand ma carte est-elle débitée, à la commande ou à l'envoi ?",
    "Que se passe-t-il si mon paiement échoue ?",
    "Que faire si mon colis est endommagé ?",
    "¿Cómo cancelo mi suscripción?",
    "¿Cómo sé si mi pedido ha llegado?",
    "¿Mi suscripción se renueva automáticamente?",
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


def test_what_came_of_it_is_asked_of_the_case_told_before() -> None:
    before = ["do you repair kettles", "mine gets replaced, somebody wrote to me"]

    assert own_matter(read("did it go out?"), before).score >= OWN_AT
    assert own_matter(read("what's taking so long"), before).score >= OWN_AT
    assert own_matter(read("did it go out?"), before[:1]).score < OWN_AT


def test_many_small_signs_make_a_doubt_in_other_languages_too() -> None:
    german = own_matter(read("Ich war am Freitag nicht da, wohin kommt mein Paket?"))
    french = own_matter(read("Vous m'avez envoyé le mauvais café, qu'avais-je commandé ?"))

    assert DOUBTED_AT <= german.score < OWN_AT
    assert DOUBTED_AT <= french.score < OWN_AT


def test_a_general_question_behind_an_own_one_is_general() -> None:
    before = ["has my plan been cancelled"]

    assert own_matter(read("doesnt matter. can a cancelled plan be restarted later?"), before).score < OWN_AT


def test_numbers_of_orders_cards_and_addresses_are_read_and_those_of_products_are_not() -> None:
    assert numbers_in("order TB-90412, card ends in 7F2K, ada@home.example") == ("TB-90412", "7F2K", "ada@home.example")
    assert numbers_in("does the Pour 10 use a CR2032 cell, 2 litres, 45 days") == ()
