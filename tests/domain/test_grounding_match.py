"""Each rule by which a statement does not carry what is said. Sentences are read by `language`, as in the service."""

import pytest

from app.domain.claims import Claim, together
from app.domain.grounding import Asked, Doubt, Evidence, Said, Segment, Strictness
from app.domain.grounding_match import match
from app.domain.grounds import stated
from app.language.claims import read_claim


def _evidence(text: str, above: str = "") -> Evidence:
    claim = read_claim(text)
    context = read_claim(above)
    return Evidence(
        place=("p1", 0),
        article="a1",
        segments=tuple(
            Segment(clause=clause, offered=clause.senses, stems=frozenset(word.stem for word in clause.words))
            for clause in claim.clauses
        ),
        context=frozenset(sense for clause in context.clauses for sense in clause.senses),
    )


def _said(text: str) -> Said:
    claim: Claim = read_claim(text)
    (parts,) = stated(claim)
    clause = together(parts)
    return Said(
        clause=clause,
        parts=tuple(parts),
        sentence=clause.senses,
        asked=Asked(),
        names=frozenset(),
        strict=Strictness(left=0.25),
    )


def _doubt(said: str, statement: str, above: str = "") -> Doubt | None:
    doubts = match(_said(said), _evidence(statement, above)).doubts
    return doubts[0][0] if doubts else None


@pytest.mark.parametrize(
    ("said", "statement"),
    [
        ("The parcel arrives within 5 days.", "The parcel arrives within 5 days."),
        ("The package arrives within 5 days.", "The parcel arrives within 5 days."),
        ("The warranty lasts up to 5 days.", "The warranty lasts 5 days."),
        ("Opened coffee is not returned.", "Opened coffee is never returned."),
        ("You clean the pump every week.", "Clean the pump every week."),
    ],
)
def test_the_same_in_other_words_is_carried(said: str, statement: str) -> None:
    assert _doubt(said, statement) is None


@pytest.mark.parametrize(
    ("said", "statement", "doubt"),
    [
        ("The grinder arrives within 5 days.", "The parcel arrives within 5 days.", Doubt.NOT_SAID),
        ("The parcel arrives within 6 days.", "The parcel arrives within 5 days.", Doubt.VALUE),
        ("The parcel costs €5.", "The parcel costs £5.", Doubt.VALUE),
        ("The parcel weighs at least 5 kg.", "The parcel weighs at most 5 kg.", Doubt.BOUND),
        ("The parcel takes 3 days.", "The parcel takes 3 to 5 days.", Doubt.BOUND),
        ("Opened coffee is sold by us.", "Opened coffee is not sold by us.", Doubt.NEGATION),
        ("Opened coffee is not returned.", "Opened coffee is returned.", Doubt.NEGATION),
        ("The machine is returned.", "The machine is returned only in its original box.", Doubt.DROPPED_LIMIT),
        ("Coffee is returned by post.", "Unopened coffee is returned by post.", Doubt.DROPPED_LIMIT),
        ("You pay the return postage.", "We pay the return postage.", Doubt.OTHER_ACTOR),
        ("You may register the machine.", "You must register the machine.", Doubt.OBLIGATION),
        ("You must clean the machine.", "You can clean the machine.", Doubt.OBLIGATION),
    ],
)
def test_what_differs_is_doubted(said: str, statement: str, doubt: Doubt) -> None:
    assert _doubt(said, statement) is doubt


def test_headings_alone_carry_nothing() -> None:
    assert _doubt("The warranty covers the grinder.", "Batteries are free.", "Warranty covers the grinder") is not None


def test_headings_tell_what_a_statement_is_about() -> None:
    assert _doubt("The refund arrives within 5 days.", "It arrives within 5 days.", "Refund") is None


def test_names_in_one_clause_keep_their_order() -> None:
    statement = "The Pour 2 weighs less than the Pour 4, the Pour 4 less than the Pour 6."

    assert _doubt("The Pour 6 weighs less than the Pour 2, the Pour 2 less than the Pour 4.", statement) is not None


def test_values_of_one_unit_keep_their_order() -> None:
    assert (
        _doubt("Postage is £9 for letters, £4 for parcels.", "Postage is £4 for letters, £9 for parcels.") is not None
    )
