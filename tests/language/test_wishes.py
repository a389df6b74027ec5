"""The wish for a person: found in many words, and not where people are only spoken of."""

import pytest

from app.language.meaning import Meaning
from app.language.reading import read
from app.language.wishes import WISH_AT, wish_for_person


@pytest.mark.parametrize(
    "message",
    [
        "I want to talk to a human",
        "real person please",
        "get me an agent",
        "can someone call me",
        "stop the robot",
        "speak to your manager",
        "I'd like to speak with a representative please",
        "could you put me through to a real person",
        "transfer me to a supervisor now",
        "HUMAN!!!",
        "operator",
        "Is there anyone there I can talk to?",
        "I don't want to talk to a bot",
        "I do not want to speak with a machine anymore, give me a human",
        "I would rather talk to a person",
        "live chat please",
        "Please have someone call me back on 0151 23456",
        "escalate this please",
        "no bots please",
        "not you. a person.",
        "let me chat w/ a rep",
        "could a colleague of yours contact me",
        "who can i ring about this",
        "What is your customer care number?",
        "I want to make a complaint",
    ],
)
def test_asking_for_a_person_is_a_wish(message: str) -> None:
    wish = wish_for_person(read(message))

    assert wish.score >= WISH_AT
    assert wish.evidence
    assert wish.evidence in message


@pytest.mark.parametrize(
    "message", ["tlak to humna", "get me an agnet", "I need a representitive", "pls connect me wit a persom"]
)
def test_slips_of_the_fingers_do_not_hide_it(message: str) -> None:
    assert wish_for_person(read(message)).score >= WISH_AT


@pytest.mark.parametrize(
    "message",
    [
        "how do I become an agent",
        "can a person fit",
        "I talked to a human yesterday and they said it was fine",
        "is the warranty handled by a representative?",
        "my human resources dept",
        "no need for a human, thanks",
        "Never mind, I don't need an agent anymore",
        "can I cancel without talking to a person?",
        "do I have to talk to an agent to cancel?",
        "I need a person to sign for the parcel, is that right?",
        "does the doorbell let me talk to the person at the door",
        "how do I stop the robot vacuum?",
        "will the courier call me before delivery",
        "you can call me Max",
        "please don't call me, write an e-mail",
        "I'm not a robot",
        "are you a robot?",
        "am i speaking with a real person",
        "can I transfer my contract to another person",
        "how do I change my contact number?",
        "is there a person detection on the camera",
        "is customer support included in the premium plan",
        "my wife spoke to your agent",
        "I'd rather chat with you than with a person",
        "is this shampoo for people with dry hair",
    ],
)
def test_people_spoken_of_are_no_wish(message: str) -> None:
    assert wish_for_person(read(message)).score < WISH_AT


@pytest.mark.parametrize(
    "message",
    [
        "Ich möchte mit einem Menschen sprechen",
        "kann mich bitte jemand anrufen?",
        "Bitte verbinden Sie mich mit einem Mitarbeiter",
        "Je voudrais parler à un conseiller",
        "un humain s'il vous plaît",
        "Quiero hablar con una persona",
        "¿Me pueden llamar?",
        "vorrei parlare con un operatore",
        "ik wil met een medewerker spreken",
        "quero falar com um atendente",
        "Gibt es hier auch echte Menschen?",
        "Ich hätte gern einen Rückruf",
        "y a-t-il un humain ici ?",
        "¿hay alguna persona real?",
        "que me llame alguien por favor",
    ],
)
def test_it_is_read_in_other_languages(message: str) -> None:
    wish = wish_for_person(read(message))

    assert wish.score >= WISH_AT
    assert wish.evidence in message


@pytest.mark.parametrize(
    "message",
    ["ich habe gestern mit einem Mitarbeiter gesprochen", "ich brauche keinen Menschen, danke", "je m'appelle Anne"],
)
def test_in_other_languages_people_spoken_of_are_no_wish(message: str) -> None:
    assert wish_for_person(read(message)).score < WISH_AT


def test_the_evidence_is_what_asks_and_not_the_rest() -> None:
    wish = wish_for_person(read("The pump is loud, and it is late. Could I please talk to someone? Thanks, Ana"))

    assert wish.evidence == "Could I please talk to someone"


def test_a_vector_counts_where_people_are_named() -> None:
    wish = wish_for_person(read("let one of the folks on the line sort it"), Meaning(wish=0.8))

    assert wish.score == 0.8


@pytest.mark.parametrize("message", ["sort it out some other way", "I never spoke to one of the folks on the line"])
def test_a_vector_alone_or_turned_round_does_not_count(message: str) -> None:
    assert wish_for_person(read(message), Meaning(wish=0.8)).score < WISH_AT
