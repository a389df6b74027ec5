"""What a question wants is told by its words, in four languages."""

import pytest

from app.assistant.answer_kinds import AnswerKind, is_of_kind, kind_wanted
from app.assistant.statements import statements_of
from app.language.sentences import split_sentences
from tests.assistant.writings import found


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("How do I clean it?", AnswerKind.STEPS),
        ("Wie entkalke ich die Maschine?", AnswerKind.STEPS),
        ("how long until it is ready", AnswerKind.TIME),
        ("Wann habt ihr geöffnet?", AnswerKind.TIME),
        ("How much is a new lid?", AnswerKind.MONEY),
        ("Combien coûte la livraison ?", AnswerKind.MONEY),
        ("How many cups does it brew?", AnswerKind.NUMBER),
        ("¿Cuántas tazas hace?", AnswerKind.NUMBER),
        ("What is your phone number?", AnswerKind.CONTACT),
        ("Is it blue?", None),
    ],
)
def test_the_words_of_asking_tell_what_is_wanted(question: str, kind: AnswerKind | None) -> None:
    assert kind_wanted(question) is kind


@pytest.mark.parametrize(
    ("kind", "yes", "no"),
    [
        (AnswerKind.STEPS, "1. Open it.", "Open it."),
        (AnswerKind.TIME, "It takes 3 to 5 working days.", "It takes 3 cups."),
        (AnswerKind.TIME, "It has a 2-year warranty.", "It has a warranty."),
        (AnswerKind.MONEY, "It costs £4 (€4.50).", "It weighs 4 kg."),
        (AnswerKind.MONEY, "Returns are free.", "Returns are easy."),
        (AnswerKind.NUMBER, "It brews 4 cups.", "It brews coffee."),
        (AnswerKind.CONTACT, "Call 020 7946 0321.", "Call us on day 12."),
        (AnswerKind.CONTACT, "Write to care@shop.example.", "Write to us."),
    ],
)
def test_a_statement_is_of_the_kind_that_it_holds(kind: AnswerKind, yes: str, no: str) -> None:
    fits = [is_of_kind(statements_of(found(text).passage, split_sentences)[0], kind) for text in (yes, no)]

    assert fits == [True, False]
