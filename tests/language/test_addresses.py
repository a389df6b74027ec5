"""Street addresses are found in the four languages, and nothing else is taken for one."""

import pytest

from app.language.addresses import addresses_in, without_addresses


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("The library is at 14 Mill Lane, next to the post office.", "14 mill lane"),
        ("Visit us at 3 Old Harbour Square.", "3 old harbour square"),
        ("Wir sind in der Marktstraße 14 in Kiel.", "marktstrasse 14"),
        ("Nous sommes au 14 rue du Port.", "14 rue du port"),
        ("Estamos en la calle Mayor 14.", "calle mayor 14"),
    ],
)
def test_an_address_is_its_number_and_its_street(text: str, address: str) -> None:
    assert list(addresses_in(text)) == [address]


@pytest.mark.parametrize("text", ["Return it within 30 days.", "5 Mill wheels and a lane", "The Pour 4 has 2 ways."])
def test_a_number_alone_is_no_address(text: str) -> None:
    assert not list(addresses_in(text))


def test_what_stands_beside_an_address_is_left() -> None:
    assert without_addresses("Elsing: 14 Mill Lane, ground floor").split() == ["Elsing:", ",", "ground", "floor"]
