"""What passages state on a question is read into amounts and stances, with what tells matters apart."""

from collections.abc import Sequence
from datetime import date

import pytest

from app.domain.contradictions import Contradiction, contradictions_among
from app.domain.knowledge import FoundPassage, Passage
from app.language.amounts import amounts_in
from app.language.asked_for import Wanted, wanted_by
from app.language.circumstances import circumstances_in
from app.language.comparing import Comparing
from app.language.stances import NO, YES, may_be, must_be
from app.language.terms import terms


def found(title: str, text: str, since: date | None = None) -> FoundPassage:
    passage = Passage(id=f"{title}#0", article_id=title, position=0, title_path=(title,), text=text)
    return FoundPassage(passage=passage, score=1.0, similarity=0.7, coverage=1.0, valid_from=since)


def contradictions(question: str, *passages: FoundPassage) -> Sequence[Contradiction]:
    comparing = Comparing(terms=terms)
    return contradictions_among(comparing.stated(question, passages), comparing.alike)


BIKES = found("Bike hire", "Bring a card. We take a deposit of €100 for a rental bike.")
SECURITY = found("Hire and deposit", "Pay online. The deposit for a rental bike is €150.")


def test_two_amounts_for_the_same_are_a_contradiction() -> None:
    (one,) = contradictions("What deposit do you take for a rental bike?", BIKES, SECURITY)

    assert [one.older.text, one.newer.text] == [
        "We take a deposit of €100 for a rental bike.",
        "The deposit for a rental bike is €150.",
    ]


def test_a_question_about_something_else_finds_none() -> None:
    assert not contradictions("How do I pay for a rental bike?", BIKES, SECURITY)
    assert not contradictions("How long is a rental bike mine?", BIKES, SECURITY)


def test_yes_and_no_to_the_same_are_a_contradiction() -> None:
    yes = found("Coming with a dog", "Dogs are welcome at our campsite.", date(2024, 1, 1))
    no = found("House rules", "We do not admit dogs at our campsite.", date(2025, 1, 1))

    assert len(contradictions("Can I bring my dog to the campsite?", yes, no)) == 1


def test_without_dates_a_part_of_a_thing_is_not_the_thing() -> None:
    machine = found("The Pour 10", "The Pour 10 costs £149 and brews up to 10 cups.")
    seal = found("Spare parts", "A worn lid seal for the Pour 10 costs £4.")

    assert not contradictions("What does the Pour 10 cost?", machine, seal)


@pytest.mark.parametrize(
    ("question", "one", "other"),
    [
        (
            "How much is a ticket?",
            ("Tickets for adults", "A ticket costs €12 for adults."),
            ("Tickets for children", "A ticket costs €6 for children."),
        ),
        (
            "How much is delivery of a sofa?",
            ("Sofas", "In Ireland, delivery of a sofa costs €49."),
            ("Big things", "Delivery of a sofa costs €29."),
        ),
        (
            "Can my dog be in the cabin?",
            ("Animals", "A dog is not allowed in the cabin; the only exception is on a page of its own."),
            ("Assistance", "A dog that assists you is allowed in the cabin."),
        ),
        (
            "How much is the filter?",
            ("Prices", "The filter costs €20, the jug €18 and the lid €4."),
            ("Filters", "The filter costs €22."),
        ),
    ],
)
def test_look_alikes_are_none(question: str, one: tuple[str, str], other: tuple[str, str]) -> None:
    assert not contradictions(question, found(*one), found(*other))


def test_other_statements_of_the_article_that_rest_on_the_amount_are_named_too() -> None:
    text = "We take a deposit of €100 for a rental bike. Helmets are free. The deposit of €100 comes back at once."
    old = found("Bike hire", text)
    (one,) = contradictions("What deposit do you take for a rental bike?", old, SECURITY)

    assert Comparing(terms=terms).resting(old, one.older) == (
        "We take a deposit of €100 for a rental bike.",
        "The deposit of €100 comes back at once.",
    )


