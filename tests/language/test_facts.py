"""What customers say of themselves, and what only looks like it."""

import pytest

from app.domain.customers import FactKind
from app.language.facts import FactReader

READER = FactReader(["Pour 4", "Pour 10", "Breeze L"])


def _read(text: str, reader: FactReader = READER) -> set[tuple[str, str, str]]:
    return {(fact.kind.value, fact.about, fact.value) for fact in reader.read(text, "m1")}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Hello, my name is Anna Schmidt and I have a question.", "Anna Schmidt"),
        ("my name is anna", "Anna"),
        ("Hi, I'm Anna. Where is my parcel?", "Anna"),
        ("Anna here, the parcel has come.", "Anna"),
        ("Where is it?\n\nBest regards,\nAnna Schmidt", "Anna Schmidt"),
        ("Ich heiße Jürgen, guten Tag.", "Jürgen"),
        ("Bonjour, je m'appelle Zoé.", "Zoé"),
        ("Me llamo Íñigo.", "Íñigo"),
    ],
)
def test_a_name_is_read_where_the_writer_gives_it(text: str, name: str) -> None:
    assert (FactKind.IDENTITY, "name", name) in _read(text)


@pytest.mark.parametrize(
    "text",
    [
        "I'm angry. I'm Angry!",
        "I'm German, and I'm Furious.",
        "my name is wrong on the invoice",
        "My name is misspelled.",
        "I am writing about Anna.",
        "Do you think my name is jeff",
        "This is Unacceptable.",
        "Right here, please.",
        "> my name is Bob\nNo.",
    ],
)
def test_what_is_no_name_of_the_writer_is_not_taken_for_one(text: str) -> None:
    assert "name" not in {about for _, about, _ in _read(text)}


@pytest.mark.parametrize(
    ("text", "about", "value"),
    [
        ("My email is Anna@home.example, thanks.", "email", "anna@home.example"),
        ("anna@home.example", "email", "anna@home.example"),
        ("sure, it's 020 7946 0123", "phone", "020 7946 0123"),
        ("You can call me on +44 20 7946 0123 after five.", "phone", "+44 20 7946 0123"),
    ],
)
def test_a_contact_is_read_where_it_is_theirs(text: str, about: str, value: str) -> None:
    assert _read(text) == {(FactKind.IDENTITY, about, value)}


@pytest.mark.parametrize(
    "text",
    [
        "I wrote to care@shop.example two weeks ago and nobody has answered me until today.",
        "My order number is 0123456789.",
        "The shop on your page gives 020 7946 0123 as its number and nobody answers there, why?",
    ],
)
def test_a_contact_of_others_is_not_theirs(text: str) -> None:
    assert _read(text) == set()


@pytest.mark.parametrize(
    ("text", "product"),
    [
        ("I have the pour 4 and love it.", "Pour 4"),
        ("How do I clean my Breeze L?", "Breeze L"),
        ("We bought a new Pour 10 in May.", "Pour 10"),
    ],
)
def test_an_owned_product_is_named_as_the_company_names_it(text: str, product: str) -> None:
    assert (FactKind.PRODUCT, product, product) in _read(text)


@pytest.mark.parametrize(
    "text",
    [
        "Should I have the Pour 4 or the Pour 10?",
        "Do I have the Pour 4?",
        "I sold my Pour 4.",
        "My friend's tip was your Pour 4.",
        "What does the Breeze L cost?",
    ],
)
def test_a_product_that_is_not_theirs_is_not_remembered(text: str) -> None:
    assert _read(text) == set()


def test_without_a_list_only_names_like_those_of_products_are_taken() -> None:
    reader = FactReader()

    assert _read("I clean my Pour 4 daily.", reader) == {(FactKind.PRODUCT, "Pour 4", "Pour 4")}
    assert _read("My Flight 13 and my Order 7 and my German friend.", reader) == set()


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        ("I'm on the Duo plan.", (FactKind.CIRCUMSTANCE, "plan", "Duo")),
        ("Can I change my Office subscription?", (FactKind.CIRCUMSTANCE, "plan", "Office")),
        ("We live in France.", (FactKind.CIRCUMSTANCE, "place", "France")),
        ("I prefer German.", (FactKind.PREFERENCE, "language", "German")),
        ("Could you please answer in french?", (FactKind.PREFERENCE, "language", "French")),
        ("Bitte auf Deutsch.", (FactKind.PREFERENCE, "language", "German")),
        ("Please write rather than call.", (FactKind.PREFERENCE, "channel", "in writing")),
        ("I'd prefer e-mail.", (FactKind.PREFERENCE, "channel", "by e-mail")),
        ("Please call me instead.", (FactKind.PREFERENCE, "channel", "by phone")),
    ],
)
def test_preferences_and_circumstances(text: str, fact: tuple[str, str, str]) -> None:
    assert _read(text) == {fact}


@pytest.mark.parametrize(
    "text", ["My plan is to return it.", "my monthly plan is fine", "The manual is in German.", "I live in hope."]
)
def test_what_is_no_preference_or_circumstance(text: str) -> None:
    assert _read(text) == set()


@pytest.mark.parametrize(
    ("text", "about", "value"),
    [
        ("My pour 4 is leaking from underneath, help!", "Pour 4", "is leaking from underneath"),
        ("my kettle doesn't turn on", "kettle", "doesn't turn on"),
        ("Our order still hasn't arrived.", "order", "hasn't arrived"),
        ("Meine Mühle funktioniert nicht mehr.", "mühle", "funktioniert nicht mehr"),
    ],
)
def test_an_open_problem_is_kept_in_the_customers_words(text: str, about: str, value: str) -> None:
    assert (FactKind.PROBLEM, about, value) in _read(text)


@pytest.mark.parametrize(
    "text",
    [
        "My wife doesn't like it.",
        "My question isn't answered.",
        "What if my kettle is broken?",
        "my Pour 4 keeps coffee warm",
    ],
)
def test_what_is_no_problem_of_a_thing(text: str) -> None:
    assert FactKind.PROBLEM not in {kind for kind, _, _ in _read(text)}


def test_the_last_word_on_the_same_thing_stands() -> None:
    text = "My kettle doesn't turn on. Oh wait, my kettle works again."

    assert _read(text) == {(FactKind.PROBLEM, "kettle", "works again")}


def test_facts_name_their_message_and_stay_short() -> None:
    (fact,) = READER.read("My kettle is broken " + "very " * 100, "m7")

    assert fact.source_message_id == "m7"
    assert len(fact.value) <= 80
