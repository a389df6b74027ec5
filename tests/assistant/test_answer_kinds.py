"""What a question wants is told by its words, in four languages."""

import pytest

from app.assistant.answer_kinds import AnswerKind, is_of_kind, kind_wanted, without_kind
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
        ("What is your return policy?", AnswerKind.RULES),
        ("what are the conditions of the warranty", AnswerKind.RULES),
        ("Was sind eure Rückgabebedingungen?", AnswerKind.RULES),
        ("How long is the return period in your policy?", AnswerKind.TIME),
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
        (AnswerKind.RULES, "You may return it within 45 days.", "This policy applies to orders from 1 February on."),
        (AnswerKind.RULES, "It can be sent back for £4.", "It can be sent back."),
        (AnswerKind.RULES, "It can be kept for 45 days.", "Before 2026, it could and can be kept, and it was 30 days."),
        (AnswerKind.RULES, "It must be paid within 14 days.", "1. You can pay within 14 days."),
    ],
)
def test_a_statement_is_of_the_kind_that_it_holds(kind: AnswerKind, yes: str, no: str) -> None:
    fits = [is_of_kind(statements_of(found(text).passage, split_sentences)[0], kind) for text in (yes, no)]

    assert fits == [True, False]


def test_a_row_is_a_rule_where_it_tells_a_time_or_a_price() -> None:
    rows = "| Product | Return period |\n|---|---|\n| Kettle | 45 days |\n| Gift card | none |"

    fits = [is_of_kind(row, AnswerKind.RULES) for row in statements_of(found(rows).passage, split_sentences)]

    assert fits == [True, False]


def test_what_says_that_rules_are_wanted_says_nothing_of_their_matter() -> None:
    assert without_kind("What is your return policy?").split() == ["What", "is", "your", "return", "?"]
