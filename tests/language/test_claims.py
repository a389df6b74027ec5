"""What sentences state, clause by clause."""

import re
import time
from dataclasses import fields

import pytest

from app.domain.claims import Bound, Clause, Mode, Person, Quantity
from app.language.claim_words import AFTER, BEFORE, BOUND_OF
from app.language.claims import read_claim
from tests.fakes.pace import cpu_seconds


def _clauses(text: str, language: str = "en") -> tuple[Clause, ...]:
    return read_claim(text, language).clauses


def _clause(text: str, language: str = "en") -> Clause:
    (clause,) = _clauses(text, language)
    return clause


def _stems(clause: Clause) -> list[str]:
    return [word.stem for word in clause.words]


def _quantity(text: str, language: str = "en") -> Quantity:
    (quantity,) = [quantity for clause in _clauses(text, language) for quantity in clause.quantities]
    return quantity


def test_small_words_state_nothing() -> None:
    assert _stems(_clause("The parcel is with the courier.")) == ["parcel", "courier"]


def test_soft_words_state_nothing() -> None:
    assert _stems(_clause("Please note that the parcel is large.")) == ["parcel", "larg"]


def test_an_answers_first_word_states_nothing() -> None:
    assert _stems(_clause("Yes, the parcel is large.")) == ["parcel", "larg"]


def test_marks_of_layout_and_references_are_not_read() -> None:
    assert _stems(_clause("- The **parcel** is `large` [1]")) == ["parcel", "larg"]


def test_words_that_mean_the_same_share_a_sense() -> None:
    send, give = _clause("Send back the parcel."), _clause("Return the parcel.")

    assert send.words[0].stands_in(give.senses)


def test_a_phrase_is_one_word() -> None:
    assert _stems(_clause("The parcel is free of charge.")) == ["parcel", "free of charg"]


def test_a_verb_and_its_particle_are_one_word_however_far_apart() -> None:
    assert _stems(_clause("Send the parcel back.")) == ["send back", "parcel"]


def test_a_name_with_a_number_is_one_name() -> None:
    name = _clause("Fill the Pour 4 tank.").names[0]

    assert name.stem == "pour 4"


def test_a_name_with_a_letter_is_one_name() -> None:
    assert "breeze s" in _stems(_clause("The Breeze S is quiet."))


@pytest.mark.parametrize("text", ["Within 3 days you hear from us.", "Takes 3 days."])
def test_a_number_behind_a_capital_word_is_no_name_where_it_counts_something(text: str) -> None:
    assert not _clauses(text)[0].names
    assert _quantity(text).value.canonical == "s 259200"


def test_a_code_is_a_name() -> None:
    assert "E4" in [word.stem for word in _clause("The display shows E4.").names]


def test_a_capital_at_the_beginning_is_no_name() -> None:
    assert not _clause("Coffee is fresh.").names


def test_clauses_part_at_marks_and_before_words_that_begin_one() -> None:
    clauses = _clauses("Tea is sold, but coffee is free; water costs money if you ask.")

    assert [_stems(clause)[0] for clause in clauses] == ["tea", "coffe", "water", "ask"]


def test_a_clause_with_a_verb_of_its_own_that_is_joined_by_and_is_an_equal() -> None:
    _, second = _clauses("Tea is sold and coffee is free.")

    assert second.equal
    assert second.own


def test_a_mere_item_is_none_of_its_own() -> None:
    _, second = _clauses("We sell tea and coffee.")

    assert not second.own


@pytest.mark.parametrize("word", ["only", "unless", "if", "except"])
def test_a_limit_is_seen(word: str) -> None:
    assert any(clause.limits for clause in _clauses(f"You can return it {word} it works."))


@pytest.mark.parametrize(
    "text",
    [
        "We do not sell tea.",
        "We don't sell tea.",
        "We never sell tea.",
        "We no longer sell tea.",
        "We cannot sell tea.",
    ],
)
def test_a_negation_is_counted_once(text: str) -> None:
    assert _clause(text).negations == 1


def test_at_no_cost_denies_nothing() -> None:
    assert _clause("The parcel comes at no cost.").negations == 0


@pytest.mark.parametrize(
    ("text", "bound"),
    [
        ("It takes 5 days.", Bound.EXACT),
        ("It takes up to 5 days.", Bound.AT_MOST),
        ("It takes no more than 5 days.", Bound.AT_MOST),
        ("It takes at least 5 days.", Bound.AT_LEAST),
        ("It takes 5 days or more.", Bound.AT_LEAST),
        ("It takes 5 days at most.", Bound.AT_MOST),
        ("It takes less than 5 days.", Bound.LESS_THAN),
        ("It takes more than 5 days.", Bound.MORE_THAN),
        ("It comes within 5 days.", Bound.WITHIN),
        ("It takes about 5 days.", Bound.ABOUT),
    ],
)
def test_a_value_has_its_bound(text: str, bound: Bound) -> None:
    assert _quantity(text).bound is bound


