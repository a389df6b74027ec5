"""What is stated can be compared: written differently it is equal, stated differently it is not."""

import time

import pytest

from app.domain.checking import ValueKind
from app.language.value_hints import REMEMBERED, remember
from app.language.values import read_values, values_by_hints, values_in_order
from tests.fakes.pace import cpu_seconds

EQUAL = [
    ("within 30 days", "thirty days"),
    ("a 30-day period", "30 days"),
    ("two weeks", "14 days"),
    ("12 months", "1 year"),
    ("a two-year warranty", "24 months"),
    ("90 minutes", "1½ hours"),
    ("half an hour", "30 min"),
    ("dreißig Tage", "trente jours"),
    ("treinta días", "30 Kalendertage"),
    ("5 working days", "five business days"),
    ("5 Werktage", "5 jours ouvrés"),
    ("20 euros", "€20"),
    ("EUR 20.00", "20,00 €"),
    ("£1,234.50", "1234.50 pounds"),
    ("1.234,50 €", "€1,234.50"),
    ("50p", "£0.50"),
    ("20 %", "twenty percent"),
    ("0.6 litres", "600 ml"),
    ("0,6 l", "0.6 litre"),
    ("20 m²", "20 square metres"),
    ("20 m2", "20 Quadratmeter"),
    ("2.4 GHz", "2400 MHz"),
    ("65 °C", "65 degrees Celsius"),
    ("1 kg", "1000 grams"),
    ("38 dB", "38 decibels"),
    ("1 February 2026", "2026-02-01"),
    ("February 1st, 2026", "1. Februar 2026"),
    ("1er février 2026", "1 de febrero de 2026"),
    ("01.02.2026", "1 Feb 2026"),
    ("5 pm", "17:00"),
    ("9.30 am", "09:30"),
    ("17 Uhr", "5pm"),
    ("on Mondays", "Montag"),
    ("Mon–Fri", "Monday to Friday"),
    ("two hundred and fifty", "250"),
    ("code e3", "E3"),
    ("https://www.shop.example/help/", "shop.example/help"),
    ("Care@Shop.example", "care@shop.example"),
    ("+44 20 7946 0123", "(020) 7946 0123"),
]


@pytest.mark.parametrize(("one", "other"), EQUAL)
def test_the_same_in_other_words_is_equal(one: str, other: str) -> None:
    assert read_values(one) == read_values(other)
    assert read_values(one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("30 days", "30 working days"),
        ("30 days", "31 days"),
        ("€20", "£20"),
        ("20 €", "20 %"),
        ("€4.50", "€45"),
        ("0.125 l", "125 l"),
        ("shop.example/a", "shop.example/b"),
        ("E3", "E4"),
        ("5 pm", "5 am"),
        ("1 February", "2 January"),
        ("12 months", "12 days"),
        ("two and four days", "six days"),
    ],
)
def test_what_is_not_the_same_differs(one: str, other: str) -> None:
    assert read_values(one) != read_values(other)


@pytest.mark.parametrize(
    "text",
    [
        "One of them is a tank, and this one is a lid.",
        "1. Open the lid.\n2. Close the lid.",
        "It is free [1] and quick [2, 3].",
        "You may send it back, e.g. by post.",
        "Once a day, the 2nd light goes on.",
        "Nothing to see here.",
    ],
)
def test_words_without_a_statement_have_no_values(text: str) -> None:
    assert read_values(text) == frozenset()


def _canonical(text: str, kind: ValueKind) -> set[str]:
    return {value.canonical for value in read_values(text) if value.kind is kind}


def test_both_ends_of_a_range_have_its_unit() -> None:
    assert _canonical("3 to 5 working days", ValueKind.DURATION) == {"workingday 3", "workingday 5"}
    assert _canonical("£4–£6", ValueKind.MONEY) == {"GBP 4", "GBP 6"}
    assert _canonical("between five and ten working days", ValueKind.DURATION) == {"workingday 5", "workingday 10"}
    assert _canonical("zwischen 70 und 80 °C", ValueKind.MEASURE) == {"°C 70", "°C 80"}
    assert _canonical("9 to 5 pm", ValueKind.TIME) == {"09:00", "17:00"}


def test_a_name_with_a_number_takes_no_unit_from_what_follows() -> None:
    assert _canonical("the Pour 4 and 10 days", ValueKind.NUMBER) == {"4"}


def test_a_date_supports_its_day_and_its_year_said_alone() -> None:
    whole = read_values("It ends on 1 February 2026.")

    assert read_values("1 February") <= whole
    assert read_values("in 2026") <= whole
    assert not read_values("1 March") <= whole


def test_the_words_of_a_value_stand_as_in_the_text() -> None:
    (value,) = read_values("You have Thirty  days.")

    assert value.words == "Thirty"


def test_a_link_leaves_out_the_full_stop_after_it() -> None:
    (value,) = read_values("See https://shop.example/a.")

    assert (value.kind, value.words) == (ValueKind.LINK, "https://shop.example/a")


def test_long_numbers_keep_every_digit() -> None:
    assert _canonical("order 12345678901234567890", ValueKind.NUMBER) == {"12345678901234567890"}


def test_a_sentence_is_read_in_less_than_half_a_millisecond() -> None:
    sentence = "Send it back within 30 days of delivery and we refund the £20 that you paid in 3 to 5 working days."

    assert cpu_seconds(lambda: read_values(sentence)) < 0.0005


@pytest.mark.parametrize(
    "text",
    ["", "½", "€", "1" * 5000, "1." * 2000, "a-" * 3000, "two " * 2000, "+" * 3000, "0 " * 3000, "a" * 6000 + "@"],
)
def test_strange_texts_are_read_in_good_time(text: str) -> None:
    started = time.process_time()

    read_values(text)

    assert time.process_time() - started < 0.5


@pytest.mark.parametrize(
    "text", [text for pair in EQUAL for text in pair] + ["by 5 pm", "at 9.30 Uhr", "1 555-0123 456"]
)
def test_hints_only_save_time(text: str) -> None:
    every_hint = -1

    assert values_in_order(text) == values_by_hints(text, every_hint)


def test_rare_words_do_not_keep_the_common_ones_out_for_ever() -> None:
    known = {str(number): number for number in range(REMEMBERED)}

    remember(known, "parcel", 1)

    assert known == {"parcel": 1}
