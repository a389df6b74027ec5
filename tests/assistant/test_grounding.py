"""What a reply may say in its own words: true paraphrases of the passages, and nothing that they do not carry."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from app.assistant.grounding import PassageGrounding, ReplyGrounds
from app.domain.checking import Checked, Draft, Fault
from app.domain.conversations import Author
from app.domain.grounding import Strictness
from app.domain.knowledge import FoundPassage
from app.language.claims import read_claim
from app.language.commitments import admits_not_knowing, answers_yes_or_no, overstep
from app.language.sentences import split_sentences
from tests.assistant.writings import found, writing
from tests.fakes.pace import cpu_seconds

RETURNS = """\
You may return unopened coffee within 45 days of delivery. Opened coffee cannot be returned. Appliances can be returned
only in the original box.

The refund takes 3 to 5 working days. We pay the return postage in the United Kingdom. In Ireland you pay the return
postage yourself, at least €6.95. A repair costs between £20 and £40.

Delivery to France is not possible by courier. Orders over £40 are delivered free of charge. Gift cards are valid for 24
months and cannot be exchanged for cash.

You must register the warranty within 30 days.

How to return:

1. Open your account and choose Returns.
2. Print the label and stick it on the parcel.
3. Take the parcel to a post office.
"""

MACHINES = """\
| | Pour 4 | Pour 10 |
|---|---|---|
| Weight | 2.8 kg | 7.4 kg |
| Water tank | 1.2 l | 1.8 l |
| Price | £189 | £349 |
"""

CARE = """\
If you cannot see the lights or codes of a Breeze S or Breeze L, open the Tallybrook app: all messages appear there as
text. The app keeps messages for 30 days. Messages of the care team come by e-mail.

| What we keep | How long it is kept |
|---|---|
| Chats with the care team | 24 months |
| Invoices | 10 years |