@pytest.mark.parametrize(
    ("question", "kinds"),
    [
        ("Until when can I give it back?", {Wanted.TIME}),
        ("On which day is the museum shut?", {Wanted.DAY}),
        ("How often do I oil it?", {Wanted.OFTEN}),
        ("How many bags may I take?", {Wanted.COUNT}),
        ("Wie lange dauert der Versand?", {Wanted.TIME}),
        ("Combien coûte la livraison ?", {Wanted.MONEY}),
        ("Tell me about the kettle", set[Wanted]()),
    ],
)
def test_a_question_tells_what_kind_of_fact_it_wants(question: str, kinds: set[Wanted]) -> None:
    assert kinds <= wanted_by(question)
    assert bool(kinds) == bool(wanted_by(question))


@pytest.mark.parametrize(
    ("sentence", "units"),
    [
        ("It takes 3 to 5 working days.", {"workingday"}),
        ("Oil it every 6 months.", {"every"}),
        ("Orders over £40 are free.", {"GBP as a limit"}),
        ("It costs £4 (€4.50).", {"GBP", "EUR"}),
        ("A filter costs £4 and a jug £16.", set[str]()),
        ("If 24 December is a Sunday, we are closed.", set[str]()),
    ],
)
def test_amounts_are_read_where_it_is_clear_which_is_meant(sentence: str, units: set[str]) -> None:
    assert {amount.unit for _, amount in amounts_in(sentence)} == units


def test_stances_are_read_in_their_forms() -> None:
    assert [may_be(s) for s in ("Dogs are welcome.", "We no longer accept cash.", "The lake is blue.")] == [
        YES,
        NO,
        None,
    ]
    assert [must_be(s) for s in ("No reservation is needed.", "A place must be booked.", "It is red.")] == [
        NO,
        YES,
        None,
    ]
    assert may_be("Der Gutschein ist nicht übertragbar.") == NO
    assert must_be("Eine Reservierung ist nicht erforderlich.") == NO


def test_circumstances_are_known_by_their_kind() -> None:
    assert ("age", "child*") in circumstances_in("Children pay half")
    assert ("booking", "on the spot") in circumstances_in("Guests who decide on the spot pay more")
    assert circumstances_in("It is blue") == frozenset()


@pytest.mark.parametrize(
    ("question", "older", "newer"),
    [
        (
            "How many guests can come to a tasting?",
            ("Tastings", "Up to 12 people come to a tasting."),
            ("Book a tasting", "No more than 16 visitors come to a tasting."),
        ),
        (
            "By which day must I pay the club fee?",
            ("Fees", "The club fee must be paid by the 5th of the month."),
            ("Club", "The club fee must be paid no later than the 10th."),
        ),
        (
            "Where is the workshop?",
            ("Workshop", "Our bike workshop is at 22 Canal Street."),
            ("Bike workshop", "The bike workshop is now at 7 Foundry Road."),
        ),
        (
            "How quick do I get my washing back?",
            ("Laundry", "Your washing is back after 48 hours."),
            ("Collection", "We bring the washing back within 72 hours."),
        ),
        (
            "What width of pram fits through the door?",
            ("Prams", "A pram of 75 cm fits through the door."),
            ("Door", "A pram of up to 68 cm fits through the door."),
        ),
        (
            "How tall may a rider of the pony be?",
            ("Ponies", "A rider of the pony is up to 150 cm tall."),
            ("Riding", "The tallest rider of the pony has 140 cm."),
        ),
    ],
)
def test_what_is_asked_for_is_read_out_of_both(question: str, older: tuple[str, str], newer: tuple[str, str]) -> None:
    (one,) = contradictions(question, found(*older, date(2024, 1, 1)), found(*newer, date(2025, 1, 1)))

    assert (one.older.text, one.newer.text) == (older[1], newer[1])


def test_the_app_and_the_counter_are_told_apart() -> None:
    app = found("Transfers", "In the app a transfer is at most £10,000 a day.", date(2024, 1, 1))
    counter = found("At the counter", "A transfer at the counter is at most £50,000 a day.", date(2025, 1, 1))

    assert not contradictions("How much is a transfer at most?", app, counter)


def test_the_day_of_a_month_is_an_amount_and_a_number_in_a_row_is_none() -> None:
    said = [amount.canonical for _, amount in amounts_in("Pay by the 25th of the month.")]

    assert said == ["25"]
    assert not list(amounts_in("The 5th delivery is free."))
    assert [a.canonical for _, a in amounts_in("Bis zum 3. des Monats.") if a.unit == "day of the month"] == ["3"]
