"""Passwords are hashed with argon2id, beside the event loop; nobody's password is checked for as long as anybody's."""

import asyncio
import time

import pytest
from argon2 import PasswordHasher

from app.console.devices import device_of
from app.console.passwords import AT_ONCE, MOST_WAITING, Argon2Passwords
from app.web.problems import TooManyRequestsError

PASSWORD = "seven blue herons"


class CountingHasher(PasswordHasher):
    """Quick; notes how many were checked, and how many at the same time."""

    def __init__(self) -> None:
        super().__init__(time_cost=1, memory_cost=64, parallelism=1)
        self.checked: list[str] = []
        self.under_way = 0
        self.most = 0

    def verify(self, hash: str | bytes, password: str | bytes) -> bool:
        self.checked.append(str(hash))
        self.under_way += 1
        self.most = max(self.most, self.under_way)
        time.sleep(0.005)
        self.under_way -= 1
        return super().verify(hash, password)


async def test_a_password_fits_its_hash_however_its_letters_were_typed() -> None:
    passwords = Argon2Passwords(CountingHasher())

    hashed = await passwords.hashed("caf\u00e9 au lait, twice")

    assert hashed.startswith("$argon2id$")
    assert await passwords.fits("cafe\u0301 au lait, twice", hashed)
    assert not await passwords.fits("cafe au lait, twice", hashed)


@pytest.mark.parametrize("nothing", [None, "not a hash"])
async def test_without_a_hash_nothing_fits(nothing: str | None) -> None:
    assert not await Argon2Passwords(CountingHasher()).fits(PASSWORD, nothing)


async def test_whoever_is_unknown_is_checked_against_a_hash_of_the_same_cost() -> None:
    passwords = Argon2Passwords(CountingHasher())
    hashed = await passwords.hashed(PASSWORD)

    await passwords.fits(PASSWORD, hashed)
    await passwords.fits(PASSWORD, None)

    [known, nobodys] = passwords.hasher.checked
    assert known.rpartition("$")[0].rpartition("$")[0] == nobodys.rpartition("$")[0].rpartition("$")[0]
    assert known != nobodys


async def test_few_are_checked_at_once_and_none_on_the_event_loop() -> None:
    passwords = Argon2Passwords(CountingHasher())
    hashed, turns = await passwords.hashed(PASSWORD), 0

    checking = asyncio.gather(*(passwords.fits(PASSWORD, hashed) for _ in range(6)))
    while not checking.done():
        turns += 1
        await asyncio.sleep(0.001)

    assert await checking == [True] * 6
    assert passwords.hasher.most <= AT_ONCE
    assert turns > 6


async def test_when_too_many_wait_the_next_is_told_to_come_again() -> None:
    passwords = Argon2Passwords(CountingHasher())
    hashed = await passwords.hashed(PASSWORD)

    checking = [passwords.fits(PASSWORD, hashed) for _ in range(MOST_WAITING + 1)]
    results = await asyncio.gather(*checking, return_exceptions=True)

    assert results[:-1] == [True] * MOST_WAITING
    assert isinstance(results[-1], TooManyRequestsError)
    assert await passwords.fits(PASSWORD, hashed)


@pytest.mark.parametrize(
    ("user_agent", "device"),
    [
        ("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox, Linux"),
        ("Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/140.0 Safari/537.36 Edg/140.0", "Edge, Windows"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Safari/604.1", "Safari, iPhone"),
        ("Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 Chrome/140.0 Mobile Safari/537.36", "Chrome, Android"),
        ("curl/8.0 <script>", "Unknown browser"),
        ("", "Unknown browser"),
    ],
)
def test_a_device_is_told_by_names_that_we_know(user_agent: str, device: str) -> None:
    assert device_of(user_agent) == device