| Code | Meaning |
|---|---|
| E3 | The sensor is dirty |
"""

GERMAN = """\
Sie können ungeöffneten Kaffee innerhalb von 45 Tagen zurückgeben. Geöffneter Kaffee kann nicht zurückgegeben werden.
Maschinen werden nur im Originalkarton zurückgenommen. Die Lieferung nach Frankreich kostet 6,95 €.
"""
FRENCH = """\
Vous pouvez retourner le café fermé sous 45 jours. Le café ouvert ne peut pas être retourné. Les machines sont reprises
uniquement dans leur carton d'origine.
"""
SPANISH = """\
Puede devolver el café cerrado dentro de 45 días. El café abierto no se puede devolver. Las máquinas se aceptan solo en
su caja original.
"""


def _grounding() -> PassageGrounding:
    return PassageGrounding(
        read=read_claim,
        split=split_sentences,
        overstep=overstep,
        admits=admits_not_knowing,
        answers=answers_yes_or_no,
        strictness=lambda: Strictness(left=0.25),
    )


def _grounds(
    *passages: FoundPassage, question: str = "How do I return coffee?", history: Sequence[tuple[Author, str]] = ()
) -> ReplyGrounds:
    return _grounding().of(writing(question, history=history).turn, passages)


def _returns() -> ReplyGrounds:
    return _grounds(found(RETURNS, id="returns#0", title=("Returns",), article="returns"))


def _care(question: str = "Where do I see messages?") -> ReplyGrounds:
    return _grounds(found(CARE, id="care#0", title=("Breeze L", "Messages"), article="care"), question=question)


def _machines(question: str = "How heavy is the Pour 4?") -> ReplyGrounds:
    passage = found(MACHINES, id="machines#0", title=("Coffee machines compared",), article="machines")
    return _grounds(passage, question=question)


def _abroad(text: str, language: str, question: str) -> ReplyGrounds:
    passage = found(text, title=("FAQ",))
    return _grounds(replace(passage, passage=replace(passage.passage, language=language)), question=question)


def _shown(grounds: ReplyGrounds, sentence: str, language: str = "en") -> bool:
    return not grounds.check(Draft(text=sentence), language).findings


def _quoted(checked: Checked) -> list[str]:
    return [quote.text for quote in checked.quotes]


@pytest.mark.parametrize(
    "sentence",
    [
        "Unopened coffee can be returned within 45 days of delivery.",
        "You can send back unopened coffee within 45 days of delivery.",
        "The refund takes three to five working days.",
        "We pay the return postage in the United Kingdom.",
        "In Ireland you pay at least €6.95 for the return postage.",
        "A repair costs between £20 and £40.",
        "Delivery to France by courier is not possible.",
        "Orders over £40 are delivered free of charge.",
        "Gift cards are valid for 24 months.",
        "You must register the warranty within 30 days.",
        "Open your account and choose Returns.",
    ],
)
def test_a_true_paraphrase_is_shown(sentence: str) -> None:
    assert _shown(_returns(), sentence)


@pytest.mark.parametrize(
    ("lie", "rule"),
    [
        ("You may return unopened coffee within 54 days of delivery.", "another value"),
        ("You may return unopened coffee for at least 45 days of delivery.", "a minimum for a limit"),
        ("In Ireland you pay at most €6.95 for the return postage.", "a limit for a minimum"),
        ("Orders under £40 are delivered free of charge.", "the other side of a bound"),
        ("The refund takes 3 working days.", "one end of a range"),
        ("A repair costs £20.", "one end of a price range"),
        ("A repair costs from £20 to £50.", "another end of a range"),
        ("The refund takes 3 to 5 days.", "days for working days"),
        ("Gift cards are valid for 24 weeks.", "weeks for months"),
        ("In Ireland you pay at least £6.95 for the return postage.", "another currency"),
        ("Coffee can be returned within 45 days of delivery.", "a restricting word dropped"),
        ("You may return opened coffee within 45 days of delivery.", "the opposite word"),
        ("Appliances can be returned.", "a limit dropped"),
        ("Appliances can be returned in any box.", "all for one"),
        ("All coffee can be returned within 45 days of delivery.", "all added"),
        ("Opened coffee can be returned.", "a negation dropped"),
        ("Gift cards can be exchanged for cash.", "a negation dropped from half a sentence"),
        ("Delivery to France by courier is possible.", "a negation dropped"),
        ("The refund does not take 3 to 5 working days.", "a negation added"),
        ("You pay the return postage in the United Kingdom.", "another actor"),
        ("We pay the return postage in Ireland.", "the company for the customer"),
        ("We pay the return postage in the United Kingdom and Ireland.", "a place added"),
        ("You may register the warranty within 30 days.", "may for must"),
        ("Delivery to Spain is not possible by courier.", "another country"),
        ("Tea can be returned within 45 days of delivery.", "a substituted subject"),
        ("Returns are free everywhere.", "nothing of the sort"),
        ("Take the parcel to the post office, then print the label and stick it on the parcel.", "steps turned round"),
    ],
)
def test_a_lie_is_withheld(lie: str, rule: str) -> None:
    assert not _shown(_returns(), lie), rule


@pytest.mark.parametrize(
    "sentence",
    [
        "The weight of the Pour 4 is 2.8 kg.",
        "The weight of the Pour 10 is 7.4 kg.",
        "The Pour 4 weighs 2.8 kg.",
        "The Pour 4 weighs 2800 g.",
        "The water tank of the Pour 4 holds 1.2 l.",
        "The Pour 4 has a price of £189.",
    ],
)
def test_a_cell_is_told_in_words_of_ones_own(sentence: str) -> None:
    assert _shown(_machines(), sentence)


@pytest.mark.parametrize(
    ("lie", "rule"),
    [
        ("The weight of the Pour 4 is 7.4 kg.", "another column"),
        ("The weight of the Pour 10 is 2.8 kg.", "another column"),
        ("The weight of the Pour 4 is 1.2 l.", "another row"),
        ("The Pour 4 has a price of €189.", "another currency"),
        ("The Breeze S has a price of £189.", "a name that is not there"),
        ("Both the Pour 4 and the Pour 10 have a weight of 2.8 kg.", "of both what is of one"),
        ("The Pour 4 as well as the Pour 10 has a weight of 2.8 kg.", "of both what is of one"),
        ("With the Pour 10 the price is £189 and with the Pour 4 it is £349.", "values crossed"),
    ],
)
def test_a_cell_of_another_row_or_column_is_withheld(lie: str, rule: str) -> None:
    assert not _shown(_machines(), lie), rule


def test_a_sentence_is_withheld_where_the_next_one_limits_it() -> None:
    grounds = _grounds(found("Coffee can be returned. However, this does not go for opened bags."))

    assert not _shown(grounds, "Coffee can be returned.")


def test_steps_in_their_order_are_shown_one_after_the_other() -> None:
    grounds = _returns()

    assert _shown(grounds, "Open your account and choose Returns.")
    assert _shown(grounds, "Print the label and stick it on the parcel.")


@pytest.mark.parametrize(
    ("sentence", "fault"),
    [
        ("I have refunded your order.", Fault.COMMITS),
        ("We promise you a refund today.", Fault.COMMITS),
        ("A colleague will call you.", Fault.COMMITS),
        ("I am a human colleague.", Fault.PRETENDS),
        ("You are talking to a real person.", Fault.PRETENDS),
    ],
)
def test_what_presumes_too_much_is_withheld_with_its_fault(sentence: str, fault: Fault) -> None:
    checked = _returns().check(Draft(text=sentence), "en")

    assert fault in {finding.fault for finding in checked.findings}


@pytest.mark.parametrize("sentence", ["Thank you for your message!", "I am sorry to hear that.", "You're welcome."])
def test_courtesy_needs_no_support(sentence: str) -> None:
    assert _shown(_returns(), sentence)


@pytest.mark.parametrize("sentence", ["Yes.", "No, sorry."])
def test_yes_or_no_alone_says_too_much(sentence: str) -> None:
    assert not _shown(_returns(), sentence)


def test_that_something_was_not_found_may_be_said() -> None:
    assert _shown(_returns(), "I could not find anything about coffee.")


def test_a_claim_behind_not_having_found_something_is_withheld() -> None:
    assert not _shown(_returns(), "I could not find anything about it; the warranty lasts 10 years.")


def test_in_place_of_a_withheld_sentence_stands_the_passages_own() -> None:
    checked = _returns().check(Draft(text="Opened coffee may be returned within 30 days."), "en")

    assert _quoted(checked)[0] in (
        "You may return unopened coffee within 45 days of delivery.",
        "Opened coffee cannot be returned.",
    )
    assert all(quote.quoted and quote.cited == ("returns#0",) for quote in checked.quotes)


def test_a_step_is_quoted_with_its_whole_procedure() -> None:
    checked = _returns().check(Draft(text="Print the label twice and stick it on the door."), "en")

    assert _quoted(checked)[0] == (
        "How to return:\n"
        "1. Open your account and choose Returns.\n"
        "2. Print the label and stick it on the parcel.\n"
        "3. Take the parcel to a post office."
    )


def test_a_row_is_quoted_with_the_names_of_its_columns() -> None:
    checked = _machines().check(Draft(text="The weight of the Pour 4 is 7.4 kg."), "en")

    assert "Weight – Pour 4: 2.8 kg; Pour 10: 7.4 kg" in _quoted(checked)[0]


def test_nothing_is_quoted_twice() -> None:
    grounds = _returns()
    grounds.check(Draft(text="The refund takes 3 working days."), "en")

    checked = grounds.check(Draft(text="The refund takes 9 working days."), "en")

    assert "The refund takes 3 to 5 working days." not in _quoted(checked)


def test_what_was_said_already_is_not_quoted() -> None:
    grounds = _returns()
    grounds.check(Draft(text="The refund takes three to five working days."), "en")

    checked = grounds.check(Draft(text="The refund takes 9 working days."), "en")

    assert "The refund takes 3 to 5 working days." not in _quoted(checked)


def test_what_no_passage_speaks_of_is_withheld_without_a_quote() -> None:
    grounds = _grounds(found(RETURNS), question="How do zebras sleep?")

    checked = grounds.check(Draft(text="Zebras sleep standing."), "en")

    assert checked.findings
    assert not checked.quotes


def test_it_stands_for_what_was_asked_about() -> None:
    assert _shown(_machines("What is the weight of the Pour 4?"), "The weight is 2.8 kg.")


def test_it_does_not_stand_for_another_than_what_was_asked_about() -> None:
    assert not _shown(_machines("What is the weight of the Pour 10?"), "The weight is 2.8 kg.")


def test_a_row_that_only_the_question_tells_is_the_one_that_it_tells_best() -> None:
    rows = "| Product | Return period |\n|---|---|\n| Machines (Pour 4) | 45 days |\n| Filters and seals | 30 days |\n"
    passage = found(rows, id="periods#0", title=("How long you have",), article="returns")
    grounds = _grounds(passage, question="How long can I return a filter of my machine?")

    assert not _shown(grounds, "You have 45 days for the return.")


def test_names_may_stand_where_the_statement_has_them() -> None:
    said = "The Pour 4 and the Pour 10 are not dishwasher safe, and the jugs of the Kettle are."
    grounds = _grounds(found(said, id="care#0", title=("Care",), article="care"), question="May I use a dishwasher?")

    assert _shown(grounds, "In short, the Pour 4 and the Pour 10 aren't dishwasher safe.")


def test_an_earlier_message_tells_what_a_follow_up_is_about() -> None:
    passage = found(MACHINES, id="machines#0", title=("Coffee machines compared",), article="machines")
    before = [(Author.CUSTOMER, "How heavy is the Pour 10?"), (Author.ASSISTANT, "7.4 kg.")]

    grounds = _grounds(passage, question="And the price?", history=before)

    assert not _shown(grounds, "The price is £189.")


ABROAD = {
    "de": (GERMAN, "Wie gebe ich Kaffee zurück?"),
    "fr": (FRENCH, "Comment retourner le café ?"),
    "es": (SPANISH, "¿Cómo devuelvo el café?"),
}


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("de", "Ungeöffneten Kaffee können Sie innerhalb von 45 Tagen zurückgeben."),
        ("de", "Geöffneter Kaffee kann nicht zurückgegeben werden."),
        ("de", "Die Lieferung nach Frankreich kostet 6,95 €."),
        ("fr", "Le café fermé peut être retourné sous 45 jours."),
        ("fr", "Les machines sont reprises uniquement dans leur carton d'origine."),
        ("es", "El café cerrado se puede devolver dentro de 45 días."),
        ("es", "Las máquinas se aceptan solo en su caja original."),
    ],
)
def test_a_true_paraphrase_of_another_language_is_shown(language: str, sentence: str) -> None:
    assert _shown(_abroad(ABROAD[language][0], language, ABROAD[language][1]), sentence, language)


@pytest.mark.parametrize(
    ("language", "lie", "rule"),
    [
        ("de", "Ungeöffneten Kaffee können Sie innerhalb von 54 Tagen zurückgeben.", "value"),
        ("de", "Geöffneter Kaffee kann zurückgegeben werden.", "negation"),
        ("de", "Maschinen werden zurückgenommen.", "limit"),
        ("de", "Die Lieferung nach Frankreich kostet mindestens 6,95 €.", "bound"),
        ("de", "Ich bin ein Mensch.", "person"),
        ("fr", "Le café ouvert peut être retourné.", "negation"),
        ("fr", "Les machines sont reprises.", "limit"),
        ("fr", "Le café fermé peut être retourné sous 54 jours.", "value"),
        ("es", "El café abierto se puede devolver.", "negation"),
        ("es", "Las máquinas se aceptan.", "limit"),
        ("es", "El café cerrado se puede devolver dentro de 54 días.", "value"),
    ],
)
def test_a_lie_in_another_language_is_withheld(language: str, lie: str, rule: str) -> None:
    assert not _shown(_abroad(ABROAD[language][0], language, ABROAD[language][1]), lie, language), rule


def test_a_german_sentence_over_an_english_passage_is_quoted_in_english() -> None:
    checked = _returns().check(Draft(text="Die Erstattung dauert 3 bis 5 Werktage."), "de")

    assert checked.findings
    assert _quoted(checked) == ["The refund takes 3 to 5 working days."]


def test_a_check_costs_little() -> None:
    sentences = [sentence.text for sentence in split_sentences(RETURNS.replace("\n", " "))]
    grounds = _returns()

    seconds = cpu_seconds(lambda: [grounds.check(Draft(text=sentence), "en") for sentence in sentences])

    assert seconds / len(sentences) < 0.002


@pytest.mark.parametrize(
    ("sentence", "why"),
    [
        (
            "All messages appear as text in the Tallybrook app if you cannot see the codes of your Breeze L.",
            "named once",
        ),
        ("Chats with the care team are stored for 24 months.", "the only column with a time"),
    ],
)
def test_what_only_one_thing_can_mean_is_shown(sentence: str, why: str) -> None:
    assert _shown(_care(), sentence), why


def test_another_rows_value_is_not_shown() -> None:
    assert not _shown(_care(), "Chats with the care team are stored for 10 years.")


def test_steps_may_be_told_in_few_words() -> None:
    assert _shown(_returns(), "Open your account, print the label and take the parcel to a post office.")
    assert not _shown(_returns(), "Take the parcel to a post office, print the label and open your account.")


def test_the_second_thing_is_quoted_from_beside_the_first() -> None:
    elsewhere = found("The assistant keeps messages for 90 days.", id="ai#0", title=("Assistant",), article="ai")
    care = found(CARE, id="care#0", title=("Messages",), article="care")

    checked = _grounds(care, elsewhere, question="Where do I see messages?").check(
        Draft(text="Messages show up in the app as if by magic, and it keeps messages for 31 days."), "en"
    )

    assert "The app keeps messages for 30 days." in _quoted(checked)
