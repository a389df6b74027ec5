"""How many requests an address or a customer may make. The size of a body is FastAPI's `max_body_size`."""

import math
import time
from dataclasses import dataclass
from functools import cached_property

from limits import RateLimitItem, parse
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

from app.web.problems import TooManyRequestsError

SIGN_INS_OF_ADDRESS = parse("60/minute")
SIGN_INS_OF_EMAIL = parse("50/hour")
SIGN_INS_OF_BOTH = parse("10/15minutes")
"""Fewer from one address than from all: whoever tries another's e-mail does not keep its owner out."""


FILES_PER_ADDRESS = "120/hour"
"""A new customer costs nothing: without this one address could fill the disk in their names."""


@dataclass(frozen=True)
class RateLimits:
    """Per address and per customer, within this process. Written as `60/minute`."""

    per_address: str
    per_customer: str

    def check(self, address: str, customer: str | None) -> None:
        """Raises TooManyRequestsError."""
        self._hit(self._address_item, "address", address)
        if customer is not None:
            self._hit(self._customer_item, "customer", customer)

    def check_file(self, address: str) -> None:
        """Raises TooManyRequestsError."""
        self._hit(self._file_item, "file", address)

    def check_sender(self, channel: str, sender: str) -> None:
        """All senders of a channel come from its bridge's one address. Raises TooManyRequestsError."""
        self._hit(self._customer_item, "sender", f"{channel}/{sender}")

    def _hit(self, item: RateLimitItem, kind: str, key: str) -> None:
        _hit(self._limiter, item, kind, key)

    @cached_property
    def _limiter(self) -> MovingWindowRateLimiter:
        return MovingWindowRateLimiter(MemoryStorage())

    @cached_property
    def _address_item(self) -> RateLimitItem:
        return parse(self.per_address)

    @cached_property
    def _file_item(self) -> RateLimitItem:
        return parse(FILES_PER_ADDRESS)

    @cached_property
    def _customer_item(self) -> RateLimitItem:
        return parse(self.per_customer)


@dataclass(frozen=True)
class SignInLimits:
    """Tries to prove who one is, within this process: per address; per e-mail and address, and per e-mail, until one
    succeeds."""

    def check(self, address: str, email: str) -> None:
        """Counts a try, before it is looked at: many at the same moment are many. Raises TooManyRequestsError."""
        self.check_address(address)
        _hit(self._limiter, SIGN_INS_OF_BOTH, f"{address} for", email)
        _hit(self._limiter, SIGN_INS_OF_EMAIL, "email", email)

    def check_address(self, address: str) -> None:
        """Raises TooManyRequestsError."""
        _hit(self._limiter, SIGN_INS_OF_ADDRESS, "address", address)

    def succeeded(self, address: str, email: str) -> None:
        self._limiter.clear(SIGN_INS_OF_BOTH, f"{address} for", email)
        self._limiter.clear(SIGN_INS_OF_EMAIL, "email", email)

    @cached_property
    def _limiter(self) -> MovingWindowRateLimiter:
        return MovingWindowRateLimiter(MemoryStorage())


def _hit(limiter: MovingWindowRateLimiter, item: RateLimitItem, kind: str, key: str) -> None:
    if not limiter.hit(item, kind, key):
        free_at = limiter.get_window_stats(item, kind, key).reset_time
        raise TooManyRequestsError(max(1, math.ceil(free_at - time.time())))
