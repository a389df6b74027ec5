"""Card numbers and stated passwords never reach the records."""

import pytest

from app.domain.masking import masked


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("4111 1111 1111 1111", "[card number ending in 1111]"),
        ("4111-1111-1111-1111.", "[card number ending in 1111]."),
        ("my amex 378282246310005 please", "my amex [card number ending in 0005] please"),
        ("password: s3cret!", "password: [hidden]"),
        ("Mein Passwort ist Kaffee123", "Mein Passwort ist [hidden]"),
    ],
)
def test_secrets_are_masked(said: str, kept: str) -> None:
    assert masked(said) == kept


@pytest.mark.parametrize(
    "said",
    ["order 4111111111111112", "my password is wrong", "call 020 7946 0123", "0.6 litres for 89.00", "1234567890"],
)
def test_everything_else_stays(said: str) -> None:
    assert masked(said) == said
