"""What people say in many forms, written in one."""

import pytest

from app.language.plain_forms import in_figures, plain_forms


@pytest.mark.parametrize(
    ("said", "written"),
    [
        ("Put in at least half a litre.", "Put in at least 0.5 litres."),
        ("It brews one and a half litres.", "It brews 1.5 litres."),
        ("A ceiling of two and a half metres.", "A ceiling of 2.5 metres."),
        ("It runs for a minute and a half.", "It runs for 1.5 minutes."),
        ("Up to half a year in advance.", "Up to 6 months in advance."),
        ("For a year and a half.", "For 18 months."),
        ("A quarter of an hour.", "0.25 hours."),
        ("It can take a full day.", "It can take 1 day."),
        ("Until Christmas Eve 2025.", "Until 24 December 2025."),
        ("On New Year’s Day.", "On 1 January."),
        ("Until the end of January 2026.", "Until 31 January 2026."),
        ("Before the start of 2024.", "Before 1 January 2024."),
    ],
)
def test_a_spoken_form_is_written_in_figures(said: str, written: str) -> None:
    assert in_figures(said) == written


@pytest.mark.parametrize(
    "text",
    [
        "In the second half of the year.",
        "Half of the parts are ready.",
        "The end of February comes early.",
        "A better half is no amount.",
        "Wait for 30 minutes.",
        "",
    ],
)
def test_what_is_none_stays_as_it_is(text: str) -> None:
    assert in_figures(text) == text


@pytest.mark.parametrize(
    ("said", "plain"),
    [
        ("Once you have paid, it costs nothing.", "when you have paid, it is free of charge."),
        ("Return it as long as it's sealed.", "Return it if it's sealed."),
        ("You get it provided that you register.", "You get it if you register."),
        ("Not unless the bag is sealed.", "Not except if the bag is sealed."),
        ("Should you need help, write to us.", "if you need help, write to us."),
        ("It goes out on its own.", "It goes out by itself."),
        ("We'd suggest pressing Start once more.", "please pressing Start again."),
        ("Unplug it straight away.", "Unplug it at once."),
        ("Descale it once a year.", "Descale it once a year."),
        ("The papers provided by us.", "The papers provided by us."),
        ("You should do it.", "You should do it."),
    ],
)
def test_set_phrases_are_said_in_one_way(said: str, plain: str) -> None:
    assert plain_forms(said) == plain
