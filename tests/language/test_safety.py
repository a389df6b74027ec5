"""Danger is read from what happened; burning questions and smoke detectors are none."""

import pytest

from app.language.meaning import Meaning
from app.language.reading import read
from app.language.safety import danger
from app.language.sound import Sound


@pytest.mark.parametrize(
    "message",
    [
        "There is a burning smell coming from the plug",
        "smoke came out of the oven when I turned it on",
        "I got an electric shock from the kettle",
        "my son swallowed a button battery",
        "the charger is on fire",
        "I smell gas in the kitchen",
        "the lid burst and I burned my hand",
        "I think I have an allergic reaction to the cream",
        "the battery is swollen and hissing",
        "sparks are flying out of the socket",
        "My daughter is bleeding, the blade came off",
        "glass in my food",
        "I can't breathe since I used the spray",
        "I want to kill myself",
        "i might as well end it all",
        "I don't want to live anymore",
        "I'm going to kill you",
        "i will come to your office and shoot you all",
        "es riecht verbrannt",
        "ich habe einen Stromschlag bekommen",
        "ça sent le brûlé",
        "huele a quemado",
    ],
)
def test_danger_is_found_in_the_customers_words(message: str) -> None:
    found = danger(read(message))

    assert found.evidence
    assert found.evidence in message


@pytest.mark.parametrize(
    "message",
    [
        "I have a burning question about delivery",
        "does the fire tv work with alexa",
        "shock absorber for my bike",
        "is it smoke detector compatible?",
        "the coffee tastes burnt",
        "How do I burn a CD",
        "is smoking allowed in the room",
        "will it catch fire if I leave it on?",
        "I was shocked by the price",
        "how do I kill a process",
        "my phone is dead",
        "I'm dying to know when it ships",
        "where can I pay my gas bill",
        "does the cream help against burns",
        "no smoke, no smell, it just does not turn on",
        "is my credit score hurt by this",
        "the colour bleeds in the wash",
    ],
)
def test_words_of_danger_in_other_senses_are_none(message: str) -> None:
    assert not danger(read(message)).evidence


def test_a_vector_counts_for_what_no_rule_names() -> None:
    message = "The cord went round her neck"

    found = danger(read(message), Meaning(danger=0.9), Sound(negative=0.6))

    assert found.evidence == message


@pytest.mark.parametrize(
    ("message", "negative"), [("can the cord go round her neck?", 0.6), ("the cord goes nicely round her neck", 0.1)]
)
def test_a_vector_does_not_count_in_a_question_or_a_cheerful_message(message: str, negative: float) -> None:
    assert not danger(read(message), Meaning(danger=0.9), Sound(negative=negative)).evidence
