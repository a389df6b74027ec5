"""Which requests come from our own pages, behind proxies and on any port."""

import pytest
from fastapi import Request

from app.web.cookies import cookie_name, is_foreign, own_address


def request(scheme: str, host: str, origin: str | None = None, method: str = "POST", **more: str) -> Request:
    named = {"host": host} | ({} if origin is None else {"origin": origin}) | more
    headers = [(name.replace("_", "-").encode(), value.encode()) for name, value in named.items()]
    return Request({"type": "http", "scheme": scheme, "method": method, "path": "/", "headers": headers})


@pytest.mark.parametrize(
    ("scheme", "host", "origin"),
    [
        ("http", "127.0.0.1:8000", "http://127.0.0.1:8000"),
        ("http", "care.example:80", "http://care.example"),
        ("https", "Care.example", "https://care.example"),
        ("https", "care.example:443", "https://care.example"),
        ("https", "care.example:8443", "https://care.example:8443"),
        ("http", "care.example", "https://care.example"),
        ("http", "care.example:443", "https://care.example"),
        ("http", "[::1]:8000", "http://[::1]:8000"),
    ],
)
def test_our_own_pages_are_known_by_their_origin(scheme: str, host: str, origin: str) -> None:
    assert not is_foreign(request(scheme, host, origin))
    assert own_address(request(scheme, host, origin)) == origin


@pytest.mark.parametrize(
    ("scheme", "host", "origin"),
    [
        ("https", "care.example", "http://care.example"),
        ("https", "care.example", "https://care.example:8443"),
        ("http", "127.0.0.1:8000", "http://127.0.0.1:9000"),
        ("http", "127.0.0.1:8000", "http://localhost:8000"),
        ("https", "care.example", "https://evil.example"),
        ("https", "care.example", "null"),
        ("https", "care.example", "https://care.example.evil.example"),
        ("https", "care.example", None),
        ("http", "", "http://"),
        ("http", "", None),
    ],
)
def test_other_pages_and_those_that_say_nothing_are_foreign(scheme: str, host: str, origin: str | None) -> None:
    assert is_foreign(request(scheme, host, origin))


@pytest.mark.parametrize(
    ("said", "foreign"), [({}, False), ({"sec_fetch_site": "none"}, False), ({"sec_fetch_site": "same-site"}, True)]
)
def test_what_is_only_read_needs_no_origin_but_may_not_be_asked_for_elsewhere(
    said: dict[str, str], foreign: bool
) -> None:
    assert is_foreign(request("https", "care.example", method="GET", **said)) is foreign


def test_services_on_several_ports_of_a_machine_have_cookies_of_their_own() -> None:
    hosts = ("127.0.0.1:8000", "127.0.0.1:8001", "[::1]:8000", "[::1]", "care.example", "care.example:80")

    names = [cookie_name(request("http", host)) for host in hosts]

    assert names == ["careline-8000", "careline-8001", "careline-8000", "careline", "careline", "careline"]
    assert cookie_name(request("https", "care.example:443")) == "__Host-careline"
