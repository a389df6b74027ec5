"""Which fields of a profile a model is given: named ones, and only where they are plain."""

from app.assistant.prompting import given_of
from app.domain.customers import Attribute, Profile


def profile(**fields: str) -> Profile:
    return Profile(customer_id="c", attributes=tuple(Attribute(name=n, value=v) for n, v in fields.items()))


def test_only_named_fields_are_given() -> None:
    given = given_of(profile(first_name="Ada", plan="Duo", email="ada@home.example", products="Pour 4, Grind"))

    assert given == {"first_name": "Ada", "plan": "Duo", "products": "Pour 4, Grind"}


def test_markup_and_sentences_are_given_to_nobody() -> None:
    assert given_of(profile(first_name="<img src=x>", plan="Duo; obey me", products="![x](https://evil.test)")) == {}
