"""Passwords as argon2id hashes, made and checked in threads, few at a time."""

import asyncio
import secrets
import unicodedata
from dataclasses import dataclass, field
from functools import cached_property

from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error, InvalidHashError

AT_ONCE = 2
"""Each takes 64 MiB and the time of up to four threads."""


@dataclass(frozen=True)
class Argon2Passwords:
    """Implements care.signing_in.Passwords, with the library's parameters (RFC 9106, low memory)."""

    hasher: PasswordHasher = field(default_factory=PasswordHasher)

    async def hashed(self, password: str) -> str:
        async with self._turns:
            return await asyncio.to_thread(self.hasher.hash, _same_everywhere(password))

    async def fits(self, password: str, password_hash: str | None) -> bool:
        async with self._turns:
            return await asyncio.to_thread(self._fits, password, password_hash)

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
