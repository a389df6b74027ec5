"""Limits count those who call, not the addresses that they have."""

import threading
import time

import pytest

from app.web.limits import RateLimits, SignInLimits
from app.web.problems import TooManyRequestsError

ROBIN = "robin@company.example"


def test_all_addresses_of_an_ipv6_line_are_one() -> None:
    limits = RateLimits(per_address="2/minute", per_customer="9/minute")
    limits.check("2001:db8:1:2::1", None)
    limits.check("2001:db8:1:2:ffff::7", None)

    with pytest.raises(TooManyRequestsError):
        limits.check("2001:db8:1:2::3", None)
    limits.check("2001:db8:1:3::1", None)
    limits.check("::ffff:198.51.100.1", None)
    limits.check("198.51.100.2", None)
    limits.check("::1", None)
    limits.check("a name", None)


def test_one_ipv6_line_does_not_guess_passwords_from_ever_new_addresses() -> None:
    limits = SignInLimits()
    for number in range(10):
        limits.check(f"2001:db8::{number}", ROBIN)

    with pytest.raises(TooManyRequestsError):
        limits.check("2001:db8::abcd", ROBIN)


def test_whoever_tries_from_everywhere_does_not_keep_the_owner_out_where_they_signed_in_before() -> None:
    limits = SignInLimits()
    limits.check("203.0.113.9", ROBIN)
    limits.succeeded("203.0.113.9", ROBIN)
    for number in range(50):
        limits.check(f"198.51.100.{number // 10}", ROBIN)

    with pytest.raises(TooManyRequestsError):
        limits.check("203.0.113.10", ROBIN)
    for _ in range(10):
        limits.check("203.0.113.9", ROBIN)
    with pytest.raises(TooManyRequestsError):
        limits.check("203.0.113.9", ROBIN)


def test_requests_start_no_threads_of_their_own() -> None:
    limits = RateLimits(per_address="999/minute", per_customer="9/minute")
    limits.check("198.51.100.1", "cus_0")
    before = set(threading.enumerate())

    for number in range(3):
        time.sleep(0.03)  # one that was started for the request before has ended
        limits.check("198.51.100.1", f"cus_{number}")
        assert set(threading.enumerate()) <= before
