"""What an assistant may not say of itself, whatever support it has."""

import pytest

from app.domain.checking import Fault
from app.language.commitments import admits_not_knowing, answers_yes_or_no, overstep


@pytest.mark.parametrize(
    "text",
    [
        "I have refunded your order.",
        "I'll send you a new one.",
        "My team takes care of it.",
        "We promise a refund.",
        "We have just cancelled the order for you.",
        "Your order has been cancelled.",
        "A colleague will call you back.",
        "We'll send you a new one today.",
        "Rest assured, it works.",
        "Consider it done.",
        "Ich kümmere mich darum.",
        "Je vous rembourse.",
    ],
)
def test_a_commitment_or_a_deed_is_seen(text: str) -> None:
    assert overstep(text) is Fault.COMMITS


@pytest.mark.parametrize(
    "text",
    [
        "I am a human colleague.",
        "I'm not a bot.",
        "You are talking to a real person.",
        "This is an agent.",
        "Ich bin ein Mensch.",
        "Je suis un humain.",
        "No soy un robot.",
    ],
)
def test_pretending_to_be_a_person_is_seen(text: str) -> None:
    assert overstep(text) is Fault.PRETENDS


@pytest.mark.parametrize(
    "text",
    [
        "I am sorry to hear that.",
        "I understand that this is annoying.",
        "I'm an AI assistant.",
        "I could not find anything about it.",
        "Let me know if it helps.",
        "Es tut mir leid.",
        "The refund takes 5 days.",
        "Once your order has been cancelled, you get the money back.",
        "We send the parcel within 2 days.",
    ],
)
def test_courtesy_and_plain_statements_presume_nothing(text: str) -> None:
    assert overstep(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "I could not find anything about it.",
        "I'm sorry, but I don't know that.",
        "Unfortunately, our help pages do not mention it.",
    ],
)
def test_that_something_was_not_found_is_seen(text: str) -> None:
    assert admits_not_knowing(text)


@pytest.mark.parametrize("text", ["The refund takes 5 days.", "You could not find a better one."])
def test_other_sentences_admit_nothing(text: str) -> None:
    assert not admits_not_knowing(text)


@pytest.mark.parametrize("text", ["Yes.", "No, sorry.", "Of course!", "Ja, gern.", "Oui.", "Sí."])
def test_an_answer_of_yes_or_no_is_seen(text: str) -> None:
    assert answers_yes_or_no(text)


def test_courtesy_is_no_answer() -> None:
    assert not answers_yes_or_no("Thank you for your message.")
