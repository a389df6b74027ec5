"""Passwords as argon2id hashes, made and checked beside the event loop, few at a time."""

import asyncio
import secrets
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from typing import TypeVar

from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error, InvalidHashError

from app.web.problems import TooManyRequestsError

T = TypeVar("T")

AT_ONCE = 1
"""Each takes 64 MiB and up to four threads; replies to customers go on beside it."""

MOST_WAITING = 50
TRY_AGAIN_SECONDS = 10


@dataclass(frozen=True)
class Argon2Passwords:
    """Implements care.signing_in.Passwords, with the library's parameters (RFC 9106, low memory)."""

    hasher: PasswordHasher = field(default_factory=PasswordHasher)
    _waiting: set[object] = field(default_factory=set[object])

    async def hashed(self, password: str) -> str:
        return await self._in_turn(lambda: self.hasher.hash(_same_everywhere(password)))

    async def fits(self, password: str, password_hash: str | None) -> bool:
        return await self._in_turn(lambda: self._fits(password, password_hash))

    async def _in_turn(self, work: Callable[[], T]) -> T:
        """Raises TooManyRequestsError where too many wait: a flood from many addresses must not keep people waiting
        for minutes."""
        if len(self._waiting) >= MOST_WAITING:
            raise TooManyRequestsError(TRY_AGAIN_SECONDS)
        mine = object()
        self._waiting.add(mine)
        try:
            async with self._turns:
                return await asyncio.to_thread(work)
        finally:
            self._waiting.discard(mine)

    def _fits(self, password: str, password_hash: str | None) -> bool:
        nobodys = self._nobodys_hash
        try:
            fits = self.hasher.verify(password_hash or nobodys, _same_everywhere(password))
        except (Argon2Error, InvalidHashError):
            return False
        return fits and password_hash is not None

    @cached_property
    def _nobodys_hash(self) -> str:
        """Of a password that nobody knows: whoever has no password is checked against it, for as long."""
        return self.hasher.hash(secrets.token_urlsafe())

    @cached_property
    def _turns(self) -> asyncio.Semaphore:
        return asyncio.Semaphore(AT_ONCE)


def _same_everywhere(password: str) -> str:
    """Keyboards make the same letter in different ways."""
    return unicodedata.normalize("NFKC", password)
