"""A courtesy is small talk only where the message holds nothing else."""

import pytest

from app.domain.assessment import SmallTalk
from app.language.reading import read
from app.language.small_talk import small_talk


@pytest.mark.parametrize(
    ("message", "kind"),
    [
        ("hey", SmallTalk.GREETING),
        ("Hello there!", SmallTalk.GREETING),
        ("hiii", SmallTalk.GREETING),
        ("Guten Tag", SmallTalk.GREETING),
        ("Thank you very much", SmallTalk.THANKS),
        ("thx :)", SmallTalk.THANKS),
        ("great, thanks!", SmallTalk.THANKS),
        ("merci beaucoup", SmallTalk.THANKS),
        ("bye, have a nice day", SmallTalk.GOODBYE),
        ("that's all, thank you", SmallTalk.GOODBYE),
        ("danke, tschüss", SmallTalk.GOODBYE),
        ("are you a bot?", SmallTalk.WHO_ARE_YOU),
        ("who am i talking to", SmallTalk.WHO_ARE_YOU),
        ("are you human or robot", SmallTalk.WHO_ARE_YOU),
        ("Yes please", SmallTalk.AGREEMENT),
        ("ok", SmallTalk.AGREEMENT),
        ("👍", SmallTalk.AGREEMENT),
        ("si, por favor", SmallTalk.AGREEMENT),
        ("ja gerne", SmallTalk.AGREEMENT),
        ("Ja, das wäre toll", SmallTalk.AGREEMENT),
        ("auf jeden Fall", SmallTalk.AGREEMENT),
        ("oui svp", SmallTalk.AGREEMENT),
        ("oui, avec plaisir", SmallTalk.AGREEMENT),
        ("sí, me gustaría", SmallTalk.AGREEMENT),
        ("por supuesto", SmallTalk.AGREEMENT),
        ("Guten Morgen zusammen", SmallTalk.GREETING),
        ("bonjour à tous", SmallTalk.GREETING),
        ("hola, buenas tardes", SmallTalk.GREETING),
        ("besten Dank", SmallTalk.THANKS),
        ("merci de votre réponse", SmallTalk.THANKS),
        ("gracias", SmallTalk.THANKS),
        ("muchas gracias por la respuesta", SmallTalk.THANKS),
        ("schönes Wochenende", SmallTalk.GOODBYE),
        ("bonne soirée à vous", SmallTalk.GOODBYE),
        ("que tenga un buen día", SmallTalk.GOODBYE),
        ("nein danke", SmallTalk.REFUSAL),
        ("non, ça ira", SmallTalk.REFUSAL),
        ("no hace falta", SmallTalk.REFUSAL),
        ("Bin ich hier mit einer KI verbunden?", SmallTalk.WHO_ARE_YOU),
        ("vous êtes un humain ?", SmallTalk.WHO_ARE_YOU),
        ("¿eres una persona real?", SmallTalk.WHO_ARE_YOU),
        ("no", SmallTalk.REFUSAL),
        ("no thanks", SmallTalk.REFUSAL),
    ],
)
def test_courtesies_are_small_talk(message: str, kind: SmallTalk) -> None:
    assert small_talk([read(message)]) is kind


@pytest.mark.parametrize(
    "message",
    [
        "hi, how do I clean it?",
        "thanks, and how long does delivery take?",
        "no, the blue one",
        "yes it does but only at night",
        "are you open on sunday",
        "is this a robot vacuum",
        "thanks for nothing",
        "hello? anybody there",
        "no that did not help",
        "",
        "?!",
    ],
)
def test_a_courtesy_with_more_in_it_is_none(message: str) -> None:
    assert small_talk([read(message)]) is None


def test_a_question_after_a_greeting_makes_the_burst_no_small_talk() -> None:
    assert small_talk([read("hi"), read("how do I clean it?")]) is None


def test_of_several_courtesies_the_telling_one_counts() -> None:
    assert small_talk([read("hello"), read("thanks a lot")]) is SmallTalk.THANKS