@pytest.mark.parametrize(
    ("text", "language", "bound"),
    [
        ("Es dauert höchstens 5 Tage.", "de", Bound.AT_MOST),
        ("Es dauert mindestens 5 Tage.", "de", Bound.AT_LEAST),
        ("Das kommt innerhalb von 5 Tagen.", "de", Bound.WITHIN),
        ("Cela dure au moins 5 jours.", "fr", Bound.AT_LEAST),
        ("Cela dure jusqu'à 5 jours.", "fr", Bound.AT_MOST),
        ("Dura como máximo 5 días.", "es", Bound.AT_MOST),
        ("Dura más de 5 días.", "es", Bound.MORE_THAN),
    ],
)
def test_a_value_has_its_bound_in_other_languages(text: str, language: str, bound: Bound) -> None:
    assert _quantity(text, language).bound is bound


def _spoken(pattern: str) -> list[str]:
    """The alternatives of a table of bounds that are plain words."""
    return [words for words in re.split(r"\|(?![^()]*\))", pattern) if re.fullmatch(r"[\w' ]+", words)]


@pytest.mark.parametrize(("bound", "words"), [(bound, words) for bound, p in BEFORE for words in _spoken(p)])
def test_every_phrase_before_a_value_is_read(bound: Bound, words: str) -> None:
    assert _quantity(f"Es kostet {words} 5 kg").bound is bound


@pytest.mark.parametrize(("bound", "words"), [(bound, words) for bound, p in AFTER for words in _spoken(p)])
def test_every_phrase_behind_a_value_is_read(bound: Bound, words: str) -> None:
    assert _quantity(f"Es kostet 5 kg {words}").bound is bound


@pytest.mark.parametrize("words", [words for _, p in BEFORE for words in _spoken(p) if " " in words])
def test_a_word_that_ends_a_longer_phrase_is_no_bound_by_itself(words: str) -> None:
    assert words.split()[-1] not in BOUND_OF


def test_the_ends_of_a_range_know_each_other() -> None:
    low, high = _clause("It takes 3 to 5 days.").quantities

    assert low.partner == high.value
    assert high.partner == low.value


def test_a_range_in_words_begins_with_its_lower_end() -> None:
    low, high = _clause("It takes three to five days.").quantities

    assert (low.value.canonical, high.value.canonical) == ("s 259200", "s 432000")


def test_who_acts_is_read() -> None:
    assert [act.person for act in _clause("We pay the postage.").acts] == [Person.COMPANY]
    assert [act.person for act in _clause("You pay the postage.").acts] == [Person.CUSTOMER]


def test_the_companys_name_acts_like_we() -> None:
    (clause,) = read_claim("Tallybrook pays the postage.", "en", frozenset(["tallybrook"])).clauses

    assert [act.person for act in clause.acts] == [Person.COMPANY]


@pytest.mark.parametrize(
    ("text", "mode"),
    [
        ("You must register.", Mode.MUST),
        ("You have to register.", Mode.MUST),
        ("You may register.", Mode.MAY),
        ("You should register.", Mode.SHOULD),
    ],
)
def test_what_must_or_may_be_is_read(text: str, mode: Mode) -> None:
    assert _clause(text).modes == {mode}


def test_what_is_said_of_two_is_seen() -> None:
    assert _clause("Both machines are loud.").joins
    assert _clause("The grinder as well as the pump is loud.").joins


def test_a_clause_that_begins_with_it_leans_on_another() -> None:
    assert _clause("It is loud.").leans


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Wir verkaufen keinen Tee.", "de"),
        ("Nous ne vendons pas de thé.", "fr"),
        ("Nunca vendemos té.", "es"),
    ],
)
def test_negation_is_read_in_other_languages(text: str, language: str) -> None:
    assert _clause(text, language).negations == 1


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Das gilt nur im Originalkarton.", "de"),
        ("C'est valable uniquement en France.", "fr"),
        ("Se aceptan solo en su caja.", "es"),
    ],
)
def test_limits_are_read_in_other_languages(text: str, language: str) -> None:
    assert any(clause.limits for clause in _clauses(text, language))


@pytest.mark.parametrize("text", ["The parcel is large", "The parcel is large.", "The parcel is large..."])
def test_a_full_stop_at_the_end_marks_nothing(text: str) -> None:
    assert _stems(_clause(text)) == ["parcel", "larg"]


def test_a_clause_holds_each_of_its_parts_itself() -> None:
    assert vars(_clause("You must send it back.")).keys() >= {field.name for field in fields(Clause)}


def test_a_sentence_is_read_in_less_than_a_quarter_of_a_millisecond() -> None:
    sentence = "Send it back within 30 days of delivery and we refund the £20 that you paid in 3 to 5 working days."

    assert cpu_seconds(lambda: read_claim(sentence)) < 0.00025


@pytest.mark.parametrize(
    "piece",
    [
        "(5",
        "5)",
        "1, ",
        "Pour 4 ",
        "free of ",
        "please note ",
        "you, ",
        "up to 5 ",
        "no longer ",
        "a-",
        "send ",
        "a",
        ".",
    ],
)
def test_strange_texts_are_read_in_good_time(piece: str) -> None:
    text = piece * 3000
    started = time.process_time()

    read_claim(text)

    assert time.process_time() - started < 0.5
